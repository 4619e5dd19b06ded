package io.mppconnect.test.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a CREATE EXTERNAL TABLE says.
 *
 * @param name as written
 * @param columns as written, between their parentheses
 * @param encoding a name or a number; null for the client's encoding
 * @param rejectLimit null when one bad row fails the statement
 * @param distribution null for the default
 */
public record ExternalTable(
        String name,
        boolean temporary,
        boolean writable,
        String columns,
        List<String> locations,
        boolean csv,
        FormatOptions options,
        @Nullable String encoding,
        boolean logErrors,
        @Nullable Integer rejectLimit,
        boolean rejectPercent,
        @Nullable Distribution distribution) {

    private static final int DEFAULT_PORT = 8080;
    private static final Set<String> CONSTRAINTS =
            Set.of("primary", "unique", "not", "null", "default", "check", "references", "constraint");

    static ExternalTable parse(String sql, Cursor cursor) throws SqlProblem {
        boolean writable = cursor.accept("writable");
        if (!writable) {
            cursor.accept("readable");
        }
        cursor.expect("external");
        if (cursor.isWords("web")) {
            throw new SqlProblem("0A000", "external web tables are not emulated");
        }
        boolean temporary = cursor.accept("temp") || cursor.accept("temporary");
        cursor.expect("table");
        String name = cursor.qualifiedName();
        String columns = cursor.parenthesised();
        cursor.expect("location");
        List<String> locations = locations(cursor);
        boolean csv = format(cursor);
        FormatOptions options =
                cursor.acceptSymbol('(') ? FormatOptions.parse(csv, cursor) : FormatOptions.defaults(csv);
        cursor.accept("options");
        String encoding = null;
        if (cursor.accept("encoding")) {
            encoding = cursor.next().text();
        }
        boolean logErrors = cursor.accept("log", "errors");
        if (logErrors) {
            cursor.accept("persistently");
        }
        Integer limit = null;
        boolean percent = false;
        if (logErrors || cursor.isWords("segment")) {
            cursor.expect("segment");
            cursor.expect("reject");
            cursor.expect("limit");
            limit = cursor.number();
            percent = cursor.accept("percent");
            cursor.accept("rows");
            checkLimit(writable, limit, percent);
        }
        Distribution distribution = Distribution.startsAt(cursor) ? Distribution.parse(cursor) : null;
        if (!cursor.atEnd()) {
            throw cursor.unexpected();
        }
        return new ExternalTable(
                name,
                temporary,
                writable,
                columns,
                locations,
                csv,
                options,
                encoding,
                logErrors,
                limit,
                percent,
                distribution);
    }

    private static boolean format(Cursor cursor) throws SqlProblem {
        cursor.expect("format");
        String format = cursor.string();
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "text" -> false;
            case "csv" -> true;
            case "custom" -> throw new SqlProblem("0A000", "the custom format is not emulated");
            default ->
                throw new SqlProblem(
                        "42601",
                        "unsupported format '" + format + "'",
                        "Available formats for external tables are \"text\", \"csv\" and \"custom\".");
        };
    }

    private static void checkLimit(boolean writable, int limit, boolean percent) throws SqlProblem {
        if (writable) {
            throw new SqlProblem("42601", "Single row error handling may not be used with a writable external table");
        }
        if (percent && (limit < 1 || limit > 100)) {
            throw new SqlProblem("22023", "invalid PERCENT value. Should be (1 - 100)");
        }
        if (!percent && limit < 2) {
            throw new SqlProblem("22023", "invalid (ROWS) reject limit. Should be 2 or larger");
        }
    }

    private static List<String> locations(Cursor cursor) throws SqlProblem {
        List<String> locations = new ArrayList<>();
        cursor.expectSymbol('(');
        do {
            locations.add(withPort(cursor.string()));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        String protocol = protocol(locations.get(0));
        for (String location : locations) {
            if (!protocol(location).equals(protocol)) {
                throw new SqlProblem(
                        "0A000",
                        "URI protocols must be the same for all data sources",
                        "Available protocols are 'http', 'file', 'gpfdist' and 'gpfdists'.");
            }
        }
        if (new HashSet<>(locations).size() < locations.size()) {
            throw new SqlProblem("42P16", "duplicate location uri");
        }
        for (String location : locations) {
            int path = location.indexOf('/', location.indexOf("://") + 3);
            if (path < 0) {
                throw new SqlProblem("42601", "invalid URI '" + location + "' : missing host name or path");
            }
        }
        if (!protocol.equals("gpfdist") && !protocol.equals("gpfdists")) {
            throw new SqlProblem("42704", "protocol \"" + protocol + "\" does not exist");
        }
        return locations;
    }

    private static String protocol(String location) throws SqlProblem {
        int end = location.indexOf("://");
        if (end < 0) {
            throw new SqlProblem("42601", "could not parse URI \"" + location + "\"");
        }
        return location.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static String withPort(String location) {
        int authority = location.indexOf("://") + 3;
        int slash = location.indexOf('/', authority);
        int authorityEnd = slash < 0 ? location.length() : slash;
        int colon = location.indexOf(':', Math.max(authority, location.lastIndexOf(']', authorityEnd)));
        if (authority < 3 || (colon >= 0 && colon < authorityEnd)) {
            return location;
        }
        return location.substring(0, authorityEnd) + ":" + DEFAULT_PORT + location.substring(authorityEnd);
    }

    /** The elements of the column list, as written: columns, and LIKE clauses. */
    public List<String> columnElements() {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (Token token : Lexer.tokens(columns)) {
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (token.isSymbol(',') && depth == 0) {
                elements.add(columns.substring(start, token.start()).strip());
                start = token.end();
            }
        }
        elements.add(columns.substring(start).strip());
        return elements;
    }

    /** Refuses constraints and defaults, which external tables do not take. */
    private void checkColumns() throws SqlProblem {
        for (String element : columnElements()) {
            for (Token token : Lexer.tokens(element)) {
                if (token.kind() == Token.Kind.WORD && CONSTRAINTS.contains(token.text()) && token.start() > 0) {
                    throw SqlProblem.syntax(token.text());
                }
            }
        }
    }

    /** The table that a LIKE clause of the column list names, as written, or null for a column. */
    public static @Nullable String likedTable(String element) {
        List<Token> tokens = Lexer.tokens(element);
        return tokens.size() > 1 && tokens.get(0).isWord("like")
                ? element.substring(tokens.get(1).start()).strip()
                : null;
    }

    /** Refuses options that the database refuses for a table of this many columns. */
    public void check(int columnCount) throws SqlProblem {
        checkColumns();
        options.check(writable, columnCount);
    }

    /** The options as the catalog keeps them. */
    public String catalogOptions() {
        return options.catalogText();
    }
}
