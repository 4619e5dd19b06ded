package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.text.NumberParser;
import io.mppconnect.type.ColumnType;

/** Moves through an array literal such as <code>[0:1]={1,NULL,"a"}</code>, as the database writes them. */
public final class ArrayTokens {

    /** A dimension begins. */
    public static final int OPEN = 0;

    /** A dimension ends. */
    public static final int CLOSE = 1;

    public static final int ELEMENT = 2;
    public static final int NULL = 3;

    /** There is no more. */
    public static final int END = 4;

    private final byte delimiter;
    private final Scratch unescaped = new Scratch();
    private byte[] literal = {};
    private int position;
    private int limit;
    private byte[] element = {};
    private int elementFrom;
    private int elementTo;

    /** @param type of the column */
    public ArrayTokens(ColumnType type) {
        delimiter = (byte) ArrayLiterals.delimiter(type);
    }

    /** Begins with another literal; where its elements are counted from is not told. */
    public void reset(byte[] text, int from, int to) {
        literal = text;
        position = from;
        limit = to;
        if (from < to && text[from] == '[') {
            while (position < to && text[position] != '{') {
                position++;
            }
        }
    }

    /** What comes next. */
    public int next() throws BadRecordException {
        while (position < limit && literal[position] == delimiter) {
            position++;
        }
        if (position == limit) {
            return END;
        }
        switch (literal[position]) {
            case '{' -> {
                position++;
                return OPEN;
            }
            case '}' -> {
                position++;
                return CLOSE;
            }
            case '"' -> {
                quoted();
                return ELEMENT;
            }
            default -> {
                return unquoted();
            }
        }
    }

    private int unquoted() {
        int from = position;
        while (position < limit && literal[position] != delimiter && literal[position] != '}') {
            position++;
        }
        element = literal;
        elementFrom = from;
        elementTo = position;
        return NumberParser.matches("NULL", literal, from, position) ? NULL : ELEMENT;
    }

    private void quoted() throws BadRecordException {
        int copied = position + 1;
        boolean escaped = false;
        unescaped.clear();
        for (position++; position < limit && literal[position] != '"'; position++) {
            if (literal[position] == '\\') {
                unescaped.add(literal, copied, position);
                copied = ++position;
                escaped = true;
            }
        }
        if (position >= limit) {
            throw new BadRecordException("its text is no array");
        }
        if (escaped) {
            unescaped.add(literal, copied, position);
        }
        element = escaped ? unescaped.bytes() : literal;
        elementFrom = escaped ? 0 : copied;
        elementTo = escaped ? unescaped.length() : position;
        position++;
    }

    /** The memory that the last element is in. */
    public byte[] element() {
        return element;
    }

    public int elementFrom() {
        return elementFrom;
    }

    public int elementTo() {
        return elementTo;
    }
}
