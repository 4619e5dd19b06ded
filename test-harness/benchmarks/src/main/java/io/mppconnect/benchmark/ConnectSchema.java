package io.mppconnect.benchmark;

/** What Kafka Connect is to know of events, for their JSON says nothing of types. */
final class ConnectSchema {

    static final String EVENT = """
            {"type": "struct", "name": "event", "optional": false, "fields": [
              {"field": "id", "type": "int64", "optional": true},
              {"field": "account", "type": "int32", "optional": true},
              {"field": "kind", "type": "string", "optional": true},
              {"field": "product", "type": "string", "optional": true},
              {"field": "quantity", "type": "int32", "optional": true},
              {"field": "price", "type": "bytes", "optional": true,
               "name": "org.apache.kafka.connect.data.Decimal", "version": 1,
               "parameters": {"scale": "2", "connect.decimal.precision": "10"}},
              {"field": "score", "type": "double", "optional": true},
              {"field": "paid", "type": "boolean", "optional": true},
              {"field": "country", "type": "string", "optional": true},
              {"field": "session", "type": "string", "optional": true},
              {"field": "note", "type": "string", "optional": true},
              {"field": "happened_at", "type": "string", "optional": true,
               "name": "io.debezium.time.ZonedTimestamp", "version": 1}]}
            """;

    private ConnectSchema() {}
}
