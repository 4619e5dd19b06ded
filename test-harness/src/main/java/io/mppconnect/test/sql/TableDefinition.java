package io.mppconnect.test.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CREATE TABLE, with or without AS, taken apart into what PostgreSQL understands and what Greenplum adds.
 *
 * @param sql the statement without what Greenplum adds
 * @param name as written
 * @param distribution null for the default
 * @param likedTable the table that the column list starts like, as written, or null
 * @param storage the storage options that PostgreSQL lacks, by name in lower case
 * @param partitions null for a table that is not partitioned in Greenplum's words
 */
public record TableDefinition(
        String sql,
        String name,
        @Nullable Distribution distribution,
        @Nullable String likedTable,
        Map<String, String> storage,
        @Nullable Partitions partitions) {

    private static final Set<String> STORAGE = Set.of(
            "appendonly", "appendoptimized", "orientation", "compresstype", "compresslevel", "blocksize", "checksum");

    public TableDefinition {
        storage = Map.copyOf(storage);
    }

    /** Whether there is anything that PostgreSQL would not do by itself. */
    boolean isPlain() {
        return distribution == null && likedTable == null && storage.isEmpty() && partitions == null;
    }

    static TableDefinition parse(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("table");
        cursor.accept("if", "not", "exists");
        String name = cursor.qualifiedName();
        StringBuilder plain = new StringBuilder();
        int copied = 0;
        Distribution distribution = null;
        Partitions partitions = null;
        Map<String, String> storage = new LinkedHashMap<>();
        String likedTable = null;
        boolean query = false;
        while (!cursor.atEnd()) {
            int start = cursor.offset();
            if (Distribution.startsAt(cursor)) {
                plain.append(sql, copied, start);
                distribution = Distribution.parse(cursor);
                copied = cursor.lastOffset();
            } else if (!query && cursor.isWords("with") && cursor.peek(1).isSymbol('(')) {
                cursor.next();
                plain.append(sql, copied, start);
                plain.append(otherOptions(cursor, storage));
                copied = cursor.lastOffset();
            } else if (!query && cursor.isWords("partition", "by")) {
                Partitions parsed = Partitions.parse(sql, cursor);
                if (parsed != null) {
                    plain.append(sql, copied, start).append(parsed.clause());
                    partitions = parsed;
                    copied = cursor.lastOffset();
                }
            } else if (cursor.isSymbol('(')) {
                String inside = cursor.parenthesised();
                likedTable = query || likedTable != null ? likedTable : likedTable(inside);
            } else {
                query |= cursor.isWords("as");
                cursor.next();
            }
        }
        plain.append(sql.substring(copied));
        return new TableDefinition(plain.toString(), name, distribution, likedTable, storage, partitions);
    }

    private static @Nullable String likedTable(String columns) throws SqlProblem {
        Cursor cursor = new Cursor(columns, Lexer.tokens(columns));
        return cursor.accept("like") ? cursor.qualifiedName() : null;
    }

    /** Takes the storage options out of a WITH clause; what is left of the clause. */
    private static String otherOptions(Cursor cursor, Map<String, String> storage) throws SqlProblem {
        List<String> others = new ArrayList<>();
        cursor.expectSymbol('(');
        do {
            String option = cursor.qualifiedName().toLowerCase(Locale.ROOT);
            String value = cursor.acceptSymbol('=') ? cursor.next().text() : "true";
            if (STORAGE.contains(option)) {
                storage.put(option, value.toLowerCase(Locale.ROOT));
            } else {
                others.add(option + "=" + value);
            }
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return others.isEmpty() ? "" : "with (" + String.join(", ", others) + ")";
    }
}
