package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.BlockWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes TEXT: what would be taken for something else gets the escape character in front. */
final class TextRowEncoder extends RowEncoder {

    private static final byte OCTAL = -1;
    private static final byte NUL = -2;
    private static final byte IMPOSSIBLE = -3;
    private static final byte BACKSLASH = -4;
    private static final byte DOT = -5;

    private static final int NO_ESCAPE = -1;
    private static final int NONE = -1;

    /** How long an escape with an octal or hexadecimal number is. */
    private static final int ESCAPED_BY_NUMBER = 4;

    private final byte[] actions;
    private final int escape;

    /** How long the value was after its last backslash without a partner; only where nothing can be escaped. */
    private int loneBackslash;

    TextRowEncoder(RowFormat format, List<String> fieldNames, BlockWriter blocks) {
        super(format, fieldNames, blocks, actions(format), bytea(format));
        this.actions = actions(format);
        this.escape = format.escape().orElse(NO_ESCAPE);
        refuseOpenNullString(format);
    }

    private static void refuseOpenNullString(RowFormat format) {
        byte[] text = format.nullString().getBytes(StandardCharsets.UTF_8);
        int escape = format.escape().orElse(NO_ESCAPE);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == escape) {
                i = Escapes.last(text, i, text.length);
                if (i == text.length) {
                    throw new MppConnectException(
                            ErrorCode.INVALID_OPTION,
                            "Invalid TEXT format: the NULL string must not end with the escape character, which would"
                                    + " escape the delimiter after it");
                }
            }
        }
    }

    private static byte[] actions(RowFormat format) {
        byte[] actions = new byte[256];
        actions[0] = NUL;
        if (format.escape().isEmpty()) {
            actions[format.delimiter()] = IMPOSSIBLE;
            actions['\n'] = IMPOSSIBLE;
            actions['\r'] = IMPOSSIBLE;
            actions['\\'] = BACKSLASH;
            actions['.'] = DOT;
            return actions;
        }
        actions['\b'] = 'b';
        actions['\t'] = 't';
        actions['\n'] = 'n';
        actions[0x0B] = 'v';
        actions['\f'] = 'f';
        actions['\r'] = 'r';
        if (actions[format.delimiter()] == 0) {
            actions[format.delimiter()] = (byte) format.delimiter();
        }
        // Segments look for the end mark \. before they look for escapes, whatever the escape character is. With
        // another one no backslash is written at all.
        actions['\\'] = OCTAL;
        int escape = format.escape().getAsInt();
        actions[escape] = "01234567xbfnrtv".indexOf(escape) >= 0 ? OCTAL : (byte) escape;
        return actions;
    }

    private static byte[] bytea(RowFormat format) {
        int escape = format.escape().orElse(NO_ESCAPE);
        String backslash = escape == NO_ESCAPE ? "\\" : escape == '\\' ? "\\\\" : (char) escape + "134";
        return (backslash + "x").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    void startValue() {
        loneBackslash = NONE;
    }

    @Override
    int encodedLength(byte[] utf8, int from, int to) {
        int length = to - from;
        for (int i = from; i < to; i++) {
            byte action = actions[utf8[i] & 0xFF];
            length += action == 0 ? 0 : action == OCTAL ? 3 : 1;
        }
        return length;
    }

    @Override
    void appendPiece(byte[] utf8, int from, int to) {
        byte[] bytes = out.bytes;
        int position = out.position;
        int next = from;
        while (next < to) {
            int copied = ordinary.copy(utf8, next, to, bytes, position);
            next += copied;
            position += copied;
            if (next < to) {
                byte value = utf8[next++];
                byte action = actions[value & 0xFF];
                if (action == 0) {
                    bytes[position++] = value;
                } else {
                    position = escape(value, action, bytes, position);
                }
            }
        }
        out.position = position;
    }

    private int escape(byte value, byte action, byte[] bytes, int position) {
        switch (action) {
            case NUL -> throw refused("it contains a NUL character, which the database cannot hold in text");
            case IMPOSSIBLE ->
                throw refused("it contains the delimiter or a line end, which TEXT without an escape character cannot"
                        + " hold");
            case DOT -> {
                if (length(position) == loneBackslash) {
                    throw refused("it contains a backslash and a dot, which TEXT without an escape character takes for"
                            + " the end of all rows");
                }
                bytes[position] = value;
                return position + 1;
            }
            case BACKSLASH -> {
                loneBackslash = length(position) == loneBackslash ? NONE : length(position) + 1;
                bytes[position] = value;
                return position + 1;
            }
            case OCTAL -> {
                return octal(value, bytes, position);
            }
            default -> {
                bytes[position] = (byte) escape;
                bytes[position + 1] = action;
                return position + 2;
            }
        }
    }

    private int length(int position) {
        return position - out.valueStart();
    }

    @Override
    void endValue() throws InterruptedException {
        if (readsAsNull()) {
            disguise();
        }
    }

    /** Writes the first character in another way: what reads as NULL is compared before escapes are resolved. */
    private void disguise() throws InterruptedException {
        if (out.position == out.valueStart()) {
            throw refused("it is empty, which this format reads as NULL; choose a NULL string that is not empty");
        }
        if (escape == NO_ESCAPE) {
            throw refused("it is the format's NULL string; choose another one, or an escape character");
        }
        out.reserve(ESCAPED_BY_NUMBER);
        int start = out.valueStart();
        byte first = out.bytes[start];
        byte second = out.position - start > 1 ? out.bytes[start + 1] : 0;
        if (first < 0) {
            replaceStart(0, 1);
            out.bytes[start] = (byte) escape;
        } else if (first != escape) {
            replaceStart(1, ESCAPED_BY_NUMBER);
            octal(first, out.bytes, start);
        } else if (second >= '0' && second <= '7') {
            hex(octal(out.bytes, start), out.bytes, start);
        } else {
            replaceStart(2, ESCAPED_BY_NUMBER);
            octal(Escapes.letter(second), out.bytes, start);
        }
    }

    /** Makes room for other bytes in place of the value's first ones. */
    private void replaceStart(int old, int replacement) {
        int rest = out.valueStart() + old;
        System.arraycopy(out.bytes, rest, out.bytes, rest - old + replacement, out.position - rest);
        out.position += replacement - old;
    }

    private int octal(byte value, byte[] bytes, int position) {
        bytes[position] = (byte) escape;
        bytes[position + 1] = (byte) ('0' + (value >> 6));
        bytes[position + 2] = (byte) ('0' + (value >> 3 & 7));
        bytes[position + 3] = (byte) ('0' + (value & 7));
        return position + ESCAPED_BY_NUMBER;
    }

    private static int octal(byte[] bytes, int position) {
        return (bytes[position + 1] & 7) << 6 | (bytes[position + 2] & 7) << 3 | (bytes[position + 3] & 7);
    }

    private void hex(int value, byte[] bytes, int position) {
        bytes[position] = (byte) escape;
        bytes[position + 1] = 'x';
        bytes[position + 2] = (byte) Character.forDigit(value >> 4, 16);
        bytes[position + 3] = (byte) Character.forDigit(value & 15, 16);
    }
}
