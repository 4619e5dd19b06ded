package io.mppconnect.transfer.reject;

import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.block.LineRanges;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** A temporary table that holds the rows of one statement by their line numbers. It goes with the transaction. */
final class StagedRows {

    private final Session session;
    private final ExternalTable source;
    private final String name;
    private final String fields;

    StagedRows(Session session, ExternalTable source) {
        this.session = session;
        this.source = source;
        this.name = TableName.quoted(source.name() + "_rows");
        this.fields = source.columns().stream()
                .skip(1)
                .map(column -> TableName.quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Reads the external table into it; how many rows there were. */
    long fill() throws SQLException {
        String columns = source.columns().stream()
                .map(column -> TableName.quoted(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
        session.execute("CREATE TEMP TABLE " + name + " (" + columns + ") ON COMMIT DROP DISTRIBUTED RANDOMLY");
        return session.update("INSERT INTO " + name + " SELECT * FROM " + source.sqlName(), List.of());
    }

    /** Makes ranges of lines quick to find. */
    void index() throws SQLException {
        session.execute("CREATE INDEX " + TableName.quoted(source.name() + "_lines") + " ON " + name + " ("
                + TableName.quoted(ExternalTable.LINE) + ")");
    }

    /** All rows, to stand behind FROM. */
    String all() {
        return name;
    }

    /** A row as SQL shows rows. */
    String shown() {
        return "ROW(" + fields + ")::text";
    }

    /** The rows of some lines, to stand behind FROM. */
    String between(LineRanges.Range lines) {
        String line = TableName.quoted(ExternalTable.LINE);
        return "(SELECT " + fields + " FROM " + name + " WHERE " + line + " BETWEEN " + lines.first() + " AND "
                + lines.last() + ") AS staged";
    }

    /** The row of one line as SQL shows rows. */
    String show(long line, int length) throws SQLException {
        StringBuilder text = new StringBuilder();
        session.visit(
                "SELECT substr(staged::text, 1, " + length + ") FROM " + between(new LineRanges.Range(line, line)),
                List.of(),
                row -> text.append(row.getString(1)));
        return text.toString();
    }

    void remove(long line) throws SQLException {
        session.update(
                "DELETE FROM " + name + " WHERE " + TableName.quoted(ExternalTable.LINE) + " = " + line, List.of());
    }

    void drop() throws SQLException {
        session.execute("DROP TABLE " + name);
    }
}
