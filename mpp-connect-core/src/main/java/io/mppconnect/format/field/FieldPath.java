package io.mppconnect.format.field;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a record a value lies: {@code $} for the record itself, then names and places in arrays, as in
 * {@code $.order.lines[0].price}, {@code order.lines[0].price} or {@code $['a name'].b}.
 *
 * @param steps from the record inwards: a String names a member, an Integer counts elements from 0
 */
public record FieldPath(List<Object> steps) {

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /** The path of the member that is called so, whatever characters its name has. */
    public static FieldPath ofName(String name) {
        return new FieldPath(List.of(name));
    }

    /** The path of a member of what is at this one. */
    public FieldPath member(String name) {
        List<Object> longer = new ArrayList<>(steps);
        longer.add(name);
        return new FieldPath(longer);
    }

    /**
     * The path that a text tells.
     *
     * @throws MppConnectException when it is none
     */
    public static FieldPath parse(String text) {
        return new FieldPath(new Parser(text).steps());
    }

    private static final class Parser {

        private final String text;
        private final List<Object> steps = new ArrayList<>();
        private int next;

        Parser(String text) {
            this.text = text;
        }

        List<Object> steps() {
            if (text.startsWith("$")) {
                next = 1;
            } else if (!text.startsWith("[")) {
                name();
            }
            while (next < text.length()) {
                char character = text.charAt(next++);
                if (character == '.') {
                    name();
                } else if (character == '[') {
                    bracket();
                } else {
                    throw invalid("a dot or [ must follow at character " + next);
                }
            }
            return steps;
        }

        private void name() {
            int from = next;
            while (next < text.length() && text.charAt(next) != '.' && text.charAt(next) != '[') {
                next++;
            }
            if (next == from) {
                throw invalid("a name is missing at character " + (from + 1));
            }
            steps.add(text.substring(from, next));
        }

        private void bracket() {
            int end = text.indexOf(']', next);
            char first = next < text.length() ? text.charAt(next) : ']';
            if (first == '\'' || first == '"') {
                end = text.indexOf(first + "]", next + 1);
                if (end >= 0) {
                    steps.add(text.substring(next + 1, end++));
                }
            } else if (end >= 0) {
                steps.add(index(text.substring(next, end)));
            }
            if (end < 0) {
                throw invalid("the bracket at character " + next + " is not closed");
            }
            next = end + 1;
        }

        private Integer index(String digits) {
            if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw invalid("between brackets stands a number from 0 or a name in quotes");
            }
            return Integer.valueOf(digits);
        }

        private MppConnectException invalid(String reason) {
            return new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid path " + text + ": " + reason);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (Object step : steps) {
            if (step instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else if (step.toString().isEmpty() || step.toString().matches(".*[.\\['\"\\]].*")) {
                text.append("['").append(step).append("']");
            } else {
                text.append('.').append(step);
            }
        }
        return text.toString();
    }
}
