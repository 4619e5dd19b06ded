package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTagsTest {

    private final Origins origins = new Origins();
    private final OriginTags tags = new OriginTags(origins);

    /** What comes back of a record from the error log, whose line numbers have 32 bits. */
    private Origins.Place logged(String origin, long record) {
        int line = (int) origins.line(origin, record);
        return tags.place("gpfdist://host:8080/path [" + tags.tag(origin, record) + "]", line);
    }

    @Test
    void findsRecordsOfManyOriginsAgain() {
        for (String origin : List.of("a.csv", "b [1].csv", "orders-3", "x".repeat(400))) {
            for (long record : new long[] {1, 2, 1_000_000_000, 4_294_967_296L, 98_765_432_109L}) {
                assertThat(logged(origin, record)).isEqualTo(new Origins.Place(origin, record));
            }
        }
    }

    @Test
    void aRecordLaterInTheBlockIsCountedFromItsFirst() {
        long last = (1L << 31) - 1;
        String tag = tags.tag("a.csv", last);

        assertThat(tags.place("gpfdist://host:8080/path [" + tag + "]", (int) origins.line("a.csv", last + 5)))
                .isEqualTo(new Origins.Place("a.csv", last + 5));
    }

    @Test
    void aLineThatIsNotKnownIsNone() {
        String tag = tags.tag("a.csv", 1);

        assertThat(tags.place("gpfdist://host:8080/path [" + tag + "]", null)).isEqualTo(new Origins.Place("a.csv", 0));
        assertThat(tags.place("gpfdist://host:8080/path", 3))
                .isEqualTo(new Origins.Place("gpfdist://host:8080/path", 3));
    }
}
