package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadScansTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    private final RecordedLoad recorded = new RecordedLoad();
    private final List<ScanEnd> ends = new CopyOnWriteArrayList<>();
    private final List<LoadExchange> begun = new CopyOnWriteArrayList<>();
    private Consumer<LoadExchange> filling = scan -> {
        scan.offer(recorded.block("1\n"));
        scan.finish();
    };

    private final ScanListener listener = new ScanListener() {
        @Override
        public void begun(LoadExchange scan) {
            begun.add(scan);
            filling.accept(scan);
        }

        @Override
        public void over(LoadExchange scan, ScanEnd end) {
            ends.add(end);
        }
    };

    @AfterEach
    void everyBlockComesBack() {
        server.close();
        await().untilAsserted(() -> assertThat(recorded.out).hasValue(0));
        await().untilAsserted(() -> assertThat(ends).hasSameSizeAs(begun));
    }

    private LoadScans scans(int most, Duration patience) {
        return server.openScans(listener, new ScanLimits(most, patience), peer -> true);
    }

    private FakeSegment segment(LoadScans scans, int id, String scan) {
        return FakeSegment.of(server, scans, id, 2).ofScan(scan);
    }

    @Test
    void eachScanHasAllRows() throws Exception {
        LoadScans scans = scans(2, PATIENCE);

        assertThat(segment(scans, 0, "0").pullAll()).isEqualTo("D:1\n D: end");
        assertThat(segment(scans, 1, "1").pullAll()).isEqualTo("D:1\n D: end");
        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.READ, ScanEnd.READ));
    }

    @Test
    void aLateSegmentOfAScanThatIsOverGetsACleanEnd() throws Exception {
        LoadScans scans = scans(2, PATIENCE);
        assertThat(segment(scans, 0, "0").pullAll()).isEqualTo("D:1\n D: end");
        await().until(() -> scans.open().isEmpty());

        assertThat(segment(scans, 1, "0").pullAll()).isEqualTo("D: end");
        assertThat(begun).hasSize(1);
    }

    @Test
    void noSegmentReadsAScanTwice() throws Exception {
        LoadScans scans = scans(2, PATIENCE);
        assertThat(segment(scans, 0, "0").pullAll()).isEqualTo("D:1\n D: end");
        await().until(() -> scans.open().isEmpty());

        assertThat(segment(scans, 0, "0").pullAll())
                .isEqualTo("HTTP/1.1 400 segment 0 has read this scan before, and rows are not sent twice; run the"
                        + " statement again");
        assertThat(begun).hasSize(1);
    }

    @Test
    void noSegmentReadsAScanTwiceThatItCameLateFor() throws Exception {
        LoadScans scans = scans(2, PATIENCE);
        assertThat(segment(scans, 0, "0").pullAll()).isEqualTo("D:1\n D: end");
        await().until(() -> scans.open().isEmpty());
        assertThat(segment(scans, 1, "0").pullAll()).isEqualTo("D: end");

        assertThat(segment(scans, 1, "0").pullAll()).startsWith("HTTP/1.1 400 segment 1 has read this scan before");
        assertThat(begun).hasSize(1);
    }

    @Test
    void aScanIsOverWhenEverySegmentHasComeAndLeft() throws Exception {
        filling = scan -> scan.offer(recorded.block("1\n"));
        LoadScans scans = scans(2, PATIENCE);
        try (RawClient one = segment(scans, 0, "0").pull();
                RawClient other = segment(scans, 1, "0").pull()) {
            one.head();
            other.head();
        }

        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.LEFT));
    }

    @Test
    void aSegmentThatComesWhenTheOthersHaveLeftGetsWhatTheyLeft() throws Exception {
        filling = scan -> {};
        LoadScans scans = scans(2, PATIENCE);
        try (RawClient one = segment(scans, 0, "0").pull()) {
            one.head();
        }
        await().until(() -> !begun.get(0).standing().anyConnected());
        begun.get(0).offer(recorded.block("2\n"));
        begun.get(0).finish();

        assertThat(segment(scans, 1, "0").pullAll()).isEqualTo("D:2\n D: end");
        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.READ));
    }

    @Test
    void aScanThatSomeSegmentNeverJoinsIsGivenUp() throws Exception {
        filling = scan -> scan.offer(recorded.block("1\n"));
        LoadScans scans = scans(2, Duration.ofMillis(50));
        try (RawClient one = segment(scans, 0, "0").pull()) {
            one.head();
        }
        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.ABANDONED));

        assertThat(segment(scans, 1, "0").pullAll())
                .startsWith(
                        "E:no segment had asked for rows of this scan for 0 s, and it was given up; run the statement again");
        assertThat(begun).hasSize(1);
    }

    @Test
    void aScanTooManyFailsItsStatementForGood() throws Exception {
        filling = scan -> {};
        LoadScans scans = scans(1, PATIENCE);
        try (RawClient one = segment(scans, 0, "0").pull()) {
            one.head();
            String refused = "E:no more than 1 scans of this table may be open at once; try again later end";
            assertThat(segment(scans, 0, "1").pullAll()).isEqualTo(refused);
            begun.get(0).finish();
            await().until(() -> scans.open().isEmpty());

            assertThat(segment(scans, 1, "1").pullAll()).isEqualTo(refused);
        }
    }

    @Test
    void aScanThatNobodyIsConnectedToGivesUpItsPlace() throws Exception {
        filling = scan -> {};
        LoadScans scans = scans(1, PATIENCE);
        try (RawClient one = segment(scans, 0, "0").pull()) {
            one.head();
        }
        filling = scan -> scan.finish();
        await().untilAsserted(() -> assertThat(segment(scans, 0, "1").pullAll()).isEqualTo("D: end"));

        assertThat(ends).startsWith(ScanEnd.ABANDONED);
        assertThat(segment(scans, 1, "0").pullAll())
                .isEqualTo("E:no segment was reading this scan when another one needed its place, and it was given up;"
                        + " run the statement again end");
    }

    @Test
    void aFailedScanFailsTheLateSegmentsToo() throws Exception {
        filling = scan -> scan.fail("the well is dry");
        LoadScans scans = scans(2, PATIENCE);
        assertThat(segment(scans, 0, "0").pullAll()).isEqualTo("E:the well is dry end");
        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.FAILED));

        assertThat(segment(scans, 1, "0").pullAll()).isEqualTo("E:the well is dry end");
    }

    @Test
    void whatIsStoppedFailsWhoReadsAndWhoComes() throws Exception {
        filling = scan -> {};
        LoadScans scans = scans(2, PATIENCE);
        try (RawClient one = segment(scans, 0, "0").pull()) {
            one.head();
            scans.stop("served no more");
            assertThat(FakeSegment.frame(one)).hasToString("E:served no more");
        }
        assertThat(segment(scans, 0, "1").pullAll()).isEqualTo("E:served no more end");
    }

    @Test
    void aClosedPathIsGone() throws Exception {
        filling = scan -> {};
        LoadScans scans = scans(2, PATIENCE);
        try (RawClient one = segment(scans, 0, "0").pull()) {
            one.head();
            scans.close();
            assertThat(one.rest()).isEmpty();
        }
        // A segment that was just arriving ends its scan itself.
        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.CLOSED));
        assertThat(segment(scans, 1, "0").pullAll()).startsWith("HTTP/1.1 404");
    }

    @Test
    void aPathThatIsClosedWhileAScanBeginsEndsThatScanToo() throws Exception {
        AtomicReference<LoadScans> scans = new AtomicReference<>();
        List<Integer> endedWhenBegun = new CopyOnWriteArrayList<>();
        filling = scan -> {
            scans.get().close();
            endedWhenBegun.add(ends.size());
        };
        scans.set(scans(2, PATIENCE));
        try (RawClient one = segment(scans.get(), 0, "0").pull()) {
            one.rest();
        }

        await().untilAsserted(() -> assertThat(ends).containsExactly(ScanEnd.CLOSED));
        assertThat(endedWhenBegun).containsExactly(0);
    }
}
