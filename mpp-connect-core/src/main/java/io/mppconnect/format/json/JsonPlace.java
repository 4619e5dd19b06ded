package io.mppconnect.format.json;

import io.mppconnect.format.field.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Tells the path to a place in a JSON document; for messages, so that it may take its time. */
final class JsonPlace {

    private static final int LONGEST = 200;

    /** In an object before its next name is known. */
    private static final Object NO_NAME = new Object();

    private JsonPlace() {}

    /** The path to a byte; what is before it must be the beginning of a document. */
    static String of(byte[] bytes, int from, int at) {
        Deque<Object> steps = new ArrayDeque<>();
        for (int next = from; next < at; next++) {
            switch (bytes[next]) {
                case '{' -> steps.addLast(NO_NAME);
                case '[' -> steps.addLast(0);
                case '}', ']' -> steps.removeLast();
                case ',' -> steps.addLast(steps.removeLast() instanceof Integer index ? index + 1 : NO_NAME);
                case '"' -> {
                    int end = end(bytes, next + 1, at);
                    if (end < at && steps.peekLast() == NO_NAME) {
                        steps.removeLast();
                        steps.addLast(new String(bytes, next + 1, end - next - 1, StandardCharsets.UTF_8));
                    }
                    next = end;
                }
                default -> {}
            }
        }
        List<Object> path = new ArrayList<>(steps);
        if (steps.peekLast() == NO_NAME) {
            path.remove(path.size() - 1);
        }
        String text = new FieldPath(path).toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static int end(byte[] bytes, int from, int limit) {
        int next = from;
        while (next < limit && bytes[next] != '"') {
            next += bytes[next] == '\\' ? 2 : 1;
        }
        return Math.min(next, limit);
    }
}
