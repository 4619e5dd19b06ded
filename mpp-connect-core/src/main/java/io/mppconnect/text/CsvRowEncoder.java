package io.mppconnect.text;

import io.mppconnect.spi.BlockWriter;
import java.util.List;

/** Writes CSV: what would be taken for something else gets quotes around. */
final class CsvRowEncoder extends RowEncoder {

    private static final byte NUL = -1;
    private static final byte NEEDS_QUOTES = 1;
    private static final byte[] BYTEA = {'\\', 'x'};

    private final byte[] actions;
    private final byte quote;
    private final byte escape;
    private final long quotes;
    private final long escapes;
    private boolean quoted;

    CsvRowEncoder(RowFormat format, List<String> fieldNames, BlockWriter blocks) {
        super(format, fieldNames, blocks, actions(format), BYTEA);
        this.actions = actions(format);
        this.quote = (byte) format.quote();
        this.escape = (byte) format.escape().orElse(format.quote());
        this.quotes = Words.spread(quote);
        this.escapes = Words.spread(escape);
    }

    /** What to do with each byte before the value has turned out to need quotes. */
    private static byte[] actions(RowFormat format) {
        byte[] actions = new byte[256];
        actions[0] = NUL;
        actions['\n'] = NEEDS_QUOTES;
        actions['\r'] = NEEDS_QUOTES;
        actions[format.delimiter()] = NEEDS_QUOTES;
        actions[format.quote()] = NEEDS_QUOTES;
        return actions;
    }

    @Override
    void startValue() {
        quoted = false;
    }

    @Override
    int encodedLength(byte[] utf8, int from, int to) {
        return quoted ? quotedLength(utf8, from, to) : to - from;
    }

    @Override
    void appendPiece(byte[] utf8, int from, int to) throws InterruptedException {
        int next = quoted ? from : appendUnquoted(utf8, from, to);
        if (next < to) {
            if (!quoted) {
                quoteWritten(quotedLength(utf8, next, to));
            }
            appendQuoted(utf8, next, to);
        }
    }

    @Override
    void endValue() throws InterruptedException {
        if (!quoted && (readsAsNull() || isEndMark(out.bytes, out.valueStart(), out.position - out.valueStart()))) {
            quoteWritten(0);
        }
        if (quoted) {
            out.reserve(1);
            out.bytes[out.position++] = quote;
        }
    }

    /** Stops at the first byte that needs quotes, and returns its index. */
    private int appendUnquoted(byte[] utf8, int from, int to) {
        byte[] bytes = out.bytes;
        int position = out.position;
        int next = from;
        while (next < to) {
            int copied = ordinary.copy(utf8, next, to, bytes, position);
            next += copied;
            position += copied;
            if (next == to) {
                break;
            }
            byte value = utf8[next];
            byte action = actions[value & 0xFF];
            if (action != 0) {
                out.position = position;
                if (action == NUL) {
                    throw nul();
                }
                return next;
            }
            bytes[position++] = value;
            next++;
        }
        out.position = position;
        return next;
    }

    private void appendQuoted(byte[] utf8, int from, int to) {
        byte[] bytes = out.bytes;
        int position = out.position;
        int next = from;
        while (next < to) {
            if (to - next >= Words.BYTES && bytes.length - position >= Words.BYTES) {
                long word = Words.load(utf8, next);
                Words.store(bytes, position, word);
                long match = Words.equal(word, 0) | Words.equal(word, quotes) | Words.equal(word, escapes);
                int copied = match == 0 ? Words.BYTES : Words.index(match);
                next += copied;
                position += copied;
                if (match == 0) {
                    continue;
                }
            }
            byte value = utf8[next++];
            if (value == 0) {
                throw nul();
            }
            if (value == quote || value == escape) {
                bytes[position++] = escape;
            }
            bytes[position++] = value;
        }
        out.position = position;
    }

    /** Puts the opening quote before what was written without, and makes room for more. */
    private void quoteWritten(int more) throws InterruptedException {
        int escaped = 0;
        for (int i = out.valueStart(); i < out.position; i++) {
            // A quote would have brought the quotes on already.
            escaped += out.bytes[i] == escape ? 1 : 0;
        }
        out.reserve(1 + escaped + more);
        int start = out.valueStart();
        int read = out.position;
        int write = read + 1 + escaped;
        out.position = write;
        while (read > start) {
            byte value = out.bytes[--read];
            out.bytes[--write] = value;
            if (value == escape) {
                out.bytes[--write] = escape;
            }
        }
        out.bytes[start] = quote;
        quoted = true;
    }

    private int quotedLength(byte[] utf8, int from, int to) {
        int length = to - from;
        for (int i = from; i < to; i++) {
            length += utf8[i] == quote || utf8[i] == escape ? 1 : 0;
        }
        return length;
    }

    private RuntimeException nul() {
        return refused("it contains a NUL character, which the database cannot hold in text");
    }
}
