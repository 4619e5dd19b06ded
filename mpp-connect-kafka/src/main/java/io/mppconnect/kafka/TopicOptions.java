package io.mppconnect.kafka;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an application says of topics that it reads, as {@link KafkaTopic} tells. Only a new copy is changed. */
final class TopicOptions implements Cloneable {

    TopicChoice topics = TopicChoice.of(List.of());
    ClientSettings clients = ClientSettings.NONE;

    @Nullable
    RecordFormat value;

    @Nullable
    RecordFormat key;

    Map<Metadata, String> metadata = Map.of();
    Start start = Start.earliest();
    /** Null to fail. */
    @Nullable
    Start lost;
    /** Null to go on for ever. */
    @Nullable
    Start end;

    Duration looking = Duration.ofSeconds(10);
    DataSize fetch = DataSize.ofMegabytes(32);
    /** Null for none. */
    @Nullable
    String deadLetters;
    /** The group that is told offsets; null for none. */
    @Nullable
    String group;
    /** The group that shares the topics; null to read them alone. */
    @Nullable
    String sharing;

    TopicOptions with(Consumer<TopicOptions> change) {
        try {
            TopicOptions copy = (TopicOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return topics.toString();
    }

    boolean bounded() {
        return end != null;
    }

    RecordFormat value() {
        return Objects.requireNonNull(value, "topics that are read have a format of values");
    }

    TopicDirectory directory() {
        return new TopicDirectory(topics.without(deadLetters), clients);
    }

    /** @throws MppConnectException when something is not said, or cannot be together */
    void requireReadable() {
        if (value == null) {
            throw invalid("Cannot read " + name() + ": nobody says what its values are; set value(...)");
        }
        clients.check(name());
        if (deadLetters != null && topics.names().contains(deadLetters)) {
            throw invalid("Cannot read " + name() + ": topic " + deadLetters
                    + " is where its dead letters go, and they would be read again without end; send them to another"
                    + " topic");
        }
    }

    /** @throws MppConnectException for what only a reader of all partitions can do */
    void requireShareable() {
        String without = cannotBeShared();
        if (without != null) {
            throw invalid("Cannot share " + name() + " by group " + sharing + ": that is without " + without);
        }
    }

    private @Nullable String cannotBeShared() {
        if (bounded()) {
            return "untilEnd() and until(...)";
        }
        if (!topics.numbers().isEmpty()) {
            return "partitions(...)";
        }
        return group == null ? null : "reportingTo(...), for the group itself is told";
    }

    private static MppConnectException invalid(String message) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, message);
    }
}
