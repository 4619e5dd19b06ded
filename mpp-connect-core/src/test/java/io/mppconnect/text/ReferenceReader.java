package io.mppconnect.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads rows byte by byte, as plainly as the database's manual says it: what the fast code is held against. */
final class ReferenceReader {

    private ReferenceReader() {}

    /** Where rows end: the indexes just after every one's terminator. */
    static List<Integer> rowEnds(byte[] bytes, RowFormat format) {
        List<Integer> ends = new ArrayList<>();
        String newline = format.newline().characters();
        boolean inside = false;
        for (int i = 0; i < bytes.length; i++) {
            if (inside) {
                boolean escape = bytes[i] == format.escape().getAsInt()
                        && format.escape().getAsInt() != format.quote();
                if (escape && i + 1 < bytes.length) {
                    i++;
                } else if (bytes[i] == format.quote()) {
                    inside = false;
                }
            } else if (format.isCsv() && bytes[i] == format.quote()) {
                inside = true;
            } else if (startsWith(bytes, i, newline)) {
                i += newline.length() - 1;
                ends.add(i + 1);
            }
        }
        return ends;
    }

    /** The rows' fields; null for NULL. The last row needs a terminator, too. */
    static List<List<String>> rows(byte[] bytes, RowFormat format) {
        List<List<String>> rows = new ArrayList<>();
        int start = 0;
        for (int end : rowEnds(bytes, format)) {
            byte[] row = Arrays.copyOfRange(
                    bytes, start, end - format.newline().characters().length());
            if (!format.isCsv() && hasEndMark(row)) {
                throw new AssertionError("the database would take this for the end of all rows");
            }
            if (format.isCsv() && new String(row, StandardCharsets.UTF_8).equals("\\.")) {
                throw new AssertionError("the database would take this for the end of all rows");
            }
            rows.add(format.isCsv() ? csvFields(row, format) : textFields(row, format));
            start = end;
        }
        return rows;
    }

    /** Whatever the escape character is, a backslash and a dot that no backslash precedes end the rows. */
    private static boolean hasEndMark(byte[] row) {
        for (int i = 0; i + 1 < row.length; i++) {
            if (row[i] == '\\') {
                if (row[i + 1] == '.') {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static List<String> textFields(byte[] row, RowFormat format) {
        List<String> fields = new ArrayList<>();
        int escape = format.escape().orElse(-1);
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int start = 0;
        int i = 0;
        while (true) {
            if (i >= row.length || row[i] == format.delimiter()) {
                int end = Math.min(i, row.length);
                String raw = new String(row, start, end - start, StandardCharsets.UTF_8);
                fields.add(raw.equals(format.nullString()) ? null : value.toString(StandardCharsets.UTF_8));
                if (i >= row.length) {
                    return fields;
                }
                value.reset();
                start = ++i;
            } else if (row[i] != escape) {
                value.write(row[i++]);
            } else if (i + 1 == row.length) {
                i++;
            } else {
                i = takeEscape(row, i + 1, value);
            }
        }
    }

    private static int takeEscape(byte[] row, int at, ByteArrayOutputStream value) {
        char letter = (char) (row[at] & 0xFF);
        int control = "btnvfr".indexOf(letter);
        if (control >= 0) {
            value.write("\b\t\n\u000B\f\r".charAt(control));
            return at + 1;
        }
        int digits = count(row, at, "01234567", 3);
        if (digits > 0) {
            value.write(Integer.parseInt(ascii(row, at, digits), 8));
            return at + digits;
        }
        int hex = count(row, at + 1, "0123456789abcdefABCDEF", 2);
        if (letter == 'x' && hex > 0) {
            value.write(Integer.parseInt(ascii(row, at + 1, hex), 16));
            return at + 1 + hex;
        }
        value.write(letter);
        return at + 1;
    }

    private static int count(byte[] row, int at, String digits, int max) {
        int count = 0;
        while (count < max && at + count < row.length && digits.indexOf(row[at + count]) >= 0) {
            count++;
        }
        return count;
    }

    private static String ascii(byte[] row, int at, int length) {
        return new String(row, at, length, StandardCharsets.US_ASCII);
    }

    private static List<String> csvFields(byte[] row, RowFormat format) {
        List<String> fields = new ArrayList<>();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        boolean quoted = false;
        boolean inside = false;
        for (int i = 0; i <= row.length; i++) {
            boolean more = i + 1 < row.length;
            if (i == row.length || (!inside && row[i] == format.delimiter())) {
                String text = value.toString(StandardCharsets.UTF_8);
                fields.add(!quoted && text.equals(format.nullString()) ? null : text);
                value.reset();
                quoted = false;
            } else if (inside
                    && row[i] == format.escape().getAsInt()
                    && more
                    && (row[i + 1] == format.escape().getAsInt() || row[i + 1] == format.quote())) {
                value.write(row[++i]);
            } else if (row[i] == format.quote()) {
                inside = !inside;
                quoted = true;
            } else {
                value.write(row[i]);
            }
        }
        return fields;
    }

    private static boolean startsWith(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
