package io.mppconnect.test.segment;

import java.nio.charset.StandardCharsets;

/** Says rows of PostgreSQL's TEXT, with tabs and backslashes, in TEXT with another delimiter and escape. */
public final class RowEncoder {

    private final String delimiter;
    private final String escape;
    private final byte[] nullText;

    public RowEncoder(RowFormat format) {
        this.delimiter = format.delimiter();
        this.escape = format.escape();
        this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
    }

    /** The row in the format. Both have their line ends. */
    public byte[] encode(byte[] row) {
        Bytes out = new Bytes(row.length + 16);
        int at = 0;
        while (at < row.length) {
            int character = row[at++];
            if (character == '\t') {
                out.add(delimiter.charAt(0));
            } else if (character == '\n') {
                out.add('\n');
            } else if (character != '\\') {
                value(out, character, character);
            } else if (row[at] == 'N') {
                out.add(nullText, 0, nullText.length);
                at++;
            } else {
                int letter = row[at++];
                value(out, unescaped(letter), letter);
            }
        }
        return out.toArray();
    }

    private void value(Bytes out, int character, int letter) {
        boolean special = letter != character
                || (!escape.isEmpty() && character == escape.charAt(0))
                || (!delimiter.isEmpty() && character == delimiter.charAt(0));
        if (special && !escape.isEmpty()) {
            out.add(escape.charAt(0));
            out.add(letter);
        } else {
            out.add(character);
        }
    }

    private static int unescaped(int letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> letter;
        };
    }
}
