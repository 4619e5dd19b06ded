package io.mppconnect.file;

import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.OptionalLong;

/**
 * The rows of a large file that start within a range of its bytes.
 *
 * @param range its number, from 0
 * @param last whether no range follows
 */
record RangeSplit(DataFile file, RowFormat format, RowStarts starts, int range, boolean last, long rangeSize)
        implements Split {

    @Override
    public String name() {
        return file.name() + "@" + range * rangeSize;
    }

    @Override
    public OptionalLong bytes() {
        return OptionalLong.of(Math.min(file.size() - range * rangeSize, rangeSize));
    }

    @Override
    public SplitReader open() throws InterruptedException {
        file.checkUnchanged();
        RowStart from = starts.of(range);
        long to = last ? file.size() : starts.of(range + 1).offset();
        return from.lineKnown()
                ? new FileRangeReader(file, format, from.offset(), to, file.name(), from.line())
                : new FileRangeReader(file, format, from.offset(), to, file.name() + "@" + from.offset(), 1);
    }
}
