package io.mppconnect.kafka;

import static io.mppconnect.format.Formats.asJson;
import static io.mppconnect.format.Formats.asText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaTargetTest {

    private static final UnloadContext CONTEXT =
            new UnloadContext(List.of(Column.of("a", ColumnType.of(TypeKind.TEXT, "text"))), 2, 1024);

    @Test
    void itsNameSaysWhereRowsGoAndNoSecret() {
        KafkaTarget target =
                KafkaTarget.topic("orders").bootstrap("broker:9092").property("sasl.jaas.config", "secret");

        assertThat(target.name()).isEqualTo("topic orders");
        assertThat(target).hasToString("topic orders");
    }

    @Test
    void whatTheTargetDecidesIsNobodyElses() {
        assertThatThrownBy(() -> KafkaTarget.topic("orders")
                        .properties(Map.of("key.serializer", "x", "bootstrap.servers", "y", "client.id", "c")))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage(
                        "Cannot set bootstrap.servers, key.serializer of a topic's producer: the target does; leave it"
                                + " out, see bootstrap(...), key(...) and value(...)");
    }

    @Test
    void aValueAndBrokersAreRequired() {
        assertThatThrownBy(() ->
                        KafkaTarget.topic("orders").bootstrap("broker:9092").open(CONTEXT))
                .hasMessage("Cannot write topic orders: nobody says what its values are; set value(...)");
        assertThatThrownBy(() -> KafkaTarget.topic("orders").value(asJson()).open(CONTEXT))
                .hasMessage(
                        "Cannot write topic orders: nobody says where its brokers are; set bootstrap(\"host:port\")");
    }

    @Test
    void tombstonesNeedABooleanColumn() {
        KafkaTarget target = KafkaTarget.topic("orders")
                .bootstrap("broker:9092")
                .key(asText("a"))
                .value(asJson());

        assertThatThrownBy(() -> target.tombstoneWhen("gone").open(CONTEXT))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot write topic orders: tombstoneWhen needs a boolean column, and there is no gone");
        assertThatThrownBy(() -> target.tombstoneWhen("a").open(CONTEXT))
                .hasMessage("Cannot write topic orders: tombstoneWhen needs a boolean column, and a is text");
    }
}
