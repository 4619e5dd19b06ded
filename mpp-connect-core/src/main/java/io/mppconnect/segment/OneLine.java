package io.mppconnect.segment;

import java.nio.charset.StandardCharsets;

/** Makes any text fit where the protocol has room for one short line only. */
final class OneLine {

    private static final int REASON_CHARACTERS = 200;

    private OneLine() {}

    /** For an HTTP status line: printable ASCII, at most 200 characters. */
    static String reason(String text) {
        int length = Math.min(text.length(), REASON_CHARACTERS);
        StringBuilder line = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character)) {
                line.append(' ');
            } else {
                line.append(character < 127 ? character : '?');
            }
        }
        return line.toString().strip();
    }

    /** For a frame: UTF-8 without control characters, at most that many bytes, cut between characters. */
    static byte[] utf8(String text, int maxBytes) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxBytes));
        int bytes = 0;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int point = text.codePointAt(i);
            next = i + Character.charCount(point);
            if (Character.isISOControl(point)) {
                point = ' ';
            } else if (Character.getType(point) == Character.SURROGATE) {
                point = '?';
            }
            bytes += utf8Length(point);
            if (bytes > maxBytes) {
                break;
            }
            line.appendCodePoint(point);
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int utf8Length(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
