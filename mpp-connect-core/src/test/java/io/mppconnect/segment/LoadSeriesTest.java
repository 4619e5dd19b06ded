package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadSeriesTest {

    private static final String REFUSED = "HTTP/1.1 400 no statement that this application knows of reads here now";

    private final SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    private final RecordedLoad recorded = new RecordedLoad();
    private final LoadSeries series = server.openLoads(recorded, peer -> true);

    @AfterEach
    void everyBlockComesBack() {
        server.close();
        await().untilAsserted(() -> assertThat(recorded.out).hasValue(0));
    }

    private FakeSegment segment(int id, String scan) {
        return FakeSegment.of(server, series, id, 4).ofScan(scan);
    }

    private LoadExchange next(String rows) {
        LoadExchange exchange = series.next();
        exchange.offer(recorded.block(rows));
        exchange.finish();
        return exchange;
    }

    @Test
    void eachScanOfThePathHasRowsOfItsOwn() throws Exception {
        LoadExchange first = next("1\n");
        assertThat(segment(0, "0").pullAll()).isEqualTo("D:1\n D: end");
        assertThat(segment(1, "0").pullAll()).isEqualTo("D: end");
        LoadExchange second = next("2\n");
        assertThat(segment(1, "1").pullAll()).isEqualTo("D:2\n D: end");
        assertThat(segment(0, "1").pullAll()).isEqualTo("D: end");

        assertThat(first.traffic()).extracting(SegmentTraffic::rows).containsExactly(1L, 0L);
        assertThat(second.traffic()).extracting(SegmentTraffic::rows).containsExactly(0L, 1L);
    }

    @Test
    void aScanThatIsOverGetsNothingOfTheNext() throws Exception {
        next("1\n");
        assertThat(segment(0, "0").pullAll()).isEqualTo("D:1\n D: end");
        next("2\n");

        assertThat(segment(2, "0").pullAll()).isEqualTo(REFUSED);
        assertThat(segment(2, "1").pullAll()).isEqualTo("D:2\n D: end");
    }

    @Test
    void beforeTheFirstScanNobodyIsServed() throws Exception {
        assertThat(segment(0, "0").pullAll()).isEqualTo(REFUSED);
    }

    @Test
    void rowsOfAScanThatNobodyReadComeBackWithTheNext() {
        next("1\n");
        series.next();
        await().untilAsserted(() -> assertThat(recorded.out).hasValue(0));
    }

    @Test
    void aClosedSeriesIsGone() throws Exception {
        next("1\n");
        series.close();
        assertThat(segment(0, "0").pullAll()).startsWith("HTTP/1.1 404");
        assertThatThrownBy(series::next).hasMessage("Cannot open a scan: the series is closed");
    }
}
