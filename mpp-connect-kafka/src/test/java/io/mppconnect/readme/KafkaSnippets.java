package io.mppconnect.readme;

import static io.mppconnect.format.Formats.asJson;
import static io.mppconnect.format.Formats.asText;
import static io.mppconnect.format.Formats.avro;
import static io.mppconnect.format.Formats.json;

import io.mppconnect.MppCluster;
import io.mppconnect.RunningTransfer;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.format.SchemaRegistry;
import io.mppconnect.kafka.KafkaTarget;
import io.mppconnect.kafka.KafkaTopic;
import io.mppconnect.kafka.Metadata;
import java.time.Duration;

/** The README's examples of topics, compiled; {@code ReadmeTest} of core compares them with the page. */
final class KafkaSnippets {

    private KafkaSnippets() {}

    static void stream(MppCluster cluster) {
        RunningTransfer orders = cluster.transfer()
                .from(KafkaTopic.named("orders")
                        .bootstrap("broker:9092")
                        .value(json().field("id").field("customer").field("city", "$.address.city"))
                        .metadata(Metadata.OFFSET, Metadata.TOMBSTONE)
                        .deadLetters("orders.dead"))
                .into(Table.named("public.orders")
                        .upsertBy("id")
                        .latestBy("offset")
                        .deleteWhen("tombstone")
                        .columns("id", "customer", "city"))
                .exactlyOnce("orders-job")
                .committingEvery(Duration.ofMillis(200))
                .start();
        orders.close();
    }

    static void registry(MppCluster cluster) {
        cluster.transfer()
                .from(KafkaTopic.named("clicks")
                        .bootstrap("broker:9092")
                        .value(avro(SchemaRegistry.at("https://registry:8081").subject("clicks-value")))
                        .untilEnd())
                .into(Table.named("web.clicks").evolving(SchemaEvolution.ADD_COLUMNS))
                .exactlyOnce("clicks-job")
                .run();
    }

    static void unload(MppCluster cluster) {
        cluster.transfer()
                .from(Table.named("public.orders"))
                .into(KafkaTarget.topic("orders")
                        .bootstrap("broker:9092")
                        .key(asText("o_orderkey"))
                        .value(asJson()))
                .run();
    }
}
