package io.mppconnect.file;

import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import java.util.OptionalLong;

/**
 * A whole file in a format that the database cannot read.
 *
 * @param header whether the first row is one
 * @param fields how many fields every row has
 * @param maxRowChars the longest row, in characters
 */
record DecodedSplit(DataFile file, FileFormat format, boolean header, int fields, int maxRowChars) implements Split {

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
        return new DecodedSplitReader(
                file,
                DecodedRows.open(file, format, maxRowChars),
                format.delimited().delimiter(),
                header,
                fields);
    }
}
