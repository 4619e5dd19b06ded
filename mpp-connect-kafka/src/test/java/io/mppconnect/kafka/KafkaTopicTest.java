package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.LoadContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KafkaTopicTest {

    private static final LoadContext CONTEXT = new LoadContext(List.of(), 2, 1024);

    @Test
    void itsNameSaysWhatIsRead() {
        assertThat(KafkaTopic.named("orders").name()).isEqualTo("topic orders");
        assertThat(KafkaTopic.named("orders", "returns").name()).isEqualTo("topics orders, returns");
        assertThat(KafkaTopic.matching(Pattern.compile("or.*")).name()).isEqualTo("topics matching or.*");
    }

    @Test
    void itEndsOnlyWhenItIsToldTo() {
        assertThat(KafkaTopic.named("orders").bounded()).isFalse();
        assertThat(KafkaTopic.named("orders").untilEnd().bounded()).isTrue();
        assertThat(KafkaTopic.named("orders").until(Instant.EPOCH).bounded()).isTrue();
    }

    @Test
    void secretsAreNotShown() {
        assertThat(KafkaTopic.named("orders")
                        .bootstrap("broker:9092")
                        .properties(Map.of("sasl.jaas.config", "secret"))
                        .toString())
                .isEqualTo("topic orders");
    }

    @Test
    void whatTheSourceDecidesIsNobodyElses() {
        assertThatThrownBy(() -> KafkaTopic.named("orders")
                        .properties(Map.of("group.id", "g", "auto.offset.reset", "latest", "client.id", "c")))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot set auto.offset.reset, group.id of a topic's consumers: the source does; leave it out,"
                                + " see bootstrap(...), startingAt(...), resumingLostAt(...), reportingTo(...) and"
                                + " sharedBy(...)");
    }

    @Test
    void aValueFormatIsRequired() {
        assertThatThrownBy(() ->
                        KafkaTopic.named("orders").bootstrap("broker:9092").open(CONTEXT))
                .hasMessage("Cannot read topic orders: nobody says what its values are; set value(...)");
    }

    @Test
    void brokersAreRequired() {
        assertThatThrownBy(() -> KafkaTopic.named("orders").value(bars("id")).open(CONTEXT))
                .hasMessage(
                        "Cannot read topic orders: nobody says where its brokers are; set bootstrap(\"host:port\")");
    }

    @Test
    void deadLettersAreNotReadAgain() {
        assertThatThrownBy(() -> KafkaTopic.named("orders", "dead")
                        .bootstrap("broker:9092")
                        .value(bars("id"))
                        .deadLetters("dead")
                        .open(CONTEXT))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot read topics dead, orders: topic dead is where its dead letters go, and they would be"
                                + " read again without end; send them to another topic")
                .extracting(failure -> ((MppConnectException) failure).code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        KafkaTopic topic = KafkaTopic.named("orders");
        assertThatThrownBy(() -> topic.partitions()).hasMessage("Invalid partitions: []; name at least one, from 0");
        assertThatThrownBy(() -> topic.lookingForPartitionsEvery(Duration.ZERO))
                .hasMessage("Invalid interval of looking for partitions: PT0S; it must be longer than nothing");
        assertThatThrownBy(() -> topic.fetching(DataSize.ofKilobytes(1)))
                .hasMessage("Invalid memory for fetching: " + DataSize.ofKilobytes(1) + "; it must be at least "
                        + DataSize.ofMegabytes(1));
    }

    @Test
    void whatKafkaSaysOfAnAddressIsToldAsItSaysIt() {
        KafkaTopic topic = KafkaTopic.named("orders").bootstrap("broker").value(bars("id"));

        assertThatThrownBy(() -> topic.open(CONTEXT))
                .hasMessage(
                        "Cannot look at topic orders of brokers at broker: Invalid url in bootstrap.servers: broker");
    }
}
