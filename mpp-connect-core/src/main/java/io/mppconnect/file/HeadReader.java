package io.mppconnect.file;

import io.mppconnect.text.Newline;
import io.mppconnect.text.RowBoundary;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads as much of a file's start as it takes to know its newline and its header. */
final class HeadReader {

    private static final int FIRST_LOOK = 16 * 1024;
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final FileFormat format;
    private final boolean header;
    private final int maxRowBytes;

    HeadReader(FileFormat format, boolean header, int maxRowBytes) {
        this.format = format;
        this.header = header;
        this.maxRowBytes = maxRowBytes;
    }

    /**
     * Looks at a file.
     *
     * @throws io.mppconnect.MppConnectException when it cannot be read, or is not what its name or the format says
     */
    FileHead read(DataFile file) {
        try (FileInput input = FileInput.open(file)) {
            byte[] start = new byte[FIRST_LOOK];
            int length = fill(input, start, 0);
            checkContent(file, start, length);
            while (true) {
                boolean complete = length < start.length;
                FileHead head = head(file, start, length, complete);
                if (head != null) {
                    return head;
                }
                if (length >= maxRowBytes) {
                    throw file.badData("its first row is longer than " + maxRowBytes + " bytes");
                }
                start = Arrays.copyOf(start, (int) Math.min(start.length * 4L, Math.max(maxRowBytes, FIRST_LOOK) + 1L));
                length = fill(input, start, length);
            }
        }
    }

    /** What the bytes so far tell; null when more are needed. */
    private @Nullable FileHead head(DataFile file, byte[] start, int length, boolean complete) {
        int mark = markLength(start, length);
        Newline newline = newline(start, mark, length, complete);
        if (newline == null && !complete) {
            return null;
        }
        if (!header || length == mark) {
            return new FileHead(file, new RowStart(mark, 1), newline, List.of());
        }
        FileFormat known = newline == null ? format.withNewline(Newline.LF) : format.withNewline(newline);
        if (!format.onTheWire()) {
            return new FileHead(file, new RowStart(0, 2), newline, FieldNames.read(file, known, maxRowBytes));
        }
        RowBoundary boundary = RowBoundary.of(known.wire());
        int end = boundary.scanRows(start, mark, length, 1);
        if (end < 0 && !complete) {
            return null;
        }
        if (end < 0 && boundary.insideQuotes()) {
            throw file.badData("a quote opened in line 1 is never closed");
        }
        int rowEnd = end < 0 ? length : end;
        String row = new String(start, mark, rowEnd - mark, format.encoding().charset());
        return new FileHead(
                file, new RowStart(rowEnd, 1L + boundary.lines()), newline, FieldNames.of(file, row, known));
    }

    private @Nullable Newline newline(byte[] start, int from, int to, boolean complete) {
        if (format.newline() != null) {
            return format.newline();
        }
        // Of an encoding that holds ASCII as it is, any such charset shows the line ends.
        Charset charset = format.onTheWire()
                ? StandardCharsets.ISO_8859_1
                : format.encoding().charset();
        return new NewlineFinder(format)
                .find(new String(start, from, to - from, charset), complete)
                .orElse(null);
    }

    private int markLength(byte[] start, int length) {
        boolean marked = format.encoding().charset().equals(StandardCharsets.UTF_8)
                && length >= UTF8_MARK.length
                && Arrays.equals(start, 0, UTF8_MARK.length, UTF8_MARK, 0, UTF8_MARK.length);
        return marked ? UTF8_MARK.length : 0;
    }

    private void checkContent(DataFile file, byte[] start, int length) {
        Compression content = Compression.ofContent(start, length);
        if (content != Compression.NONE) {
            throw file.failure("it holds " + content.label() + " data; end its name in " + content.suffix()
                    + " or give compression(Compression." + content + ")");
        }
        boolean mark = length >= 2
                && (start[0] & 0xff) + (start[1] & 0xff) == 0xfe + 0xff
                && Math.max(start[0] & 0xff, start[1] & 0xff) == 0xff;
        if (mark && format.encoding().equals(Encoding.UTF8)) {
            throw file.badData("it starts as UTF-16 does; give charset(StandardCharsets.UTF_16)");
        }
    }

    private static int fill(FileInput input, byte[] bytes, int from) {
        int length = from;
        while (length < bytes.length) {
            int read = input.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return length;
    }
}
