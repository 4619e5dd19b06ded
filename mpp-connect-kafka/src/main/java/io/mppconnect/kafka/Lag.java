package io.mppconnect.kafka;

import io.mppconnect.spi.Positions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far what is committed of partitions is behind their ends, as consumers have seen these last. Thread safe. */
final class Lag {

    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private volatile Positions committed;

    /** @param begun where partitions begin */
    Lag(Positions begun) {
        this.committed = begun;
    }

    /** A partition ends before this offset for now. */
    void ends(TopicPart part, long offset) {
        ends.put(part.name(), offset);
    }

    void committed(Positions positions) {
        committed = positions;
    }

    /** Records by partition, missing ones counted; of those partitions whose ends were seen. */
    Map<String, Long> behind() {
        Map<String, Long> behind = new HashMap<>();
        Positions reached = committed;
        ends.forEach((part, end) -> reached.place(part)
                .ifPresent(place -> behind.put(
                        part, Math.max(0, end - TopicPlace.parse(part, place).offset()))));
        return behind;
    }
}
