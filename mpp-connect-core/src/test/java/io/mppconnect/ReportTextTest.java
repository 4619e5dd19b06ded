package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.Diagnosis.SegmentVerdict;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.spi.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What people read in their logs. */
class ReportTextTest {

    private static TransferReport report(
            long rows, long rejected, long commits, RouteTaken route, TablePart... tables) {
        return new TransferReport(
                "orders",
                rows,
                rejected,
                rows * 64,
                rows,
                commits,
                Duration.ofMillis(1250),
                Duration.ZERO,
                Duration.ZERO,
                List.of(new SegmentPart(0, "127.0.0.1", rows, rows * 64, rows)),
                List.of(),
                route,
                List.of(tables),
                List.of());
    }

    @Test
    void aLoad() {
        assertThat(report(1, 0, 1, new RouteTaken(Route.SEGMENTS, ""), new TablePart("public.orders", 1, 0, 0)))
                .hasToString("orders: 1 row by SEGMENTS in 1.250 s, 64 B in 1 block over 1 segment, 1 inserted");
    }

    @Test
    void aLoadWithAllThereIs() {
        assertThat(report(
                        2048,
                        3,
                        12,
                        new RouteTaken(Route.COORDINATOR, "why"),
                        new TablePart("public.orders", 0, 2000, 40)))
                .hasToString("orders: 2,048 rows by COORDINATOR in 1.250 s, 128 kB in 2,048 blocks over 1 segment,"
                        + " 0 inserted, 2,000 updated, 40 deleted, 3 rejected, 12 commits");
    }

    @Test
    void anUnload() {
        assertThat(report(2, 0, 1, new RouteTaken(Route.RETRIEVE, "")))
                .hasToString("orders: 2 rows by RETRIEVE in 1.250 s, 128 B in 2 blocks over 1 segment");
    }

    @Test
    void aJobThatWasDone() {
        assertThat(report(0, 0, 0, new RouteTaken(Route.AUTO, "job x is done already")))
                .hasToString("orders: nothing moved, job x is done already");
    }

    @Test
    void progress() {
        assertThat(new TransferProgress(
                        Phase.MOVING,
                        1500,
                        2048,
                        1,
                        3,
                        OptionalLong.of(4096),
                        1024,
                        0,
                        Optional.empty(),
                        Duration.ofMillis(10)))
                .hasToString("MOVING: 1,500 rows in 0.010 s, 2 kB, 1 of 3 splits done, 1 kB of 4 kB read");
        assertThat(new TransferProgress(
                        Phase.MOVING,
                        1500,
                        2048,
                        0,
                        3,
                        OptionalLong.empty(),
                        0,
                        7,
                        Optional.of(new StreamProgress(
                                2, 1200.4, Duration.ofMillis(5), Map.of("orders[0]", 1000L, "orders[1]", 234L))),
                        Duration.ofMillis(10)))
                .hasToString(
                        "MOVING: 1,500 rows in 0.010 s, 2 kB, 0 of 3 splits done, 2 commits, 1,200 rows/s, 7 rejected,"
                                + " 1,234 behind");
        assertThat(new TransferProgress(
                        Phase.PREPARING, 0, 0, 0, 0, OptionalLong.empty(), 0, 0, Optional.empty(), Duration.ZERO))
                .hasToString("PREPARING: 0 rows in 0.000 s, 0 B");
    }

    @Test
    void aCommit() {
        assertThat(new CommitReport(7, 1, 2, 64, Duration.ofMillis(5), Positions.none(), OptionalLong.of(9)))
                .hasToString("commit 7: 1 row in 0.005 s, 64 B, 2 rejected, 9 behind");
    }

    @Test
    void aScan() {
        assertThat(new ScanReport(
                        "ext.sales", ScanReport.End.FAILED, 1, 64, Duration.ofMillis(5), Optional.of(failure())))
                .hasToString("ext.sales: scan FAILED, 1 row in 0.005 s, 64 B, Cannot read sales.csv: no such file");
    }

    private static MppConnectException failure() {
        return new MppConnectException(ErrorCode.SOURCE_FAILED, "Cannot read sales.csv: no such file");
    }

    @Test
    void segmentsOfTheSameFateShareALine() {
        Diagnosis diagnosis = new Diagnosis(
                "gpfdists://10.0.0.1:5000",
                List.of(
                        new SegmentVerdict(0, "sdw1", Outcome.REACHED, "from 10.0.0.7"),
                        new SegmentVerdict(1, "sdw1", Outcome.TLS_FAILED, "SSL: unknown authority"),
                        new SegmentVerdict(2, "sdw2", Outcome.REFUSED, "Connection refused"),
                        new SegmentVerdict(3, "sdw2", Outcome.TLS_FAILED, "SSL: unknown authority"),
                        new SegmentVerdict(4, "sdw2", Outcome.REACHED, "from 10.0.0.7")),
                List.of("segments 1, 3: mend it"),
                List.of());

        assertThat(diagnosis).hasToString("""
                        segments dialled gpfdists://10.0.0.1:5000
                          segment 0 on sdw1: REACHED, from 10.0.0.7
                          segments 1, 3 on sdw1, sdw2: TLS_FAILED, SSL: unknown authority
                          segment 2 on sdw2: REFUSED, Connection refused
                          segment 4 on sdw2: REACHED, from 10.0.0.7
                        - segments 1, 3: mend it""");
    }

    @Test
    void aRejectedRow() {
        assertThat(new RejectedRow(
                        "a.csv",
                        3,
                        OptionalInt.of(2),
                        Optional.of("22P02"),
                        "secret",
                        Optional.of("secret"),
                        Optional.empty()))
                .hasToString("record 3 of a.csv, refused by segment 2, SQLSTATE 22P02");
        assertThat(new RejectedRow(
                        "a.csv", 0, OptionalInt.empty(), Optional.empty(), "", Optional.empty(), Optional.empty()))
                .hasToString("a record of a.csv");
    }
}
