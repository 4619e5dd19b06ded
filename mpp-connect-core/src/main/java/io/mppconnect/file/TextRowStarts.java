package io.mppconnect.file;

import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;

/** Finds row starts in TEXT, where every line end is a row end. The line of a row found so is unknown. */
final class TextRowStarts implements RowStarts {

    private static final int CHUNK = 64 * 1024;

    private final DataFile file;
    private final RowFormat format;
    private final RowStart first;
    private final long rangeSize;

    /**
     * Searches from the first row that is no header.
     *
     * @param first that row
     */
    TextRowStarts(DataFile file, RowFormat format, RowStart first, long rangeSize) {
        this.file = file;
        this.format = format;
        this.first = first;
        this.rangeSize = rangeSize;
    }

    @Override
    public RowStart of(int range) throws InterruptedException {
        long offset = range * rangeSize;
        return offset <= first.offset() ? first : new RowStart(atOrAfter(offset), 0);
    }

    private long atOrAfter(long offset) throws InterruptedException {
        // A row may end just before the offset.
        long position = Math.max(offset - format.newline().characters().length(), 0);
        RowBoundary boundary = RowBoundary.of(format);
        byte[] bytes = new byte[CHUNK];
        try (FileInput input = FileInput.open(file, position, file.size())) {
            for (int length = input.read(bytes); length > 0; length = input.read(bytes)) {
                int end = 0;
                while (end >= 0) {
                    end = boundary.scanRows(bytes, end, length, 1);
                    if (end >= 0 && position + end >= offset) {
                        return position + end;
                    }
                }
                position += length;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        return file.size();
    }
}
