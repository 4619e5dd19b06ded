package io.mppconnect.test.sql;

import io.mppconnect.test.segment.RowEnd;
import io.mppconnect.test.segment.RowFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The options of a FORMAT clause, which the catalog keeps as one text: {@code delimiter ',' null '' escape '"'}. Quotes
 * within its values are not doubled there.
 */
public final class FormatOptions {

    private static final String OFF = "off";
    private static final List<String> VALUED = List.of("delimiter", "null", "escape", "quote", "newline");
    private static final List<String> FLAGS = List.of("header", "fill missing fields");
    private static final List<String> LISTS = List.of("force not null", "force quote");

    private final boolean csv;
    private final Map<String, String> options;

    private FormatOptions(boolean csv, Map<String, String> options) {
        this.csv = csv;
        this.options = options;
    }

    /** Reads the options of a statement, from behind their opening parenthesis to their closing one. */
    static FormatOptions parse(boolean csv, Cursor cursor) throws SqlProblem {
        Map<String, String> given = new LinkedHashMap<>();
        while (!cursor.acceptSymbol(')')) {
            option(cursor, given);
            cursor.acceptSymbol(',');
        }
        return new FormatOptions(csv, withDefaults(csv, given));
    }

    static FormatOptions defaults(boolean csv) {
        return new FormatOptions(csv, withDefaults(csv, Map.of()));
    }

    private static void option(Cursor cursor, Map<String, String> given) throws SqlProblem {
        for (String name : FLAGS) {
            if (cursor.accept(name.split(" "))) {
                put(given, name, "");
                return;
            }
        }
        for (String name : LISTS) {
            if (cursor.accept(name.split(" "))) {
                List<String> columns = new ArrayList<>();
                do {
                    columns.add(cursor.isSymbol('*') ? cursor.next().text() : cursor.identifier());
                } while (cursor.acceptSymbol(','));
                put(given, name, String.join(",", columns));
                return;
            }
        }
        for (String name : VALUED) {
            if (cursor.accept(name)) {
                cursor.accept("as");
                put(given, name, cursor.string());
                return;
            }
        }
        throw cursor.unexpected();
    }

    private static void put(Map<String, String> given, String name, String value) throws SqlProblem {
        if (given.putIfAbsent(name, value) != null) {
            throw new SqlProblem("42601", "conflicting or redundant options");
        }
    }

    private static Map<String, String> withDefaults(boolean csv, Map<String, String> given) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("delimiter", given.getOrDefault("delimiter", csv ? "," : "\t"));
        options.put("null", given.getOrDefault("null", csv ? "" : "\\N"));
        String quote = given.getOrDefault("quote", "\"");
        options.put("escape", given.getOrDefault("escape", csv ? quote : "\\"));
        if (csv || given.containsKey("quote")) {
            options.put("quote", quote);
        }
        given.forEach(options::putIfAbsent);
        return options;
    }

    /** Refuses what the database refuses when such a table is created. */
    void check(boolean writable, int columns) throws SqlProblem {
        String delimiter = option("delimiter");
        if (delimiter.equalsIgnoreCase(OFF) && columns != 1) {
            throw new SqlProblem("0A000", "using no delimiter is only possible for a single column table");
        }
        if (!delimiter.equalsIgnoreCase(OFF) && delimiter.length() != 1) {
            throw new SqlProblem("22023", "COPY delimiter cannot be \"" + delimiter + "\"");
        }
        if (!csv && options.containsKey("quote")) {
            throw new SqlProblem("0A000", "COPY quote available only in CSV mode");
        }
        if (csv && option("quote").length() != 1) {
            throw new SqlProblem("0A000", "COPY quote must be a single one-byte character");
        }
        if (option("escape").length() != 1 && !option("escape").equalsIgnoreCase(OFF)) {
            throw new SqlProblem("0A000", "COPY escape must be a single one-byte character, or off");
        }
        if (writable && options.containsKey("header")) {
            throw new SqlProblem("0AM01", "HEADER is not yet supported for writable external tables");
        }
        if (writable && options.containsKey("newline")) {
            throw new SqlProblem("0AM01", "newline currently available for data loading only, not unloading");
        }
        rowEnd();
    }

    private RowEnd rowEnd() throws SqlProblem {
        String newline = options.get("newline");
        if (newline == null) {
            return RowEnd.UNKNOWN;
        }
        return switch (newline.toUpperCase(Locale.ROOT)) {
            case "LF" -> RowEnd.LF;
            case "CR" -> RowEnd.CR;
            case "CRLF" -> RowEnd.CRLF;
            default ->
                throw new SqlProblem(
                        "0A000",
                        "invalid value for NEWLINE (" + newline + ")",
                        "valid options are: 'LF', 'CRLF', 'CR'");
        };
    }

    /** The text that the catalog keeps. */
    String catalogText() {
        List<String> parts = new ArrayList<>();
        options.forEach((name, value) -> {
            if (FLAGS.contains(name)) {
                parts.add(name);
            } else if (LISTS.contains(name)) {
                parts.add(name + " " + value);
            } else {
                parts.add(name + " '" + value + "'");
            }
        });
        return String.join(" ", parts);
    }

    /** Reads back the text that the catalog keeps. */
    public static FormatOptions fromCatalog(boolean csv, String text) {
        Map<String, String> options = new LinkedHashMap<>();
        String rest = text;
        while (!rest.isEmpty()) {
            rest = takeOption(rest, options);
        }
        return new FormatOptions(csv, options);
    }

    private static String takeOption(String text, Map<String, String> options) {
        for (String name : FLAGS) {
            if (text.startsWith(name)) {
                options.put(name, "");
                return text.substring(name.length()).stripLeading();
            }
        }
        for (String name : LISTS) {
            if (text.startsWith(name + " ")) {
                String value = text.substring(name.length() + 1);
                int end = value.indexOf(' ');
                options.put(name, end < 0 ? value : value.substring(0, end));
                return end < 0 ? "" : value.substring(end + 1);
            }
        }
        int quote = text.indexOf('\'');
        String name = text.substring(0, quote).strip();
        int end = valueEnd(text, quote + 1);
        options.put(name, text.substring(quote + 1, end));
        return text.substring(end + 1).stripLeading();
    }

    /** The closing quote: the first one that the text or the next option follows. */
    private static int valueEnd(String text, int from) {
        int end = text.indexOf('\'', from);
        while (end + 1 < text.length() && !startsOption(text.substring(end + 1))) {
            end = text.indexOf('\'', end + 1);
        }
        return end;
    }

    private static boolean startsOption(String text) {
        return VALUED.stream().anyMatch(name -> text.startsWith(" " + name + " '"))
                || FLAGS.stream().anyMatch(name -> text.startsWith(" " + name))
                || LISTS.stream().anyMatch(name -> text.startsWith(" " + name + " "));
    }

    /** What the options mean for rows. */
    public RowFormat rowFormat() throws SqlProblem {
        String forced = options.getOrDefault("force not null", options.getOrDefault("force quote", ""));
        return new RowFormat(
                csv,
                offAsEmpty(option("delimiter")),
                option("null"),
                offAsEmpty(option("escape")),
                options.getOrDefault("quote", ""),
                options.containsKey("header"),
                rowEnd(),
                options.containsKey("fill missing fields"),
                forced.isEmpty() ? List.of() : List.of(forced.split(",")));
    }

    private String option(String name) {
        return options.getOrDefault(name, "");
    }

    private static String offAsEmpty(String value) {
        return value.equalsIgnoreCase(OFF) ? "" : value;
    }
}
