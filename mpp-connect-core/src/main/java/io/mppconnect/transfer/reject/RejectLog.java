package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.text.Newline;
import io.mppconnect.transfer.block.NumberedRows;
import io.mppconnect.transfer.block.OriginTags;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.session.Session;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What the segments have written down of the bad rows of one external table. It outlives a roll-back. */
final class RejectLog {

    private final ExternalTable table;
    private final OriginTags tags;
    private final boolean numbered;

    /** @param numbered whether rows start with a number that is not theirs */
    RejectLog(ExternalTable table, OriginTags tags, boolean numbered) {
        this.table = table;
        this.tags = tags;
        this.numbered = numbered;
    }

    /** Reads all of it. */
    void read(Session session, Consumer<RejectedRow> reader) throws SQLException {
        String lineEnd = table.format().newline() == Newline.LF ? "E'\\n'" : "E'\\r'";
        // The database counts the line ends within a row too, and tells where the row ends.
        String extraLines = table.format().isCsv()
                ? "coalesce(length(rawdata) - length(replace(rawdata, " + lineEnd + ", '')), 0)"
                : "0";
        String sql = "SELECT pg_catalog.gp_execution_segment(), filename, linenum - " + extraLines
                + ", errmsg, substr(rawdata, 1, " + RejectedRow.MOST_RAW + "), substr(rawbytes, 1, "
                + RejectedRow.MOST_RAW + ") FROM pg_catalog.gp_read_error_log(" + name() + ")";
        session.visit(sql, List.of(), row -> reader.accept(rejected(row)));
    }

    private RejectedRow rejected(ResultSet row) throws SQLException {
        int segment = row.getInt(1);
        long line = row.getLong(3);
        Origins.Place place = tags.place(row.getString(2), row.wasNull() ? null : (int) line);
        return new RejectedRow(
                place.origin(),
                place.record(),
                segment < 0 ? OptionalInt.empty() : OptionalInt.of(segment),
                Optional.empty(),
                String.valueOf(row.getString(4)),
                Optional.ofNullable(row.getString(5))
                        .map(text -> numbered ? NumberedRows.withoutNumber(text, table.format()) : text),
                Optional.ofNullable(row.getBytes(6))
                        .map(bytes -> numbered ? NumberedRows.withoutNumber(bytes, table.format()) : bytes)
                        .map(ByteBuffer::wrap));
    }

    /** Takes it away, from all segments at once and whatever becomes of the transaction. */
    void truncate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog.gp_truncate_error_log(" + name() + ")");
        }
    }

    private String name() {
        return ExternalTable.literal(table.sqlName());
    }
}
