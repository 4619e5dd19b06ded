package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.type.ColumnType;

/** How elements stand in the array literals that the database reads. */
public final class ArrayLiterals {

    private ArrayLiterals() {}

    /** What stands between elements: a comma, but for boxes. */
    public static char delimiter(ColumnType type) {
        return type.element().filter(element -> element.sql().equals("box")).isPresent() ? ';' : ',';
    }

    /** Adds text between double quotes. */
    public static void addQuoted(byte[] text, int from, int to, Scratch literal) throws BadRecordException {
        literal.add('"');
        for (int i = from; i < to; i++) {
            if (text[i] == '"' || text[i] == '\\') {
                literal.add('\\');
            }
            literal.add(text[i]);
        }
        literal.add('"');
    }
}
