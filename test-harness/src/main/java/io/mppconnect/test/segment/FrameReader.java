package io.mppconnect.test.segment;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;

/** Reads one answer, in frames (protocol 1) or raw (protocol 0), and hands on its rows. */
final class FrameReader {

    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final String SILENCE =
            "segment has not received data from gpfdist for long time, cancelling the query.";
    private static final String OVERLOAD = "The root cause is likely to be an overload of the ETL host or a temporary"
            + " network glitch between the database and the ETL host causing the connection between the gpfdist and"
            + " database to disconnect.";

    private final InputStream in;
    private final RowScanner scanner;
    private final BlockingQueue<Object> rows;
    private final Pace pace;
    private final byte[] buffer = new byte[BLOCK];
    private int buffered;
    private boolean read;
    private long cutAfter;

    /** @param cutAfter after how many bytes of data the segment loses its connection; negative for never */
    FrameReader(InputStream in, RowScanner scanner, BlockingQueue<Object> rows, Pace pace, long cutAfter) {
        this.in = in;
        this.scanner = scanner;
        this.rows = rows;
        this.pace = pace;
        this.cutAfter = cutAfter;
    }

    void read(int protocol) throws SegmentFailure, InterruptedException {
        switch (protocol) {
            case 0 -> readRaw();
            case 1 -> readFrames();
            default -> throw internal("unknown gp protocol " + protocol);
        }
        if (!scanner.ended()) {
            handOn(scanner.finish());
        }
    }

    private void readRaw() throws SegmentFailure, InterruptedException {
        while (!scanner.ended() && more(BLOCK) > 0) {
            handIfFull();
        }
        handBuffered();
    }

    private void readFrames() throws SegmentFailure, InterruptedException {
        while (!scanner.ended()) {
            byte[] head = upTo(5);
            if (head.length == 0) {
                throw lost("gpfdist error: server closed connection");
            }
            if (head.length < 5) {
                throw lost("gpfdist error: incomplete packet - packet len " + head.length);
            }
            int length = ByteBuffer.wrap(head, 1, 4).getInt();
            if (length < 0) {
                throw internal("gpfdist error: bad packet type " + head[0] + " len " + length);
            }
            switch (head[0]) {
                case 'E' -> throw error(length);
                case 'F' -> fileName(length);
                case 'O' -> offset(length);
                case 'L' -> line(length);
                case 'D' -> {
                    if (length == 0) {
                        handBuffered();
                        return;
                    }
                    data(length);
                }
                default -> throw internal("gpfdist error: unknown meta type " + head[0]);
            }
        }
    }

    private SegmentFailure error(int length) throws SegmentFailure, InterruptedException {
        String text = new String(upTo(length), StandardCharsets.UTF_8);
        return text.isEmpty()
                ? internal("gpfdist error: please check gpfdist log messages.")
                : new SegmentFailure(SegmentFailure.CONNECTION_FAILURE, "gpfdist error - " + text);
    }

    private void fileName(int length) throws SegmentFailure, InterruptedException {
        if (length > LONGEST_NAME) {
            throw internal("gpfdist error: filename too long (" + length + ")");
        }
        handBuffered();
        scanner.fileName(new String(upTo(length), StandardCharsets.UTF_8));
    }

    private void offset(int length) throws SegmentFailure, InterruptedException {
        if (length != Long.BYTES) {
            throw internal("gpfdist error: offset not of length 8 (" + length + ")");
        }
        upTo(length);
    }

    private void line(int length) throws SegmentFailure, InterruptedException {
        if (length != Long.BYTES) {
            throw internal("gpfdist error: line number not of length 8 (" + length + ")");
        }
        byte[] number = upTo(length);
        if (number.length == Long.BYTES) {
            scanner.line(ByteBuffer.wrap(number).getLong());
        }
    }

    private void data(int length) throws SegmentFailure, InterruptedException {
        int left = length;
        while (left > 0 && !scanner.ended()) {
            int count = more(left);
            if (count <= 0) {
                throw new SegmentFailure(
                        SegmentFailure.CONNECTION_FAILURE, "gpfdist server closed connection", null, OVERLOAD, null);
            }
            left -= count;
            handIfFull();
        }
    }

    private void handIfFull() throws InterruptedException {
        if (buffered == BLOCK) {
            handBuffered();
        }
    }

    /** Hands on what has come: rows are numbered from the line that was said last before. */
    private void handBuffered() throws InterruptedException {
        if (buffered > 0) {
            int count = buffered;
            buffered = 0;
            handOn(scanner.take(buffer, count));
        }
    }

    private void handOn(RowBatch batch) throws InterruptedException {
        if (batch.rows() > 0) {
            rows.put(batch);
        }
    }

    /** Reads more data behind what is buffered. */
    private int more(int most) throws SegmentFailure, InterruptedException {
        int count = some(buffer, buffered, Math.min(most, BLOCK - buffered));
        buffered += Math.max(0, count);
        return count;
    }

    /** How long to wait for bytes: segments look at the time every five seconds only. */
    static int timeoutMillis(Duration timeout) {
        return timeout.isZero() ? 0 : (int) Math.min(Integer.MAX_VALUE, (timeout.toSeconds() / 5 + 1) * 5000);
    }

    /** What a segment says when nothing came in that time. */
    static SegmentFailure silence() {
        return lost(SILENCE);
    }

    static boolean isSilence(SegmentFailure failure) {
        return SILENCE.equals(failure.getMessage());
    }

    /** Whether any byte of the answer's body has come. */
    boolean hasRead() {
        return read;
    }

    /** Reads some bytes; nothing more, for whatever reason but silence, is the end. */
    private int some(byte[] into, int offset, int most) throws SegmentFailure, InterruptedException {
        if (cutAfter == 0) {
            return -1;
        }
        int count;
        try {
            int step = pace.step(most);
            count = in.read(into, offset, cutAfter < 0 ? step : (int) Math.min(step, cutAfter));
        } catch (SocketTimeoutException e) {
            throw silence();
        } catch (IOException e) {
            return -1;
        }
        if (count > 0) {
            read = true;
            cutAfter -= cutAfter < 0 ? 0 : count;
            pace.moved(count);
        }
        return count;
    }

    private byte[] upTo(int length) throws SegmentFailure, InterruptedException {
        byte[] bytes = new byte[Math.min(length, LONGEST_TEXT)];
        int read = 0;
        while (read < bytes.length) {
            int count = some(bytes, read, bytes.length - read);
            if (count <= 0) {
                break;
            }
            read += count;
        }
        return Arrays.copyOf(bytes, read);
    }

    private static SegmentFailure lost(String message) {
        return new SegmentFailure(SegmentFailure.CONNECTION_FAILURE, message);
    }

    private static SegmentFailure internal(String message) {
        return new SegmentFailure(SegmentFailure.INTERNAL_ERROR, message);
    }
}
