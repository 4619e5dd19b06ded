package io.mppconnect.test.segment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Says a row of an external table's format in the TEXT that PostgreSQL's COPY reads: tabs between fields, {@code \N} for
 * NULL, LF at the end. What is wrong with a row stays wrong, for COPY to complain about.
 */
final class RowTranscoder {

    /** Equals no byte. */
    static final int NO_CHARACTER = 0x100;

    private static final byte[] NULL = {'\\', 'N'};

    private final boolean csv;
    private final int delimiter;
    private final int escape;
    private final int quote;
    private final byte[] nullText;
    private final int fillTo;
    private final boolean[] notNull;
    private final Bytes out;
    private boolean unterminated;

    RowTranscoder(RowFormat format, List<String> columns, Bytes out) {
        this.csv = format.csv();
        this.delimiter = character(format.delimiter());
        this.escape = character(format.escape());
        this.quote = character(format.quote());
        this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.fillTo = format.fillMissing() ? columns.size() : 0;
        this.notNull = new boolean[columns.size()];
        for (int i = 0; i < notNull.length; i++) {
            notNull[i] =
                    format.forced().contains(columns.get(i)) || format.forced().contains("*");
        }
        this.out = out;
    }

    /** An option's one character, or {@link #NO_CHARACTER}. */
    static int character(String text) {
        return text.isEmpty() ? NO_CHARACTER : text.charAt(0);
    }

    /** Whether the row that was transcoded last ended within quotes. */
    boolean unterminated() {
        return unterminated;
    }

    void row(byte[] bytes, int from, int to) {
        unterminated = false;
        int fields = 0;
        int at = from;
        while (true) {
            int end = csv ? csvField(bytes, at, to, fields) : textField(bytes, at, to);
            fields++;
            if (end >= to) {
                break;
            }
            out.add('\t');
            at = end + 1;
        }
        for (; fields < fillTo; fields++) {
            out.add('\t');
            out.add(NULL, 0, NULL.length);
        }
        out.add('\n');
    }

    /** Writes one field of TEXT; the offset of the delimiter behind it, or {@code to}. */
    private int textField(byte[] bytes, int from, int to) {
        int start = out.length();
        int at = from;
        while (at < to && bytes[at] != delimiter) {
            int character = bytes[at++];
            if (character != escape) {
                literal(character);
            } else if (at < to) {
                escaped(bytes[at++]);
            }
        }
        if (isNull(bytes, from, at)) {
            out.truncate(start);
            out.add(NULL, 0, NULL.length);
        } else if (out.equalsFrom(start, NULL)) {
            out.truncate(start);
            out.add('N');
        }
        return at;
    }

    private void escaped(int character) {
        if (escape == '\\' || (character != escape && character != '\\')) {
            out.add('\\');
            out.add(character);
        } else {
            literal(character);
        }
    }

    /** Writes one field of CSV; the offset of the delimiter behind it, or {@code to}. */
    private int csvField(byte[] bytes, int from, int to, int field) {
        int start = out.length();
        boolean quoted = false;
        boolean sawQuote = false;
        int at = from;
        while (at < to && (quoted || bytes[at] != delimiter)) {
            int character = bytes[at++];
            if (!quoted && character == quote) {
                quoted = true;
                sawQuote = true;
            } else if (quoted && character == escape && at < to && (bytes[at] == escape || bytes[at] == quote)) {
                literal(bytes[at++]);
            } else if (quoted && character == quote) {
                quoted = false;
            } else {
                literal(character);
            }
        }
        unterminated = quoted;
        if (!sawQuote && isNull(bytes, from, at) && !(field < notNull.length && notNull[field])) {
            out.truncate(start);
            out.add(NULL, 0, NULL.length);
        }
        return at;
    }

    private boolean isNull(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, nullText, 0, nullText.length);
    }

    private void literal(int character) {
        switch (character) {
            case '\\' -> {
                out.add('\\');
                out.add('\\');
            }
            case '\t' -> {
                out.add('\\');
                out.add('t');
            }
            case '\n' -> {
                out.add('\\');
                out.add('n');
            }
            case '\r' -> {
                out.add('\\');
                out.add('r');
            }
            default -> out.add(character);
        }
    }
}
