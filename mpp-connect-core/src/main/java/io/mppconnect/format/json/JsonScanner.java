package io.mppconnect.format.json;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.Utf8;
import io.mppconnect.text.Words;
import org.jspecify.annotations.Nullable;

/**
 * Moves through the bytes of a JSON document (RFC 8259), checking every one. What is wrong is thrown with its place.
 * Nothing is allocated for a good document.
 */
final class JsonScanner {

    /** How deep arrays and objects may nest. */
    static final int DEEPEST = 1000;

    private static final int NONE = -1;
    private static final int BOM = 3;
    private static final int ESCAPED_CHARACTER = 6;
    private static final long QUOTES = Words.spread('"');
    private static final long BACKSLASHES = Words.spread('\\');
    private static final long HIGH_BITS = Words.spread(0x80);

    byte[] bytes = {};
    int position;
    int stringFrom;
    int stringTo;

    /** Whether the last string has escapes. */
    boolean escaped;

    private int start;
    private int limit;
    private int unstorable;
    private int depth;
    private final boolean[] objects = new boolean[DEEPEST];

    void reset(byte[] source, int from, int to) {
        bytes = source;
        boolean marked = to - from >= BOM
                && source[from] == (byte) 0xEF
                && source[from + 1] == (byte) 0xBB
                && source[from + 2] == (byte) 0xBF;
        start = from;
        position = marked ? from + BOM : from;
        limit = to;
        depth = 0;
        unstorable = NONE;
    }

    /** Skips white space and tells the byte after it; -1 at the end. */
    int next() {
        byte[] source = bytes;
        int at = position;
        while (at < limit) {
            byte value = source[at];
            if (value > ' ' || (value != ' ' && value != '\n' && value != '\r' && value != '\t')) {
                position = at;
                return value;
            }
            at++;
        }
        position = at;
        return NONE;
    }

    /** Makes sure that nothing follows the document. */
    void end() throws BadRecordException {
        next();
        if (position < limit) {
            throw noJson("the document has ended");
        }
    }

    void enter() throws BadRecordException {
        if (depth == DEEPEST) {
            throw noJson("it nests deeper than " + DEEPEST + " levels");
        }
        objects[depth++] = bytes[position++] == '{';
    }

    void leave() {
        depth--;
        position++;
    }

    /** Where something is that JSON may say and the database cannot hold, from there on; -1 when there is none. */
    int unstorableFrom(int from) {
        return unstorable >= from ? unstorable : NONE;
    }

    /** Skips a member's name, which {@link #stringFrom} and {@link #stringTo} tell then, and the colon. */
    void name(int next) throws BadRecordException {
        if (next != '"') {
            throw noJson("a name in quotes must follow");
        }
        string();
        if (next() != ':') {
            throw noJson("a colon must follow");
        }
        position++;
    }

    /** Skips a member's name and the colon, if they are these; false when nothing was. {@link #stringFrom} stays as it is. */
    boolean skips(@Nullable JsonKey key) {
        if (key == null || !key.isAt(bytes, position, limit)) {
            return false;
        }
        position += key.length();
        return true;
    }

    BadRecordException expected(boolean object) {
        return noJson(object ? "a comma or } must follow" : "a comma or ] must follow");
    }

    /** Skips a value; of a string {@link #stringFrom} and {@link #stringTo} tell the characters then. */
    void skipValue() throws BadRecordException {
        int first = next();
        if (first != '{' && first != '[') {
            scalar(first);
            return;
        }
        int outer = depth;
        enter();
        boolean fresh = true;
        while (depth > outer) {
            boolean object = objects[depth - 1];
            int next = next();
            if (next == (object ? '}' : ']')) {
                leave();
                fresh = false;
                continue;
            }
            if (!fresh) {
                if (next != ',') {
                    throw expected(object);
                }
                position++;
                next = next();
            }
            if (object) {
                name(next);
                next = next();
            }
            fresh = next == '{' || next == '[';
            if (fresh) {
                enter();
            } else {
                scalar(next);
            }
        }
    }

