package io.mppconnect.transfer;

import io.mppconnect.catalog.TableName;
import io.mppconnect.text.RowFormat;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The temporary external table of one transfer, in SQL. It lives in the transfer's own session: created, used and dropped
 * there, so that nothing of it is ever left.
 *
 * @param rejectLimit at how many bad rows a segment stops; empty to fail at the first
 */
record ExternalTable(
        String name, List<ExternalColumn> columns, List<String> urls, RowFormat format, OptionalInt rejectLimit) {

    /** The column that {@link #numbered()} adds; no field of a source is called so. */
    static final String LINE = "mpp_connect line";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A column: its name, and its type as SQL spells it. */
    record ExternalColumn(String name, String type) {}

    ExternalTable {
        columns = List.copyOf(columns);
        urls = List.copyOf(urls);
    }

    /** A table whose first bad row fails the statement. */
    ExternalTable(String name, List<ExternalColumn> columns, String url, RowFormat format) {
        this(name, columns, List.of(url), format, OptionalInt.empty());
    }

    static ExternalTable of(List<ExternalColumn> columns, String url, RowFormat format) {
        return of(columns, List.of(url), format);
    }

    /** @param urls where the rows are, each read by a part of the segments */
    static ExternalTable of(List<ExternalColumn> columns, List<String> urls, RowFormat format) {
        return new ExternalTable(uniqueName(), columns, urls, format, OptionalInt.empty());
    }

    /** A name for something temporary in the database that no other transfer has; needs no quotes. */
    static String uniqueName() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return "mpp_connect_" + HexFormat.of().formatHex(random);
    }

    String sqlName() {
        return TableName.quoted(name);
    }

    /** The same table, whose segments write bad rows into their error logs, each as many as it takes to stop. */
    ExternalTable loggingErrors(int limit) {
        return new ExternalTable(name, columns, urls, format, OptionalInt.of(limit));
    }

    /** The same table, whose rows begin with a line number. */
    ExternalTable numbered() {
        List<ExternalColumn> more = new ArrayList<>(columns);
        more.add(0, new ExternalColumn(LINE, "bigint"));
        return new ExternalTable(name, more, urls, format, rejectLimit);
    }

    String createReadable() {
        return "CREATE READABLE EXTERNAL TEMP TABLE " + definition(true)
                + (rejectLimit.isPresent()
                        ? " LOG ERRORS SEGMENT REJECT LIMIT " + rejectLimit.getAsInt() + " ROWS"
                        : "");
    }

    /**
     * A table of the database's own with the same columns.
     *
     * @param clauses what follows the columns
     */
    String createTemporary(String clauses) {
        return "CREATE TEMP TABLE " + sqlName() + list() + clauses;
    }

    /** @param distribution the {@code DISTRIBUTED ...} clause */
    String createWritable(String distribution) {
        return "CREATE WRITABLE EXTERNAL TEMP TABLE " + definition(false) + " " + distribution;
    }

    String drop() {
        return "DROP EXTERNAL TABLE " + sqlName();
    }

    String dropIfThere() {
        return "DROP EXTERNAL TABLE IF EXISTS " + sqlName();
    }

    private String list() {
        StringJoiner list = new StringJoiner(", ", " (", ")");
        columns.forEach(column -> list.add(TableName.quoted(column.name()) + " " + column.type()));
        return list.toString();
    }

    private String definition(boolean readable) {
        return sqlName() + list() + " LOCATION (" + locations() + ") FORMAT '" + format.kind() + "' ("
                + options(readable) + ") ENCODING " + literal(format.encoding());
    }

    private String locations() {
        return urls.stream().map(ExternalTable::literal).collect(Collectors.joining(", "));
    }

    private String options(boolean readable) {
        StringBuilder options = new StringBuilder();
        options.append("DELIMITER AS ").append(literal(String.valueOf(format.delimiter())));
        options.append(" NULL AS ").append(literal(format.nullString()));
        if (format.isCsv()) {
            options.append(" QUOTE AS ").append(literal(String.valueOf(format.quote())));
        }
        options.append(" ESCAPE AS ")
                .append(
                        format.escape().isPresent()
                                ? literal(String.valueOf((char) format.escape().getAsInt()))
                                : "'OFF'");
        // Segments that are not told guess from the first row; writable tables know no NEWLINE, segments write LF.
        if (readable) {
            options.append(" NEWLINE AS '").append(format.newline()).append('\'');
        }
        return options.toString();
    }

    /** A string constant that reads the same whatever {@code standard_conforming_strings} says. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder(" E'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ') {
                literal.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('\'').substring(1);
    }
}
