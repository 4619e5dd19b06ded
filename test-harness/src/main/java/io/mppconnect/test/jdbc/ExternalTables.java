package io.mppconnect.test.jdbc;

import io.mppconnect.test.sql.ExternalTable;
import io.mppconnect.test.sql.SqlProblem;
import io.mppconnect.test.sql.SqlStatement.DropExternalTable;
import io.mppconnect.test.sql.SqlStatement.TableCommand;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates and drops external tables. In PostgreSQL they are foreign tables without a handler: what reaches one
 * otherwise than through this driver fails, and does not just see no rows.
 */
final class ExternalTables {

    private final Session session;

    ExternalTables(Session session) {
        this.session = session;
    }

    @Nullable
    Object create(ExternalTable table, Call call) throws SQLException {
        checkPrivilege(table.writable());
        String encoding = encoding(table.encoding());
        List<String> columns = columns(table);
        try {
            table.check(columnCount(columns));
        } catch (SqlProblem problem) {
            throw SqlErrors.error(problem);
        }
        boolean qualified = table.name().contains(".");
        String name = table.temporary() && !qualified ? "pg_temp." + table.name() : table.name();
        Object result =
                call.on("create foreign table " + name + " (" + String.join(", ", columns) + ") server gpfdist");
        record(table, name, encoding);
        GreenplumTables.distribute(session.connection(), name, table.distribution());
        return result;
    }

    private void checkPrivilege(boolean writable) throws SQLException {
        String column = writable ? "rolcreatewextgpfd" : "rolcreaterextgpfd";
        String kind = writable ? "writable" : "readable";
        try (PreparedStatement query = session.connection()
                        .prepareStatement(
                                "select " + column + " from pg_catalog.pg_roles where rolname = current_user");
                ResultSet row = query.executeQuery()) {
            if (!row.next() || !row.getBoolean(1)) {
                throw SqlErrors.error(
                        "42501", "permission denied: no privilege to create a " + kind + " gpfdist(s) external table");
            }
        }
    }

    /** The number of the encoding: that of the client when the statement names none. */
    private String encoding(@Nullable String given) throws SQLException {
        if (given != null && !given.isEmpty() && Character.isDigit(given.charAt(0))) {
            return given;
        }
        String query = given == null
                ? "select pg_catalog.pg_char_to_encoding(pg_catalog.pg_client_encoding())"
                : "select pg_catalog.pg_char_to_encoding(?)";
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            if (given != null) {
                statement.setString(1, given);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getInt(1) < 0) {
                    throw SqlErrors.error("42704", given + " is not a valid encoding name");
                }
                return row.getString(1);
            }
        }
    }

    private List<String> columns(ExternalTable table) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String element : table.columnElements()) {
            String liked = ExternalTable.likedTable(element);
            columns.add(liked == null ? element : columnsLike(liked));
        }
        return columns;
    }

    private String columnsLike(String table) throws SQLException {
        try (PreparedStatement query =
                session.connection().prepareStatement("select pg_catalog.mpp_like(?::regclass)")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static int columnCount(List<String> columns) {
        return String.join(", ", columns).split(",", -1).length;
    }

    private void record(ExternalTable table, String name, String encoding) throws SQLException {
        Connection connection = session.connection();
        session.cluster().mayBeExternal(lastPart(name));
        try (PreparedStatement call = connection.prepareStatement(
                "select pg_catalog.mpp_record_external_table(?, ?, ?::\"char\", ?, ?, ?::\"char\", ?, ?, ?)")) {
            Integer limit = table.rejectLimit();
            call.setString(1, name);
            call.setArray(2, connection.createArrayOf("text", table.locations().toArray()));
            call.setString(3, table.csv() ? "c" : "t");
            call.setString(4, table.catalogOptions());
            if (limit == null) {
                call.setNull(5, Types.INTEGER);
                call.setNull(6, Types.VARCHAR);
            } else {
                call.setInt(5, limit);
                call.setString(6, table.rejectPercent() ? "p" : "r");
            }
            call.setBoolean(7, table.logErrors());
            call.setInt(8, Integer.parseInt(encoding));
            call.setBoolean(9, table.writable());
            call.execute();
        }
    }

    private static String lastPart(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.startsWith("\"") ? last.substring(1, last.length() - 1).replace("\"\"", "\"") : last;
    }

    @Nullable
    Object drop(DropExternalTable drop, Call call) throws SQLException {
        for (String name : drop.names()) {
            if (ExternalRelation.find(session.connection(), name).isEmpty()) {
                refuseDrop(name, drop.ifExists());
            }
            truncateErrorLog(name);
        }
        String ifExists = drop.ifExists() ? "if exists " : "";
        return call.on("drop foreign table " + ifExists + String.join(", ", drop.names()) + " " + drop.behaviour());
    }

    /** Empties the error log of a table, which is no part of the transaction. */
    void truncateErrorLog(String name) throws SQLException {
        Optional<ExternalRelation> relation = ExternalRelation.find(session.connection(), name);
        if (relation.isPresent()) {
            session.cluster().administration().truncateLog(relation.get().id());
        }
    }

    private void refuseDrop(String name, boolean ifExists) throws SQLException {
        try (PreparedStatement query =
                session.connection().prepareStatement("select pg_catalog.to_regclass(?) is not null")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    throw SqlErrors.error(
                            "42809",
                            "\"" + lastPart(name) + "\" is not an external table",
                            null,
                            "Use DROP TABLE to remove a base table.",
                            null);
                }
            }
        }
        if (!ifExists) {
            throw SqlErrors.error("42P01", "table \"" + lastPart(name) + "\" does not exist");
        }
    }

    /** Refuses a command for base tables on an external one. */
    void refuse(TableCommand command) throws SQLException {
        for (String name : command.names()) {
            if (ExternalRelation.find(session.connection(), name).isEmpty()) {
                continue;
            }
            if (command.truncates()) {
                throw SqlErrors.error(
                        "42809", "\"" + lastPart(name) + "\" is an external relation and can't be truncated");
            }
            throw SqlErrors.error(
                    "42809",
                    "\"" + lastPart(name) + "\" is not a base table",
                    null,
                    "Use DROP EXTERNAL TABLE to remove an external table.",
                    null);
        }
    }
}
