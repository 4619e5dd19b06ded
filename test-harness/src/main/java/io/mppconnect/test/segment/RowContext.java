package io.mppconnect.test.segment;

import java.nio.charset.StandardCharsets;

/** The CONTEXT of errors about external tables. */
public final class RowContext {

    private static final int LONGEST_ROW = 100;

    private RowContext() {}

    /** For an error about one column of a row. */
    public static String column(String table, RowBatch batch, int row, String column) {
        return "External table " + table + ", line " + number(batch.line(row)) + " of " + batch.url() + ", column "
                + column;
    }

    /** For an error about a row as a whole. */
    public static String row(String table, RowBatch batch, int row) {
        String text = new String(batch.received(row), StandardCharsets.UTF_8);
        if (text.codePointCount(0, text.length()) > LONGEST_ROW) {
            text = text.substring(0, text.offsetByCodePoints(0, LONGEST_ROW)) + "...";
        }
        return "External table " + table + ", line " + number(batch.line(row)) + " of " + batch.url() + ": \"" + text
                + "\"";
    }

    /** For an error about a row that cannot be shown. */
    public static String unreadableRow(String table, RowBatch batch, int row) {
        return line(table, batch.line(row), batch.url());
    }

    static String line(String table, long line, String url) {
        return line > 0
                ? "External table " + table + ", line " + line + " of file " + url
                : "External table " + table + ", file " + url;
    }

    private static String number(long line) {
        return line > 0 ? String.valueOf(line) : "N/A";
    }
}
