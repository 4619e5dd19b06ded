package io.mppconnect.format.separated;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.Utf8;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Splits records at their delimiters. */
public final class SeparatedDecoder implements ValueDecoder {

    private final List<String> names;
    private final byte[] delimiter;
    private final byte[] quote;
    private final byte[] escape;
    private final byte[] nullString;
    private final boolean[] neverNull;
    private final boolean filling;

    /** Bytes that something other than a character of a field may begin with. */
    private final boolean[] marks = new boolean[256];

    private final FieldValues values;
    private byte[] bytes = {};
    private int start;
    private int position;
    private int limit;

    /** @param never the fields in which nothing is NULL */
    public SeparatedDecoder(Separators separators, List<String> names, Set<String> never, boolean filling) {
        this.names = List.copyOf(names);
        neverNull = new boolean[names.size()];
        for (int field = 0; field < neverNull.length; field++) {
            neverNull[field] = never.contains(names.get(field));
        }
        delimiter = separators.delimiter().getBytes(UTF_8);
        quote = separators.quote().getBytes(UTF_8);
        escape = separators.escape().getBytes(UTF_8);
        nullString = separators.nullString().getBytes(UTF_8);
        this.filling = filling;
        mark(delimiter);
        mark(quote);
        mark(escape);
        if (quote.length > 0) {
            marks['\n'] = true;
            marks['\r'] = true;
        }
        values = new FieldValues(names.size());
    }

    private void mark(byte[] text) {
        if (text.length > 0) {
            marks[text[0] & 0xFF] = true;
        }
    }

    @Override
    public FieldValues values() {
        return values;
    }

    @Override
    public List<Field> fields() {
        return names.stream().map(Field::of).toList();
    }

    @Override
    public void decode(byte[] record, int from, int to) throws BadRecordException {
        values.reset(record);
        bytes = record;
        start = from;
        position = from;
        limit = withoutLineEnd(from, to);
        Utf8.check(record, from, to, from);
        int count = 0;
        boolean more = true;
        while (more) {
            more = field(count++);
        }
        if (count > names.size() || (count < names.size() && !filling)) {
            throw new BadRecordException("it has " + count + " fields, and " + names.size() + " are expected");
        }
    }

    private int withoutLineEnd(int from, int to) {
        int end = withoutEnd('\n', from, to);
        return withoutEnd('\r', from, end);
    }

    private int withoutEnd(char last, int from, int to) {
        return to > from && bytes[to - 1] == last && !escapedAt(to - 1, from) ? to - 1 : to;
    }

    /** Whether an escape stands before a byte, which no other escapes. */
    private boolean escapedAt(int place, int from) {
        if (quote.length > 0 || escape.length == 0) {
            return false;
        }
        boolean odd = false;
        for (int before = place - escape.length;
                before >= from && Arrays.equals(bytes, before, before + escape.length, escape, 0, escape.length);
                before -= escape.length) {
            odd = !odd;
        }
        return odd;
    }

    /** Whether another field follows. */
    private boolean field(int field) throws BadRecordException {
        int from = position;
        int made = values.scratch().length();
        int copied = from;
        boolean quoted = false;
        boolean plain = true;
        while (true) {
            while (position < limit && !marks[bytes[position] & 0xFF]) {
                position++;
            }
            if (position == limit || at(delimiter)) {
                break;
            }
            if (at(quote)) {
                values.scratch().add(bytes, copied, position);
                quoted();
                copied = position;
                quoted = true;
                plain = false;
            } else if (quote.length == 0 && at(escape)) {
                values.scratch().add(bytes, copied, position);
                position += escape.length;
                escaped();
                copied = position;
                plain = false;
            } else if (quote.length > 0 && (bytes[position] == '\n' || bytes[position] == '\r')) {
                throw new BadRecordException(
                        "a line end outside quotes at byte " + (position - start) + ", and a record is one row");
            } else {
                position++;
            }
        }
        take(field, from, copied, made, quoted, plain);
        boolean more = position < limit;
        position += delimiter.length;
        return more;
    }

    private void take(int field, int from, int copied, int made, boolean quoted, boolean plain)
            throws BadRecordException {
        if (field >= names.size()) {
            return;
        }
        boolean mayBeNull = !quoted && !neverNull[field];
        if (mayBeNull && Arrays.equals(bytes, from, position, nullString, 0, nullString.length)) {
            values.setNull(field);
        } else if (plain) {
            values.setText(field, from, position);
        } else {
            values.scratch().add(bytes, copied, position);
            values.setMade(field, made);
        }
    }

    /** Adds what is between the quotes, and moves behind them. */
    private void quoted() throws BadRecordException {
        int opened = position;
        position += quote.length;
        int copied = position;
        while (position < limit) {
            if (!marks[bytes[position] & 0xFF]) {
                position++;
            } else if (at(escape) && (at(quote, position + escape.length) || at(escape, position + escape.length))) {
                values.scratch().add(bytes, copied, position);
                copied = position + escape.length;
                position = copied + (at(quote, copied) ? quote.length : escape.length);
            } else if (at(quote)) {
                values.scratch().add(bytes, copied, position);
                position += quote.length;
                return;
            } else {
                position++;
            }
        }
        throw new BadRecordException("the quote at byte " + (opened - start) + " is not closed");
    }

    private void escaped() throws BadRecordException {
        if (position < limit) {
            values.scratch()
                    .add(
                            switch (bytes[position]) {
                                case 'b' -> '\b';
                                case 'f' -> '\f';
                                case 'n' -> '\n';
                                case 'r' -> '\r';
                                case 't' -> '\t';
                                case 'v' -> 0x0B;
                                default -> bytes[position];
                            });
            position++;
        }
    }

    private boolean at(byte[] text) {
        return at(text, position);
    }

    private boolean at(byte[] text, int place) {
        if (text.length == 0 || limit - place < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[place + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
