package io.mppconnect.transfer.plan;

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
public record ExternalTable(
        String name, List<ExternalColumn> columns, List<String> urls, RowFormat format, OptionalInt rejectLimit) {

    /** The column that {@link #numbered()} adds; no field of a source is called so. */
    public static final String LINE = "mpp_connect line";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A column: its name, and its type as SQL spells it. */
    public record ExternalColumn(String name, String type) {}

    public ExternalTable {
        columns = List.copyOf(columns);
        urls = List.copyOf(urls);
    }

    /** A table whose first bad row fails the statement. */
    ExternalTable(String name, List<ExternalColumn> columns, String url, RowFormat format) {
        this(name, columns, List.of(url), format, OptionalInt.empty());
    }

    public static ExternalTable of(List<ExternalColumn> columns, String url, RowFormat format) {
        return of(columns, List.of(url), format);
    }

    /**
     * A table over several servers.
     *
     * @param urls where the rows are, each read by a part of the segments
     */
    public static ExternalTable of(List<ExternalColumn> columns, List<String> urls, RowFormat format) {
        return new ExternalTable(uniqueName(), columns, urls, format, OptionalInt.empty());
    }

    /** A name for something temporary in the database that no other transfer has; needs no quotes. */
    public static String uniqueName() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return "mpp_connect_" + HexFormat.of().formatHex(random);
    }

    public String sqlName() {
        return TableName.quoted(name);
    }

    /** The same table, whose segments write bad rows into their error logs, each as many as it takes to stop. */
    public ExternalTable loggingErrors(int limit) {
        return new ExternalTable(name, columns, urls, format, OptionalInt.of(limit));
    }

    /** The same table, whose rows begin with a line number. */
    public ExternalTable numbered() {
        List<ExternalColumn> more = new ArrayList<>(columns);
        more.add(0, new ExternalColumn(LINE, "bigint"));
        return new ExternalTable(name, more, urls, format, rejectLimit);
    }

    public String createReadable() {
        return "CREATE READABLE EXTERNAL TEMP TABLE " + definition(sqlName(), urls, true)
                + (rejectLimit.isPresent()
                        ? " LOG ERRORS SEGMENT REJECT LIMIT " + rejectLimit.getAsInt() + " ROWS"
                        : "");
    }

    /**
     * A table that other sessions may read, until it is dropped.
     *
     * @param sqlName its name, quoted
     * @param urls its locations
     */
    public String createLasting(String sqlName, List<String> urls) {
        return "CREATE READABLE EXTERNAL TABLE " + definition(sqlName, urls, true);
    }

    /**
     * A table of the database's own with the same columns.
     *
     * @param clauses what follows the columns
     */
    public String createTemporary(String clauses) {
        return "CREATE TEMP TABLE " + sqlName() + list() + clauses;
    }

    /**
     * The statement that creates it for segments to write into.
     *
     * @param distribution the {@code DISTRIBUTED ...} clause
     */
    public String createWritable(String distribution) {
        return "CREATE WRITABLE EXTERNAL TEMP TABLE " + definition(sqlName(), urls, false) + " " + distribution;
    }

    public String drop() {
        return "DROP EXTERNAL TABLE " + sqlName();
    }

    public String dropIfThere() {
        return "DROP EXTERNAL TABLE IF EXISTS " + sqlName();
    }

    private String list() {
        StringJoiner list = new StringJoiner(", ", " (", ")");
        columns.forEach(column -> list.add(TableName.quoted(column.name()) + " " + column.type()));
        return list.toString();
    }

    private String definition(String table, List<String> urls, boolean readable) {
        String locations = urls.stream().map(ExternalTable::literal).collect(Collectors.joining(", "));
        return table + list() + " LOCATION (" + locations + ") FORMAT '" + format.kind() + "' (" + options(readable)
                + ") ENCODING " + literal(format.encoding());
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
    public static String literal(String text) {
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
