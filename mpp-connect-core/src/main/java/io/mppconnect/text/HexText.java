package io.mppconnect.text;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is written in hex digits: bytea, which has an older form too, and UUIDs. */
public final class HexText {

    private static final int NONE = -1;
    private static final int UUID_LENGTH = 36;
    private static final int UUID_MIDDLE = 18;
    private static final String UUID_FORM = "00000000-0000-0000-0000-000000000000";

    private HexText() {}

    /** At most how many bytes a bytea of that text has. */
    public static int maxLength(byte[] text, int from, int to) {
        return isHexForm(text, from, to) ? (to - from) / 2 - 1 : to - from;
    }

    /** Reads a bytea into {@code target}, and returns how many bytes it has; -1 when the text is none. */
    public static int parseBytea(byte[] text, int from, int to, byte[] target) {
        return isHexForm(text, from, to) ? parseHex(text, from + 2, to, target) : parseEscapes(text, from, to, target);
    }

    /** Reads a UUID as the database writes it; null when the text is none. */
    static @Nullable UUID parseUuid(byte[] text, int from, int to) {
        if (to - from != UUID_LENGTH) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < UUID_LENGTH; i++) {
            if (UUID_FORM.charAt(i) == '-') {
                if (text[from + i] != '-') {
                    return null;
                }
                continue;
            }
            int digit = digit(text[from + i]);
            if (digit < 0) {
                return null;
            }
            if (i < UUID_MIDDLE) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return new UUID(high, low);
    }

    private static boolean isHexForm(byte[] text, int from, int to) {
        return to - from >= 2 && text[from] == '\\' && text[from + 1] == 'x';
    }

    private static int parseHex(byte[] text, int from, int to, byte[] target) {
        if ((to - from) % 2 != 0) {
            return NONE;
        }
        int length = 0;
        for (int i = from; i < to; i += 2) {
            int high = digit(text[i]);
            int low = digit(text[i + 1]);
            if (high < 0 || low < 0) {
                return NONE;
            }
            target[length++] = (byte) (high << 4 | low);
        }
        return length;
    }

    /** A backslash comes twice, or before three octal digits; every other byte is itself. */
    private static int parseEscapes(byte[] text, int from, int to, byte[] target) {
        int length = 0;
        for (int i = from; i < to; i++) {
            if (text[i] != '\\') {
                target[length++] = text[i];
            } else if (i + 1 < to && text[i + 1] == '\\') {
                target[length++] = '\\';
                i++;
            } else if (i + 3 < to && isOctal(text, i + 1)) {
                target[length++] = (byte) ((text[i + 1] & 3) << 6 | (text[i + 2] & 7) << 3 | (text[i + 3] & 7));
                i += 3;
            } else {
                return NONE;
            }
        }
        return length;
    }

    private static boolean isOctal(byte[] text, int at) {
        return text[at] >= '0'
                && text[at] <= '3'
                && text[at + 1] >= '0'
                && text[at + 1] <= '7'
                && text[at + 2] >= '0'
                && text[at + 2] <= '7';
    }

    private static int digit(byte value) {
        return value < 0 ? NONE : Character.digit((char) value, 16);
    }
}
