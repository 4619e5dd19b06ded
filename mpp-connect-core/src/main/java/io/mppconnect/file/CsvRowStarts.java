package io.mppconnect.file;

import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds row starts in CSV, where a line end may lie within quotes and only all of the file before it tells.
 *
 * <p>Whoever asks first reads on from where the last one stopped. So the search keeps just ahead of the workers, and
 * what they read has come from the disk already.
 */
final class CsvRowStarts implements RowStarts {

    private static final int CHUNK = 256 * 1024;

    private final DataFile file;
    private final RowFormat format;
    private final long rangeSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<RowStart> found = new ArrayList<>();

    /**
     * Searches from the first row that is no header.
     *
     * @param first that row
     */
    CsvRowStarts(DataFile file, RowFormat format, RowStart first, long rangeSize) {
        this.file = file;
        this.format = format;
        this.rangeSize = rangeSize;
        found.add(first);
    }

    @Override
    public RowStart of(int range) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (found.size() <= range) {
                found.add(atOrAfter(found.size() * rangeSize, found.get(found.size() - 1)));
            }
            return found.get(range);
        } finally {
            lock.unlock();
        }
    }

    private RowStart atOrAfter(long offset, RowStart from) throws InterruptedException {
        if (from.offset() >= offset) {
            return from;
        }
        RowBoundary boundary = RowBoundary.of(format);
        byte[] bytes = new byte[CHUNK];
        long position = from.offset();
        long line = from.line();
        long lastEnd = position;
        try (FileInput input = FileInput.open(file, position, file.size())) {
            while (position < offset) {
                int length = input.read(bytes, 0, (int) Math.min(CHUNK, offset - position));
                if (length < 0) {
                    return new RowStart(file.size(), line);
                }
                int end = boundary.scan(bytes, 0, length);
                lastEnd = end < 0 ? lastEnd : position + end;
                line += boundary.lines();
                position += length;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            if (lastEnd == offset) {
                return new RowStart(offset, line);
            }
            for (int length = input.read(bytes); length > 0; length = input.read(bytes)) {
                int end = boundary.scanRows(bytes, 0, length, 1);
                if (end >= 0) {
                    return new RowStart(position + end, line + boundary.lines());
                }
                position += length;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return new RowStart(file.size(), line);
        }
    }
}
