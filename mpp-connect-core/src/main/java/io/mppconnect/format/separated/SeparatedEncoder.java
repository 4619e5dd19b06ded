package io.mppconnect.format.separated;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.spi.RowReader;
import java.util.Arrays;
import java.util.List;

/** Puts delimiters between fields; but for the record itself nothing is allocated. */
public final class SeparatedEncoder implements RecordEncoder {

    /** What these are after an escape is not themselves. */
    private static final String LETTERS = "bfnrtv";

    private final List<ChosenColumn> columns;
    private final byte[] delimiter;
    private final byte[] quote;
    private final byte[] escape;
    private final byte[] nullString;

    /** Bytes at which a value may need more than to be copied. */
    private final boolean[] marks = new boolean[256];

    private final TextStep step = this::add;
    private final Scratch record = new Scratch();

    public SeparatedEncoder(Separators separators, List<ChosenColumn> columns) {
        this.columns = columns;
        delimiter = separators.delimiter().getBytes(UTF_8);
        quote = separators.quote().getBytes(UTF_8);
        escape = separators.escape().getBytes(UTF_8);
        nullString = separators.nullString().getBytes(UTF_8);
        mark(delimiter);
        mark(quote);
        mark(escape);
        marks['\n'] = true;
        marks['\r'] = true;
    }

    private void mark(byte[] text) {
        if (text.length > 0) {
            marks[text[0] & 0xFF] = true;
        }
    }

    public static boolean isLetter(String text) {
        return !text.isEmpty() && LETTERS.indexOf(text.charAt(0)) >= 0;
    }

    @Override
    public byte[] encode(RowReader row) throws BadRecordException {
        record.clear();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                record.add(delimiter, 0, delimiter.length);
            }
            if (!columns.get(i).add(row, step, record)) {
                record.add(nullString, 0, nullString.length);
            }
        }
        checkEnd();
        return Arrays.copyOf(record.bytes(), record.length());
    }

    /** A line end there would be taken for the record's. */
    private void checkEnd() throws BadRecordException {
        int length = record.length();
        if (length > 0 && (record.bytes()[length - 1] == '\n' || record.bytes()[length - 1] == '\r')) {
            throw new BadRecordException("it ends with a line end, and there is neither a quote nor an escape");
        }
    }

    private void add(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        boolean readsAsNull = Arrays.equals(text, from, to, nullString, 0, nullString.length);
        int first = firstMark(text, from, to);
        if (first == to && !readsAsNull) {
            record.add(text, from, to);
        } else if (quote.length > 0) {
            addPerhapsQuoted(text, from, to, readsAsNull, record);
        } else if (escape.length > 0) {
            addEscaped(text, from, to, readsAsNull ? harmless(text, from, to) : -1, record);
        } else {
            addPlain(text, from, to, readsAsNull, record);
        }
    }

    private int firstMark(byte[] text, int from, int to) {
        int at = from;
        while (at < to && !marks[text[at] & 0xFF]) {
            at++;
        }
        return at;
    }

    private void addPerhapsQuoted(byte[] text, int from, int to, boolean readsAsNull, Scratch record)
            throws BadRecordException {
        if (!readsAsNull && !needsQuotes(text, from, to)) {
            record.add(text, from, to);
            return;
        }
        record.add(quote, 0, quote.length);
        int copied = from;
        for (int at = from; at < to; at++) {
            boolean quoted = at(quote, text, at, to);
            if (quoted && escape.length == 0) {
                throw new BadRecordException("its text holds the quote, and there is no escape");
            }
            if (quoted || at(escape, text, at, to)) {
                record.add(text, copied, at);
                record.add(escape, 0, escape.length);
                copied = at;
            }
        }
        record.add(text, copied, to);
        record.add(quote, 0, quote.length);
    }

    private boolean needsQuotes(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (marks[text[at] & 0xFF]
                    && (text[at] == '\n' || text[at] == '\r' || at(quote, text, at, to) || delimited(text, at, to))) {
                return true;
            }
        }
        return false;
    }

    /** @param other a character to escape too, so that the value does not read as NULL; -1 for none */
    private void addEscaped(byte[] text, int from, int to, int other, Scratch record) throws BadRecordException {
        int start = record.length();
        int copied = from;
        for (int at = from; at < to; at++) {
            boolean lineEnd = text[at] == '\n' || text[at] == '\r';
            if (lineEnd || at == other || at(escape, text, at, to) || delimited(text, at, to)) {
                record.add(text, copied, at);
                record.add(escape, 0, escape.length);
                copied = at;
            }
            if (lineEnd) {
                record.add(text[at] == '\n' ? 'n' : 'r');
                copied = at + 1;
            }
        }
        record.add(text, copied, to);
        if (Arrays.equals(record.bytes(), start, record.length(), nullString, 0, nullString.length)) {
            throw readsAsNull();
        }
    }

    /** Where a character is that is itself after an escape. */
    private static int harmless(byte[] text, int from, int to) throws BadRecordException {
        for (int at = from; at < to; at++) {
            if (LETTERS.indexOf(text[at]) < 0) {
                return at;
            }
        }
        throw readsAsNull();
    }

    private void addPlain(byte[] text, int from, int to, boolean readsAsNull, Scratch record)
            throws BadRecordException {
        if (readsAsNull) {
            throw readsAsNull();
        }
        for (int at = from; at < to; at++) {
            if (delimited(text, at, to)) {
                throw new BadRecordException(
                        "its text holds the delimiter, and there is neither a quote nor an escape");
            }
        }
        record.add(text, from, to);
    }

    private static BadRecordException readsAsNull() {
        return new BadRecordException("its text is the same as that for NULL");
    }

    private static boolean at(byte[] what, byte[] text, int at, int to) {
        return what.length > 0
                && to - at >= what.length
                && Arrays.equals(text, at, at + what.length, what, 0, what.length);
    }

    /** Whether a reader would see a delimiter here, if it be with the beginning of the real one behind the value. */
    private boolean delimited(byte[] text, int at, int to) {
        for (int i = 0; i < delimiter.length; i++) {
            byte there = at + i < to ? text[at + i] : delimiter[at + i - to];
            if (there != delimiter[i]) {
                return false;
            }
        }
        return true;
    }
}
