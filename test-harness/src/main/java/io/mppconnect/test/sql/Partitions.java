package io.mppconnect.test.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PARTITION BY clause in Greenplum's words.
 *
 * @param clause the same in PostgreSQL's words, without the partitions
 * @param column the one column of the key
 * @param parts in the order of the statement
 */
public record Partitions(String clause, String column, List<Part> parts) {

    public Partitions {
        parts = List.copyOf(parts);
    }

    /**
     * One element of the clause: expressions as written.
     *
     * @param name null when the database names it
     * @param isDefault whether it takes what no other part takes
     * @param start where a range starts, itself within; null for a list or the default
     * @param end where a range ends, itself not within; null for a list or the default
     * @param every the step of a range that is cut into partitions; null for a range in one piece
     * @param values the values of a list
     */
    public record Part(
            @Nullable String name,
            boolean isDefault,
            @Nullable String start,
            @Nullable String end,
            @Nullable String every,
            @Nullable String values) {}

    /** The clause at the cursor, or null when it names no partitions, which is PostgreSQL's own way. */
    static @Nullable Partitions parse(String sql, Cursor cursor) throws SqlProblem {
        int from = cursor.offset();
        cursor.accept("partition", "by");
        boolean range = cursor.accept("range");
        if (!range) {
            cursor.expect("list");
        }
        String column = cursor.parenthesised().strip();
        String clause = sql.substring(from, cursor.lastOffset());
        if (cursor.isWords("subpartition")) {
            throw new SqlProblem("0A000", "subpartitions are not emulated");
        }
        if (!cursor.acceptSymbol('(')) {
            return null;
        }
        List<Part> parts = new ArrayList<>();
        do {
            parts.add(part(cursor, range));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return new Partitions(clause, column, parts);
    }

    private static Part part(Cursor cursor, boolean range) throws SqlProblem {
        if (cursor.accept("default")) {
            cursor.expect("partition");
            return new Part(cursor.identifier(), true, null, null, null, null);
        }
        String name = cursor.accept("partition") ? cursor.identifier() : null;
        if (!range) {
            cursor.expect("values");
            return new Part(name, false, null, null, null, cursor.parenthesised());
        }
        cursor.expect("start");
        String start = cursor.parenthesised();
        cursor.accept("inclusive");
        if (!cursor.accept("end")) {
            throw new SqlProblem("0A000", "a range partition without END, or with an exclusive START, is not emulated");
        }
        String end = cursor.parenthesised();
        if (cursor.accept("inclusive")) {
            throw new SqlProblem("0A000", "a range partition with an inclusive END is not emulated");
        }
        cursor.accept("exclusive");
        String every = cursor.accept("every") ? cursor.parenthesised() : null;
        return new Part(name, false, start, end, every, null);
    }
}
