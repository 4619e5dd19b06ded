package io.mppconnect.text;

/** Resolves the escapes of a field in place, as the database does. Every method returns where the value ends then. */
final class Escapes {

    private static final int NO_DIGIT = -1;

    private Escapes() {}

    /** Resolves the escapes of TEXT: letters, octal and hexadecimal numbers; any other character stands for itself. */
    static int resolveText(byte[] bytes, int start, int stop, byte escape) {
        int write = start;
        int read = start;
        while (read < stop) {
            byte value = bytes[read++];
            if (value != escape) {
                bytes[write++] = value;
            } else if (read < stop) {
                value = bytes[read++];
                int number = digit(value, 8);
                if (number >= 0) {
                    for (int digits = 1; digits < 3 && read < stop && digit(bytes[read], 8) >= 0; digits++) {
                        number = number * 8 + digit(bytes[read++], 8);
                    }
                    value = (byte) number;
                } else if (value == 'x' && read < stop && digit(bytes[read], 16) >= 0) {
                    number = digit(bytes[read++], 16);
                    if (read < stop && digit(bytes[read], 16) >= 0) {
                        number = number * 16 + digit(bytes[read++], 16);
                    }
                    value = (byte) number;
                } else {
                    value = letter(value);
                }
                bytes[write++] = value;
            }
        }
        return write;
    }

    /** The index of the last byte that belongs to the escape at {@code at}. */
    static int last(byte[] bytes, int at, int limit) {
        int first = at + 1;
        if (first >= limit) {
            return first;
        }
        if (digit(bytes[first], 8) >= 0) {
            return afterDigits(bytes, first, Math.min(limit, first + 3), 8) - 1;
        }
        return bytes[first] == 'x' ? afterDigits(bytes, first + 1, Math.min(limit, first + 3), 16) - 1 : first;
    }

    private static int afterDigits(byte[] bytes, int from, int to, int radix) {
        int next = from;
        while (next < to && digit(bytes[next], radix) >= 0) {
            next++;
        }
        return next;
    }

    /** Resolves quotes, which may open and close anywhere in the field, and escapes between them. */
    static int resolveCsv(byte[] bytes, int start, int stop, byte quote, byte escape) {
        int write = start;
        int read = start;
        boolean inside = false;
        while (read < stop) {
            byte value = bytes[read++];
            if (inside && value == escape && read < stop && (bytes[read] == quote || bytes[read] == escape)) {
                bytes[write++] = bytes[read++];
            } else if (value == quote) {
                inside = !inside;
            } else {
                bytes[write++] = value;
            }
        }
        return write;
    }

    /** What a letter after the escape character stands for; any other byte stands for itself. */
    static byte letter(byte value) {
        return switch (value) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 0x0B;
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> value;
        };
    }

    private static int digit(byte value, int radix) {
        return value < 0 ? NO_DIGIT : Character.digit((char) value, radix);
    }
}
