package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays and collections, nested too, as array literals such as <code>{1,NULL,3}</code>. Used by one thread. */
final class ArrayLiteral {

    /** As deep as the database lets arrays nest. */
    private static final int DEEPEST = 6;

    private static final String NULL = "NULL";

    private final boolean rowsAreElements;
    private final char delimiter;
    private final ValueWriter elements;
    private final TextForm form = new TextForm();

    private ArrayLiteral(boolean rowsAreElements, char delimiter, ValueWriter elements) {
        this.rowsAreElements = rowsAreElements;
        this.delimiter = delimiter;
        this.elements = elements;
    }

    static ArrayLiteral of(ColumnType type) {
        ValueWriter elements = type.element().map(ValueWriter::of).orElseGet(ValueWriter::untyped);
        boolean rows = type.element()
                .filter(element -> element.kind() == TypeKind.COMPOSITE)
                .isPresent();
        return new ArrayLiteral(rows, delimiter(type), elements);
    }

    /** What stands between elements: a comma, but for boxes. */
    static char delimiter(ColumnType type) {
        return type.element().filter(element -> element.sql().equals("box")).isPresent() ? ';' : ',';
    }

    /** @param array a collection or an array */
    void write(RowWriter row, Object array) throws InterruptedException {
        StringBuilder literal = new StringBuilder();
        Shape shape = new Shape();
        append(literal, array, 0, shape);
        row.writeText(shape.elements == 0 ? "{}" : literal);
    }

    private void append(StringBuilder literal, Object array, int depth, Shape shape) throws InterruptedException {
        List<@Nullable Object> values = listed(array);
        shape.level(depth, values.size());
        literal.append('{');
        boolean first = true;
        for (@Nullable Object value : values) {
            if (!first) {
                literal.append(delimiter);
            }
            first = false;
            if (value != null && nested(value)) {
                append(literal, value, depth + 1, shape);
            } else {
                shape.element(depth);
                appendElement(literal, value);
            }
        }
        literal.append('}');
    }

    private void appendElement(StringBuilder literal, @Nullable Object value) throws InterruptedException {
        elements.write(form, value);
        String text = form.text();
        if (text == null) {
            literal.append(NULL);
        } else if (plain(text)) {
            literal.append(text);
        } else {
            quote(literal, text, '\\');
        }
    }

    /** Puts the text between double quotes, with {@code escape} before each quote and backslash in it. */
    static void quote(StringBuilder literal, String text, char escape) {
        literal.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\') {
                literal.append('\\');
            } else if (character == '"') {
                literal.append(escape);
            }
            literal.append(character);
        }
        literal.append('"');
    }

    private boolean plain(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase(NULL)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character > '~' || character == delimiter || "{}\"\\,".indexOf(character) >= 0) {
                return false;
            }
        }
        return true;
    }

    private boolean nested(Object value) {
        if (value instanceof Collection) {
            return true;
        }
        boolean oneValue =
                value instanceof byte[] || value instanceof char[] || (value instanceof Object[] && rowsAreElements);
        return value.getClass().isArray() && !oneValue;
    }

    private static List<@Nullable Object> listed(Object array) {
        if (array instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        if (array instanceof Object[] objects) {
            return Arrays.asList(objects);
        }
        int length = Array.getLength(array);
        List<@Nullable Object> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(Array.get(array, i));
        }
        return values;
    }

    /** What the database asks of nested arrays: elements all at one depth, and siblings of one length. */
    private static final class Shape {

        private final int[] sizes = new int[DEEPEST];
        private int depth = -1;
        private int elementDepth = -1;
        private int elements;

        private Shape() {
            Arrays.fill(sizes, -1);
        }

        private void level(int level, int size) {
            if (level >= DEEPEST) {
                throw new InvalidValueException("the array is nested deeper than " + DEEPEST + " levels");
            }
            depth = Math.max(depth, level);
            if ((sizes[level] >= 0 && sizes[level] != size) || (elementDepth >= 0 && level > elementDepth)) {
                throw uneven();
            }
            sizes[level] = size;
        }

        private void element(int level) {
            if ((elementDepth >= 0 && level != elementDepth) || level < depth) {
                throw uneven();
            }
            elementDepth = level;
            elements++;
        }

        private static InvalidValueException uneven() {
            return new InvalidValueException("the nested arrays are not all of one length and depth");
        }
    }
}
