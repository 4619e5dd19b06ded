package io.mppconnect.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one array literal into nested lists of element texts. */
final class ArrayText {

    private final String text;
    private final char delimiter;
    private final Reading.Parse<?> element;
    private int position;

    private ArrayText(String text, char delimiter, Reading.Parse<?> element) {
        this.text = text;
        this.delimiter = delimiter;
        this.element = element;
    }

    /**
     * The elements, in lists of lists for an array of more dimensions; NULL elements are null.
     *
     * @param element makes an element of its text
     * @throws InvalidValueException when the text is no array literal
     */
    static List<@Nullable Object> parse(String text, char delimiter, Reading.Parse<?> element) {
        ArrayText literal = new ArrayText(text, delimiter, element);
        literal.skipBounds();
        List<@Nullable Object> elements = literal.level();
        if (literal.position != text.length()) {
            throw malformed();
        }
        return elements;
    }

    /** Arrays that do not start at 1 say so first: {@code [0:1]=}. */
    private void skipBounds() {
        if (text.startsWith("[")) {
            position = text.indexOf('=') + 1;
        }
    }

    private List<@Nullable Object> level() {
        expect('{');
        List<@Nullable Object> elements = new ArrayList<>();
        if (peek() == '}') {
            position++;
            return Collections.unmodifiableList(elements);
        }
        while (true) {
            elements.add(value());
            if (peek() == delimiter) {
                position++;
            } else {
                expect('}');
                return Collections.unmodifiableList(elements);
            }
        }
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> level();
            case '"' -> element.parse(quoted());
            default -> unquoted();
        };
    }

    private String quoted() {
        position++;
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            if (peek() == '\\') {
                position++;
            }
            value.append(peek());
            position++;
        }
        position++;
        return value.toString();
    }

    private @Nullable Object unquoted() {
        int from = position;
        while (peek() != delimiter && peek() != '}') {
            position++;
        }
        String value = text.substring(from, position);
        return value.equals("NULL") ? null : element.parse(value);
    }

    private char peek() {
        if (position >= text.length()) {
            throw malformed();
        }
        return text.charAt(position);
    }

    private void expect(char character) {
        if (peek() != character) {
            throw malformed();
        }
        position++;
    }

    private static InvalidValueException malformed() {
        return new InvalidValueException("the value is no array literal");
    }
}
