package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.spi.FileRange;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that segments get from the file in which they lie. */
class FileRangeTest {

    /** More than a socket takes at once. */
    private static final int LARGE = 32 << 20;

    @TempDir
    Path directory;

    private final SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    private final RecordedLoad recorded = new RecordedLoad();
    private final LoadExchange load = server.openLoad(recorded);
    private FileChannel file;

    @BeforeEach
    void openFile() throws IOException {
        file = FileChannel.open(
                directory.resolve("rows.txt"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @AfterEach
    void everyRangeIsReleased() throws IOException {
        server.close();
        await().untilAsserted(() -> assertThat(recorded.out).hasValue(0));
        file.close();
    }

    private void write(String rows) throws IOException {
        Files.writeString(directory.resolve("rows.txt"), rows);
    }

    @Test
    void goesOutInTheFramesOfTheProtocolBetweenBlocks() throws Exception {
        write("left out\n1|a\n2|b\n");
        FileRange range = recorded.range(file, 9, 8, 2);
        range.comesFrom("rows.txt", 2);
        load.offer(range);
        load.offer(recorded.block("3|c\n"));
        load.finish();

        try (RawClient client = FakeSegment.of(server, load, 2, 4).pull()) {
            assertThat(new String(client.rest(), ISO_8859_1))
                    .endsWith("F\0\0\0\10rows.txt" + "L\0\0\0\10\0\0\0\0\0\0\0\2" + "D\0\0\0\u00081|a\n2|b\n"
                            + "F\0\0\0\0" + "L\0\0\0\10\0\0\0\0\0\0\0\0" + "D\0\0\0\u00043|c\n"
                            + "D\0\0\0\0");
        }
        assertThat(load.traffic().get(0).rows()).isEqualTo(3);
        assertThat(load.traffic().get(0).bytes()).isEqualTo(12);
    }

    @Test
    void mayBeLargerThanWhatASocketTakes() throws Exception {
        String rows = "x".repeat(LARGE - 1) + "\n";
        write(rows);
        load.offer(recorded.range(file, 0, (int) file.size(), 1));
        load.finish();

        assertThat(FakeSegment.of(server, load, 0, 1).pullAll()).isEqualTo("D:" + rows + " D: end");
    }

    @Test
    void aFileThatBecomesShorterBreaksTheConnection() throws Exception {
        write("x".repeat(LARGE - 1) + "\n");
        load.offer(recorded.range(file, 0, (int) file.size(), 1));
        load.finish();
        file.truncate(LARGE / 2);

        try (RawClient client = FakeSegment.of(server, load, 0, 1).pull()) {
            assertThat(client.rest()).hasSizeLessThan(LARGE);
        }
        await().untilAsserted(() -> assertThat(recorded.events)
                .contains("unreadable: the file became shorter")
                .anyMatch(event -> event.startsWith("broken 0: the connection of segment 0 (127.0.0.1) closed")));
    }

    @Test
    void aFileThatCannotBeReadIsToldOfWhateverTheSocketDoes() throws Exception {
        write("1\n");
        load.offer(recorded.range(file, 0, 2, 1));
        load.finish();
        file.close();

        try (RawClient client = FakeSegment.of(server, load, 0, 1).pull()) {
            client.rest();
        }
        await().untilAsserted(() -> assertThat(recorded.events).contains("unreadable: null"));
    }

    @Test
    void isReleasedWhenNobodyComesForIt() throws Exception {
        write("1\n");
        load.offer(recorded.range(file, 0, (int) file.size(), 1));
        load.close();
        assertThat(recorded.out).hasValue(0);
    }
}
