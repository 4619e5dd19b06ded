package io.mppconnect.format.json;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.Scratch;

/** Resolves the escapes of JSON strings that were found to be good. */
final class JsonText {

    private JsonText() {}

    /** Adds the characters of a string, which stand between its quotes, as plain UTF-8. */
    static void unescape(byte[] bytes, int from, int to, Scratch scratch) throws BadRecordException {
        int copied = from;
        for (int at = from; at < to; ) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            scratch.add(bytes, copied, at);
            int letter = bytes[at + 1];
            at += 2;
            if (letter == 'u') {
                char unit = (char) JsonScanner.hex(bytes, at);
                at += 4;
                if (Character.isHighSurrogate(unit)) {
                    char low = (char) JsonScanner.hex(bytes, at + 2);
                    at += 6;
                    scratch.addCodePoint(Character.toCodePoint(unit, low));
                } else {
                    scratch.addCodePoint(unit);
                }
            } else {
                scratch.add(character(letter));
            }
            copied = at;
        }
        scratch.add(bytes, copied, to);
    }

    private static int character(int letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
