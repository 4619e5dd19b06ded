package io.mppconnect.transfer;

import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The external tables over the URLs of several servers: as few as possible, for those of one table are read at the same
 * time and tables one after the other, but none with more URLs than there are segments, which the database refuses. They
 * stay as long as the URLs do.
 */
final class EndpointTables {

    private final Session session;
    private final List<ExternalColumn> columns;
    private final int segments;
    private List<String> urls = List.of();
    private List<ExternalTable> tables = List.of();

    EndpointTables(Session session, List<ExternalColumn> columns, int segments) {
        this.session = session;
        this.columns = columns;
        this.segments = segments;
    }

    /** Has the tables read from these, and from no others. */
    void read(List<String> wanted) throws SQLException {
        if (wanted.equals(urls)) {
            return;
        }
        drop();
        List<ExternalTable> created = new ArrayList<>();
        for (int first = 0; first < wanted.size(); first += segments) {
            List<String> part = wanted.subList(first, Math.min(wanted.size(), first + segments));
            ExternalTable table = ExternalTable.of(columns, part, RowFormat.text());
            session.execute(table.createReadable());
            created.add(table);
        }
        tables = created;
        urls = List.copyOf(wanted);
    }

    /** A query for all rows. */
    String rows() {
        return tables.stream()
                .map(table -> "SELECT * FROM " + table.sqlName())
                .collect(Collectors.joining(" UNION ALL "));
    }

    void drop() throws SQLException {
        for (ExternalTable table : tables) {
            session.execute(table.drop());
        }
        tables = List.of();
        urls = List.of();
    }
}
