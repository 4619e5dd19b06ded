package io.mppconnect.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of an array as the database writes one, those of inner arrays in a row. */
final class ArrayText {

    private final String text;
    private int at;

    private ArrayText(String text) {
        this.text = text;
    }

    /** NULL elements are null. */
    static List<@Nullable String> elements(String text) {
        // Bounds come before an equals sign: [0:2]={1,2,3}.
        ArrayText array = new ArrayText(text.startsWith("[") ? text.substring(text.indexOf('=') + 1) : text);
        List<@Nullable String> elements = new ArrayList<>();
        array.braces(elements);
        if (array.at != array.text.length()) {
            throw new IllegalArgumentException("array");
        }
        return elements;
    }

    private void braces(List<@Nullable String> elements) {
        expect('{');
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            switch (peek()) {
                case '{' -> braces(elements);
                case '"' -> elements.add(quoted());
                default -> elements.add(bare());
            }
            if (peek() == '}') {
                at++;
                return;
            }
            expect(',');
        }
    }

    private String quoted() {
        expect('"');
        StringBuilder element = new StringBuilder();
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            element.append(peek());
            at++;
        }
        at++;
        return element.toString();
    }

    private @Nullable String bare() {
        StringBuilder element = new StringBuilder();
        while (peek() != ',' && peek() != '}') {
            if (peek() == '\\') {
                at++;
            }
            element.append(peek());
            at++;
        }
        String bare = element.toString().strip();
        return bare.equalsIgnoreCase("NULL") ? null : bare;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("array");
        }
        return text.charAt(at);
    }

    private void expect(char character) {
        if (peek() != character) {
            throw new IllegalArgumentException("array");
        }
        at++;
    }
}
