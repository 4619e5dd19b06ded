package io.mppconnect.file;

import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.OptionalLong;

/**
 * A whole file whose bytes go to the segments as they are.
 *
 * @param data the first row that is no header
 */
record FileSplit(DataFile file, RowFormat format, RowStart data) implements Split {

    @Override
    public String name() {
        return file.name();
    }

    /** Those on disk, compressed or not. */
    @Override
    public OptionalLong bytes() {
        return OptionalLong.of(file.size());
    }

    @Override
    public SplitReader open() {
        file.checkUnchanged();
        if (!file.compressed()) {
            return new FileRangeReader(file, format, data.offset(), file.size(), file.name(), data.line());
        }
        FileInput input = FileInput.open(file, data.offset(), FileInput.UNBOUNDED);
        return new WireSplitReader(file, input, format, file.name(), data.line());
    }
}
