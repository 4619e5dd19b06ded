package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.RangeWriter;
import io.mppconnect.spi.SplitReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of ranges that are still under way when their reader is done, or interrupted. */
class FileRangeReaderTest {

    @TempDir
    Path directory;

    /** Keeps what it is given. */
    private static final class Kept extends CollectedRows implements RangeWriter {

        final List<FileChannel> files = new ArrayList<>();
        final List<Lender> lenders = new ArrayList<>();

        @Override
        public Optional<RangeWriter> ranges() {
            return Optional.of(this);
        }

        @Override
        public void send(FileChannel file, long position, int length, int rows, Lender lender) {
            files.add(file);
            lenders.add(lender);
        }
    }

    private SplitReader reader(Path file) throws Exception {
        return DataFiles.text(file).open(Contexts.load("a")).splits().get(0).open();
    }

    private Path file(String rows) throws Exception {
        return Files.writeString(directory.resolve("a.txt"), rows);
    }

    @Test
    void theFileStaysOpenUntilItsRangesAreReturned() throws Exception {
        Kept kept = new Kept();
        try (SplitReader reader = reader(file("1\n2\n"))) {
            assertThat(reader.read(kept)).isFalse();
        }
        assertThat(kept.files).singleElement().matches(FileChannel::isOpen);

        kept.lenders.get(0).returned();
        assertThat(kept.files.get(0).isOpen()).isFalse();
    }

    @Test
    void aReaderThatIsInterruptedLeavesTheRangesAlone() throws Exception {
        Kept kept = new Kept();
        try (SplitReader reader = reader(file("12345678\n".repeat(100_000)))) {
            assertThat(reader.read(kept)).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> reader.read(kept)).isInstanceOf(InterruptedException.class);
            assertThat(kept.files).singleElement().matches(FileChannel::isOpen);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        kept.lenders.get(0).returned();
    }

    @Test
    void aFileThatIsWrittenToBeforeItsRowsAreSentFailsTheLoad() throws Exception {
        Kept kept = new Kept();
        Path file = file("1\n2\n");
        try (SplitReader reader = reader(file)) {
            reader.read(kept);
        }
        Files.writeString(file, "3\n4\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        assertThatThrownBy(kept.lenders.get(0)::returned)
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read a.txt: it changed while it was read");
        assertThat(kept.files.get(0).isOpen()).isFalse();
    }
}
