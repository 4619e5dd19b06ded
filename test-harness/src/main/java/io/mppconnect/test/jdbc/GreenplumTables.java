package io.mppconnect.test.jdbc;

import io.mppconnect.test.sql.Distribution;
import io.mppconnect.test.sql.Partitions;
import io.mppconnect.test.sql.Partitions.Part;
import io.mppconnect.test.sql.RoleChange;
import io.mppconnect.test.sql.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates tables with distribution, storage and partitions, and roles that may create external tables. */
final class GreenplumTables {

    private static final int BLOCK_SIZE = 32768;

    private final Session session;

    GreenplumTables(Session session) {
        this.session = session;
    }

    @Nullable
    Object create(TableDefinition definition, Call call) throws SQLException {
        boolean existed = exists(definition.name());
        Object result = call.on(definition.sql());
        if (!existed) {
            distribute(session.connection(), definition.name(), definition.distribution());
            distributeLike(definition);
            partition(definition);
            storage(definition);
        }
        return result;
    }

    private boolean exists(String name) throws SQLException {
        try (PreparedStatement query =
                session.connection().prepareStatement("select pg_catalog.to_regclass(?) is not null")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Writes down a table's distribution, unless it is the default one. */
    static void distribute(Connection connection, String name, @Nullable Distribution distribution)
            throws SQLException {
        if (distribution == null) {
            return;
        }
        try (PreparedStatement call =
                connection.prepareStatement("select pg_catalog.mpp_distribute(?, ?::\"char\", ?, ?)")) {
            call.setString(1, name);
            call.setString(2, distribution.replicated() ? "r" : "p");
            call.setArray(
                    3, connection.createArrayOf("text", distribution.columns().toArray()));
            call.setArray(
                    4,
                    connection.createArrayOf(
                            "text", distribution.operatorClasses().toArray()));
            call.execute();
        }
    }

    private void distributeLike(TableDefinition definition) throws SQLException {
        if (definition.likedTable() == null || definition.distribution() != null) {
            return;
        }
        try (PreparedStatement call =
                session.connection().prepareStatement("select pg_catalog.mpp_distribute_like(?, ?)")) {
            call.setString(1, definition.name());
            call.setString(2, definition.likedTable());
            call.execute();
        }
    }

    private void partition(TableDefinition definition) throws SQLException {
        Partitions partitions = definition.partitions();
        if (partitions == null) {
            return;
        }
        int rank = 1;
        for (Part part : partitions.parts()) {
            if (part.isDefault()) {
                createPartition(definition.name(), String.valueOf(part.name()), "default");
                rank++;
            }
        }
        for (Part part : partitions.parts()) {
            if (part.values() != null) {
                String suffix = part.name() == null ? String.valueOf(rank) : part.name();
                createPartition(definition.name(), suffix, "for values in (" + part.values() + ")");
                rank++;
            } else if (!part.isDefault()) {
                rank = createRange(definition.name(), partitions.column(), part, rank);
            }
        }
    }

    private void createPartition(String parent, String suffix, String bound) throws SQLException {
        String query = "select pg_catalog.format('create table %I.%I partition of %s ', n.nspname,"
                + " c.relname || '_1_prt_' || ?, c.oid::regclass) || ?"
                + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where c.oid = ?::regclass";
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            statement.setString(1, suffix);
            statement.setString(2, bound);
            statement.setString(3, parent);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                session.execute(row.getString(1));
            }
        }
    }

    private int createRange(String parent, String column, Part part, int rank) throws SQLException {
        try (PreparedStatement call = session.connection()
                .prepareStatement("select pg_catalog.mpp_range_partitions(?::regclass,"
                        + " pg_catalog.mpp_column_type(?::regclass, ?), ?, ?, ?, ?, ?)")) {
            call.setString(1, parent);
            call.setString(2, parent);
            call.setString(3, column.replace("\"", ""));
            call.setInt(4, rank);
            call.setString(5, part.name());
            call.setString(6, part.start());
            call.setString(7, part.end());
            call.setString(8, part.every());
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private void storage(TableDefinition definition) throws SQLException {
        Map<String, String> storage = definition.storage();
        boolean appendOnly = isOn(storage, "appendonly") || isOn(storage, "appendoptimized");
        if (!appendOnly) {
            return;
        }
        String compression = storage.getOrDefault("compresstype", "");
        boolean compresses = !compression.isEmpty() && !compression.equals("none");
        try (PreparedStatement call =
                session.connection().prepareStatement("select pg_catalog.mpp_record_storage(?, ?, ?, ?, ?, ?)")) {
            call.setString(1, definition.name());
            call.setBoolean(2, storage.getOrDefault("orientation", "row").equals("column"));
            call.setString(3, compresses ? compression : "");
            call.setInt(4, Integer.parseInt(storage.getOrDefault("compresslevel", compresses ? "1" : "0")));
            call.setInt(5, Integer.parseInt(storage.getOrDefault("blocksize", String.valueOf(BLOCK_SIZE))));
            call.setBoolean(6, isOn(storage, "checksum") || !storage.containsKey("checksum"));
            call.execute();
        }
    }

    private static boolean isOn(Map<String, String> storage, String option) {
        String value = storage.getOrDefault(option, "false");
        return value.equals("true") || value.equals("on") || value.equals("1");
    }

    @Nullable
    Object changeRole(RoleChange change, Call call) throws SQLException {
        Object result = call.on(change.sql());
        for (RoleChange.Grant grant : change.grants()) {
            try (PreparedStatement statement =
                    session.connection().prepareStatement("select pg_catalog.mpp_grant(?, ?, ?)")) {
                statement.setString(1, change.role());
                statement.setString(2, grant.column());
                statement.setBoolean(3, grant.granted());
                statement.execute();
            }
        }
        return result;
    }
}
