package io.mppconnect.kafka;

import java.time.Instant;
import java.util.Optional;

/** From where on a partition is read. */
public final class Start {

    private static final Start EARLIEST = new Start(Kind.EARLIEST, Optional.empty());
    private static final Start LATEST = new Start(Kind.LATEST, Optional.empty());

    private final Kind kind;
    private final Optional<Instant> instant;

    enum Kind {
        EARLIEST,
        LATEST,
        INSTANT
    }

    private Start(Kind kind, Optional<Instant> instant) {
        this.kind = kind;
        this.instant = instant;
    }

    /** The first record that the broker still has. */
    public static Start earliest() {
        return EARLIEST;
    }

    /** What comes after the partition is looked at for the first time. */
    public static Start latest() {
        return LATEST;
    }

    /** The first record whose timestamp is not before this, to the millisecond; as {@link #latest} when there is none. */
    public static Start at(Instant instant) {
        return new Start(Kind.INSTANT, Optional.of(instant));
    }

    Kind kind() {
        return kind;
    }

    /** Of {@link #at} alone. */
    Optional<Instant> instant() {
        return instant;
    }

    @Override
    public String toString() {
        return kind == Kind.EARLIEST
                ? "earliest"
                : instant.map(Instant::toString).orElse("latest");
    }
}
