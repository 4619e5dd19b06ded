package io.mppconnect.test.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A DISTRIBUTED clause.
 *
 * @param replicated whether every segment holds every row
 * @param columns the columns of the key; none when rows are placed at random
 * @param operatorClasses the operator class of each column as written, empty for the type's default
 */
public record Distribution(boolean replicated, List<String> columns, List<String> operatorClasses) {

    public Distribution {
        columns = List.copyOf(columns);
        operatorClasses = List.copyOf(operatorClasses);
    }

    /** Whether a clause starts at the cursor. */
    static boolean startsAt(Cursor cursor) {
        return cursor.isWords("distributed", "by")
                || cursor.isWords("distributed", "randomly")
                || cursor.isWords("distributed", "replicated");
    }

    static Distribution parse(Cursor cursor) throws SqlProblem {
        cursor.expect("distributed");
        if (cursor.accept("randomly")) {
            return new Distribution(false, List.of(), List.of());
        }
        if (cursor.accept("replicated")) {
            return new Distribution(true, List.of(), List.of());
        }
        cursor.expect("by");
        cursor.expectSymbol('(');
        List<String> columns = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        do {
            String column = cursor.identifier();
            if (columns.contains(column)) {
                throw new SqlProblem("42701", "duplicate column in DISTRIBUTED BY clause");
            }
            columns.add(column);
            classes.add(cursor.peek().isName() ? cursor.qualifiedName() : "");
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return new Distribution(false, columns, classes);
    }
}
