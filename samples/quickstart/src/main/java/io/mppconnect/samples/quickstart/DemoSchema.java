package io.mppconnect.samples.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The schema that the quickstart's tables live in, new and empty; closing drops it. */
final class DemoSchema implements AutoCloseable {

    /** Everything in a schema of this name is the quickstart's to drop. */
    static final String NAME = "mpp_connect_quickstart";

    /** Each line item with its order. */
    static final String JOIN = "SELECT l.*, o.* FROM " + DemoTable.LINEITEM.sqlName() + " l JOIN "
            + DemoTable.ORDERS.sqlName() + " o ON o.o_orderkey = l.l_orderkey";

    private static final String DROP = "DROP SCHEMA IF EXISTS " + NAME + " CASCADE";

    private final DemoCluster cluster;
    private final boolean keep;

    private DemoSchema(DemoCluster cluster, boolean keep) {
        this.cluster = cluster;
        this.keep = keep;
    }

    /** Creates the schema and its empty tables, in place of what an earlier run left. */
    static DemoSchema create(DemoCluster cluster, boolean keep) {
        DemoSchema schema = new DemoSchema(cluster, keep);
        schema.execute(
                "create",
                DROP,
                "CREATE SCHEMA " + NAME,
                DemoTable.ORDERS.createStatement(),
                DemoTable.LINEITEM.createStatement());
        return schema;
    }

    private void execute(String what, String... statements) {
        try (Connection connection = cluster.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new QuickstartException("Cannot " + what + " the schema " + NAME + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!keep) {
            execute("drop", DROP);
        }
    }
}