    private void scalar(int first) throws BadRecordException {
        switch (first) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw noJson("a value must follow");
        }
    }

    private void word(String word) throws BadRecordException {
        if (limit - position < word.length()) {
            throw noJson("a value must follow");
        }
        for (int i = 1; i < word.length(); i++) {
            if (bytes[position + i] != word.charAt(i)) {
                throw noJson("a value must follow");
            }
        }
        position += word.length();
    }

    private void number() throws BadRecordException {
        if (bytes[position] == '-') {
            position++;
        }
        int first = position;
        digits();
        if (bytes[first] == '0' && position > first + 1) {
            position = first;
            throw noJson("a number must not begin with 0");
        }
        if (position < limit && bytes[position] == '.') {
            position++;
            digits();
        }
        if (position < limit && (bytes[position] | 0x20) == 'e') {
            position++;
            if (position < limit && (bytes[position] == '+' || bytes[position] == '-')) {
                position++;
            }
            digits();
        }
    }

    private void digits() throws BadRecordException {
        int at = position;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == position) {
            throw noJson("a digit must follow");
        }
        position = at;
    }

    private void string() throws BadRecordException {
        byte[] source = bytes;
        int at = position + 1;
        stringFrom = at;
        escaped = false;
        while (true) {
            long word = Words.load(source, at, limit);
            // Behind the end there are zeros, which match.
            long match = Words.equal(word, QUOTES)
                    | Words.equal(word, BACKSLASHES)
                    | Words.below(word, ' ')
                    | (word & HIGH_BITS);
            if (match == 0) {
                at += Words.BYTES;
                continue;
            }
            at += Words.index(match);
            if (at >= limit) {
                position = at;
                throw noJson("the text is not closed");
            }
            byte value = source[at];
            if (value == '"') {
                stringTo = at;
                position = at + 1;
                return;
            }
            at = value == '\\' ? escape(at) : beyondAscii(at);
        }
    }

    private int beyondAscii(int from) throws BadRecordException {
        int at = from;
        while (at < limit && bytes[at] < 0) {
            int next = Utf8.after(bytes, at, limit);
            if (next < 0) {
                throw bad("malformed UTF-8", at);
            }
            at = next;
        }
        if (at == from) {
            position = at;
            throw noJson("a control character must be escaped");
        }
        return at;
    }

    private int escape(int at) throws BadRecordException {
        escaped = true;
        int letter = at + 1 < limit ? bytes[at + 1] : NONE;
        switch (letter) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 2;
            }
            case 'u' -> {
                return escapedCharacter(at);
            }
            default -> {
                position = at;
                throw noJson("there is no such escape");
            }
        }
    }

    private int escapedCharacter(int at) throws BadRecordException {
        int unit = unit(at);
        if (unit == 0 || Character.isLowSurrogate((char) unit)) {
            unstorable = at;
        } else if (Character.isHighSurrogate((char) unit)) {
            int next = at + ESCAPED_CHARACTER;
            boolean another = next + 1 < limit && bytes[next] == '\\' && bytes[next + 1] == 'u';
            if (another && Character.isLowSurrogate((char) unit(next))) {
                return next + ESCAPED_CHARACTER;
            }
            unstorable = at;
        }
        return at + ESCAPED_CHARACTER;
    }

    private int unit(int at) throws BadRecordException {
        int unit = at + ESCAPED_CHARACTER <= limit ? hex(bytes, at + 2) : NONE;
        if (unit < 0) {
            position = at;
            throw noJson("four hexadecimal digits must follow \\u");
        }
        return unit;
    }

    /** The number that four hexadecimal digits are; negative when they are none. */
    static int hex(byte[] bytes, int at) {
        return Character.digit(bytes[at], 16) << 12
                | Character.digit(bytes[at + 1], 16) << 8
                | Character.digit(bytes[at + 2], 16) << 4
                | Character.digit(bytes[at + 3], 16);
    }

    /** What is unstorable there, which is an escape. */
    BadRecordException unstorable(int at) {
        return hex(bytes, at + 2) == 0
                ? bad("a NUL character, which the database cannot hold,", at)
                : bad("half a surrogate pair, which is no character,", at);
    }

    private BadRecordException noJson(String reason) {
        String place = position < limit ? " at byte " + (position - start) : " at its end";
        return new BadRecordException("no JSON" + place + " in " + path(position) + ": " + reason);
    }

    private BadRecordException bad(String what, int at) {
        return new BadRecordException(what + " at byte " + (at - start) + " in " + path(at));
    }

    private String path(int at) {
        return JsonPlace.of(bytes, start, at);
    }
}
