package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts single values into JSON texts and array literals, in the form that the database would read them in by themselves. */
public final class ElementText {

    private static final long QUOTES = Words.spread('"');
    private static final long BACKSLASHES = Words.spread('\\');

    private final FieldValues value = new FieldValues(1);
    private final Scratch unquoted = new Scratch();
    private final OneValue written = new OneValue();
    private final RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("value"), written);

    /** The value, as the only field. */
    public FieldValues value() {
        return value;
    }

    /** Adds the value as JSON: numbers and truth values as such, all others between quotes. */
    public void addJson(Scratch out) throws BadRecordException, InterruptedException {
        Boolean truth = value.truth(0);
        if (value.isNull(0)) {
            out.addAscii("null");
        } else if (truth != null) {
            out.addAscii(truth ? "true" : "false");
        } else if (value.isText(0)) {
            addJsonText(value.textBytes(0), value.textFrom(0), value.textTo(0), out);
        } else {
            addWritten(value.isNumber(0), out);
        }
    }

    /** Adds the value as an element of an array literal. */
    public void addElement(Scratch out) throws BadRecordException, InterruptedException {
        if (value.isNull(0)) {
            out.addAscii("NULL");
        } else if (value.isText(0)) {
            ArrayLiterals.addQuoted(value.textBytes(0), value.textFrom(0), value.textTo(0), out);
        } else {
            addWritten(value.isNumber(0), out);
        }
    }

    /** Makes an element of an array literal, in quotes, of what was added from there on. */
    public void quote(int start, Scratch out) throws BadRecordException {
        unquoted.clear();
        unquoted.add(out.bytes(), start, out.length());
        out.cut(start);
        ArrayLiterals.addQuoted(unquoted.bytes(), 0, unquoted.length(), out);
    }

    /** A backslash is doubled in a row, as in JSON and in array literals; nothing else can need it. */
    private void addWritten(boolean bare, Scratch out) throws BadRecordException, InterruptedException {
        value.write(encoder);
        encoder.endRow();
        encoder.flush();
        if (!bare) {
            out.add('"');
        }
        out.add(written.block.bytes(), 0, written.block.length() - 1);
        if (!bare) {
            out.add('"');
        }
    }

    /** Text as a JSON string. */
    public static String jsonText(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        Scratch json = new Scratch();
        try {
            addJsonText(plain, 0, plain.length, json);
        } catch (BadRecordException e) {
            throw new IllegalArgumentException(e);
        }
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }

    /** Adds text as a JSON string. */
    public static void addJsonText(byte[] text, int from, int to, Scratch out) throws BadRecordException {
        out.add('"');
        int copied = from;
        for (int at = from; at < to; ) {
            long word = Words.load(text, at, to);
            // Behind the end there are zeros, which match.
            long match = Words.equal(word, QUOTES) | Words.equal(word, BACKSLASHES) | Words.below(word, ' ');
            if (match == 0) {
                at += Words.BYTES;
                continue;
            }
            at += Words.index(match);
            if (at < to) {
                out.add(text, copied, at);
                addEscaped(text[at++], out);
                copied = at;
            }
        }
        out.add(text, copied, to);
        out.add('"');
    }

    private static void addEscaped(byte character, Scratch out) throws BadRecordException {
        if (character == '"' || character == '\\') {
            out.add('\\');
            out.add(character);
        } else {
            out.addAscii("\\u00");
            out.addHex(character);
        }
    }

    /** Keeps the last row. */
    private static final class OneValue implements BlockWriter {

        private static final int USUAL = 256;

        /** Beyond this, what one value needed is given back with the next. */
        private static final int KEPT = 1 << 20;

        private Block block = new Block(USUAL, released -> {});

        @Override
        public Block acquire(int capacity) {
            if (block.capacity() > KEPT) {
                block = new Block(USUAL, released -> {});
            }
            return block;
        }

        @Override
        public Block grow(Block small, int capacity) {
            block = new Block(Math.max(2 * small.capacity(), capacity), released -> {});
            System.arraycopy(small.bytes(), 0, block.bytes(), 0, small.length());
            return block;
        }

        @Override
        public void send(Block full) {}

        @Override
        public void discard(Block unused) {}
    }
}
