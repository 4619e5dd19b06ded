package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a relation, as the catalog has it.
 *
 * @param schema empty to look along the search path
 */
public record TableName(Optional<String> schema, String table) {

    private static final int MOST_BYTES = 63;
    private static final String PART = "\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*";
    private static final Pattern NAME = Pattern.compile("(?:(" + PART + ")\\.)?(" + PART + ")");

    /**
     * Reads a name as SQL does: parts without quotes fold to lower case, {@code "Quoted"} ones keep theirs.
     *
     * @throws MppConnectException when the text is not a relation's name
     */
    public static TableName parse(String text) {
        Matcher matcher = NAME.matcher(text.strip());
        if (!matcher.matches()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid table name: " + text + "; write schema.table, with double quotes around a part that needs"
                            + " them");
        }
        return new TableName(Optional.ofNullable(matcher.group(1)).map(TableName::fold), fold(matcher.group(2)));
    }

    private static String fold(String part) {
        return part.startsWith("\"")
                ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                : part.toLowerCase(Locale.ROOT);
    }

    /** The name for use in SQL, quoted. */
    public String sql() {
        return schema.map(name -> quoted(name) + ".").orElse("") + quoted(table);
    }

    /** Any identifier for use in SQL, quoted. */
    public static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** Whether the database would cut the identifier, to whatever its first bytes name. */
    public static boolean isTooLong(String identifier) {
        return identifier.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return schema.map(name -> name + ".").orElse("") + table;
    }
}
