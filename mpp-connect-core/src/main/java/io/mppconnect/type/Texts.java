package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.nio.CharBuffer;
import java.util.Set;

/** Characters on their way into text, {@code varchar(n)}, {@code char(n)} and enum columns. */
record Texts(ColumnType type) {

    /**
     * Writes the characters as they are. Blanks beyond the declared length are not refused: the database cuts them
     * off, as SQL wants.
     */
    void write(RowWriter row, CharSequence value) throws InterruptedException {
        int length = type.length();
        if (length >= 0 && value.length() > length && tooLong(value, length)) {
            throw new InvalidValueException("the value is longer than the " + length + " characters of " + type);
        }
        row.writeText(value);
    }

    void write(RowWriter row, char[] value) throws InterruptedException {
        write(row, CharBuffer.wrap(value));
    }

    /** The writing of enum constants into columns of an SQL enum: by name, one of its labels. */
    static Conversion.Writing<Enum<?>> labels(ColumnType type) {
        Set<String> labels = Set.copyOf(type.labels());
        return (row, value) -> {
            if (!labels.isEmpty() && !labels.contains(value.name())) {
                throw new InvalidValueException("the value is none of the labels of " + type);
            }
            row.writeText(value.name());
        };
    }

    private static boolean tooLong(CharSequence value, int length) {
        int characters = Character.codePointCount(value, 0, value.length());
        int index = value.length() - 1;
        while (characters > length && value.charAt(index) == ' ') {
            characters--;
            index--;
        }
        return characters > length;
    }
}
