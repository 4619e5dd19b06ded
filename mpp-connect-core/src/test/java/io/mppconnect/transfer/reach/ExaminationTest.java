package io.mppconnect.transfer.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.ClusterOptions;
import io.mppconnect.Diagnosis;
import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.Diagnosis.SegmentVerdict;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.test.EmbeddedMpp;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@EmbeddedMpp(segments = 6)
class ExaminationTest {

    private static Diagnosis examine(EmbeddedMppCluster database, Duration limit) throws Exception {
        ConnectionSource connections = ConnectionSource.of(database.jdbcUrl(), database.user(), "");
        try (Connection connection = database.connect();
                Segments segments = new Segments(Catalog.read(connection), ClusterOptions.defaults());
                Session session = Session.begin(connections)) {
            return new Examination(session, segments).run(limit);
        }
    }

    @Test
    void whoIsNotAskedInTimeIsToldSo(EmbeddedMppCluster database) throws Exception {
        database.faults().blackhole(0, 1, 2, 3, 4, 5);

        Diagnosis diagnosis = examine(database, Duration.ofSeconds(1));

        assertThat(diagnosis.segments())
                .extracting(SegmentVerdict::outcome)
                .contains(Outcome.NO_ROUTE, Outcome.DID_NOT_CALL)
                .containsOnly(Outcome.NO_ROUTE, Outcome.DID_NOT_CALL);
        assertThat(diagnosis.segments())
                .filteredOn(verdict -> verdict.outcome() == Outcome.DID_NOT_CALL)
                .extracting(SegmentVerdict::detail)
                .containsOnly("others failed before it, and the 2 s of the diagnosis were over");
    }

    @Test
    void whyASegmentGivesUpIsHeardWithinAShortLimit(EmbeddedMppCluster database) throws Exception {
        database.faults().blackhole(3);

        Diagnosis diagnosis = examine(database, Duration.ofSeconds(1));

        assertThat(diagnosis.segments().get(3).toString())
                .matches(
                        "segment 3 on localhost: NO_ROUTE, error when connecting to gpfdist http://127.0.0.1:\\d+, quit"
                                + " after \\d tries");
    }
}
