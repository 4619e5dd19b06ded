package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a composite type's attributes, in order, as a row literal such as {@code (1,,"a b")}. */
final class RowLiteral {

    private final ValueWriter attributes = ValueWriter.untyped();
    private final TextForm form = new TextForm();

    void write(RowWriter row, @Nullable Object[] values) throws InterruptedException {
        StringBuilder literal = new StringBuilder("(");
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                literal.append(',');
            }
            append(literal, values[i]);
        }
        row.writeText(literal.append(')'));
    }

    private void append(StringBuilder literal, @Nullable Object value) throws InterruptedException {
        if (value instanceof Object[] || value instanceof Collection || value instanceof Map) {
            throw new InvalidValueException("rows and arrays within a row are not converted; give the row's text form");
        }
        attributes.write(form, value);
        String text = form.text();
        if (text == null) {
            return;
        }
        if (plain(text)) {
            literal.append(text);
        } else {
            ArrayLiteral.quote(literal, text, '"');
        }
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character > '~' || "(),\"\\".indexOf(character) >= 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
