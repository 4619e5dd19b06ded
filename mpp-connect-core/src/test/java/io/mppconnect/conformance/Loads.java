package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Rows;
import java.util.ArrayList;
import java.util.List;

/** Small loads from memory, and what they leave in a table. */
final class Loads {

    private final TestDatabase database;

    Loads(TestDatabase database) {
        this.database = database;
    }

    TransferReport load(Table table, List<String> fields, Object[]... rows) {
        return database.cluster()
                .transfer()
                .from(Rows.arrays(fields, List.of(rows)))
                .into(table)
                .run();
    }

    MppConnectException failure(Table table, List<String> fields, Object[]... rows) {
        return catchThrowableOfType(MppConnectException.class, () -> load(table, fields, rows));
    }

    static Object[] row(Object... values) {
        return values;
    }

    /** The table's rows, each as its values between bars. */
    List<String> rows(String table) {
        List<String> rows = new ArrayList<>();
        database.query("SELECT * FROM " + table)
                .forEach(row -> rows.add(
                        String.join("|", row.stream().map(String::valueOf).toList())));
        return rows;
    }

    /** A table with the columns id, name and note, and rows 1 to 3: old, kept. */
    String filled(String columns) {
        String table = database.table(columns);
        fill(table);
        return table;
    }

    void fill(String table) {
        database.execute("INSERT INTO " + table + " SELECT i, 'old', 'kept' FROM generate_series(1, 3) AS i");
    }
}
