package io.mppconnect.transfer.serve;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lasting external table in the database: made and dropped, and nothing else touched that has its name. */
final class ServedDefinition {

    /** Tells, behind a path that none but this library makes, that a table is one of these. */
    private static final String MARK = "?mpp-connect-served=";

    private static final Pattern OURS =
            Pattern.compile("gpfdists?://[^/]+/[0-9a-f]{32}" + Pattern.quote(MARK) + "\\d+");

    private static final Duration DROP_LIMIT = Duration.ofSeconds(10);
    private static final String DUPLICATE = "42P07";

    private final Session session;
    private final TableName name;

    ServedDefinition(Session session, TableName name) {
        this.session = session;
        this.name = name;
    }

    /** A relation of the name, as the catalog has it. */
    record Found(long oid, TableName name, List<String> locations) {

        boolean isServed() {
            return !locations.isEmpty()
                    && locations.stream()
                            .allMatch(location -> OURS.matcher(location).matches());
        }
    }

    /** The locations of a path: one for so many segments as read from one location by default. */
    static List<String> locations(String url, int segments, int perLocation) {
        List<String> locations = new ArrayList<>();
        for (int i = 1; i <= Math.max(1, (segments + perLocation - 1) / perLocation); i++) {
            locations.add(url + MARK + i);
        }
        return locations;
    }

    /**
     * Makes the table.
     *
     * @param sql the CREATE statement
     * @param replacing whether one of these that is there is dropped before
     */
    Found create(ServeJob job, String sql) throws SQLException {
        Found there = find();
        if (there != null && job.replacing() && there.isServed()) {
            drop(there);
        } else if (there != null) {
            throw taken(job, there);
        }
        try {
            session.execute(sql);
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
                throw taken(job, null);
            }
            throw e;
        }
        Found made = find();
        if (made == null) {
            throw new IllegalStateException(name + " is not where it was made");
        }
        return made;
    }

    private MppConnectException taken(ServeJob job, @Nullable Found there) {
        String why = there != null && job.replacing()
                ? "there is a relation of that name that is none of the kind that replacing() replaces; choose another name"
                : "there is a relation of that name; choose another, drop it, or take replacing() if an application has"
                        + " left it that was killed";
        return new MppConnectException(ErrorCode.INVALID_OPTION, "Cannot expose " + job + " as " + name + ": " + why);
    }

    /** Drops a table if it is still there; by its name, but no other that has it by now. */
    void drop(Found found) throws SQLException {
        if (!exists(found)) {
            return;
        }
        // Looking at it locks it, whichever has the name; so the one that is looked up then is the one that is dropped.
        session.execute("EXPLAIN SELECT 1 FROM " + found.name().sql(), DROP_LIMIT);
        if (exists(found)) {
            session.execute("DROP EXTERNAL TABLE " + found.name().sql(), DROP_LIMIT);
        }
    }

    private boolean exists(Found found) throws SQLException {
        boolean[] exists = new boolean[1];
        session.visit(
                "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.oid = ? AND n.nspname = ? AND c.relname = ?",
                List.of(
                        found.oid(),
                        found.name().schema().orElse(""),
                        found.name().table()),
                row -> exists[0] = true);
        return exists[0];
    }

    /** What has the name, along the search path when it names no schema. */
    private @Nullable Found find() throws SQLException {
        String where = name.schema().isPresent()
                ? "n.nspname = ? AND c.relname = ?"
                : "pg_catalog.pg_table_is_visible(c.oid) AND c.relname = ?";
        List<String> values =
                name.schema().map(schema -> List.of(schema, name.table())).orElse(List.of(name.table()));
        @Nullable Found[] found = new Found[1];
        session.visit(
                "SELECT c.oid, n.nspname, c.relname, x.urilocation FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " LEFT JOIN pg_catalog.pg_exttable x ON x.reloid = c.oid WHERE " + where,
                values,
                row -> found[0] = new Found(
                        row.getLong(1),
                        new TableName(Optional.of(row.getString(2)), row.getString(3)),
                        row.getArray(4) == null
                                ? List.of()
                                : List.of((String[]) row.getArray(4).getArray())));
        return found[0];
    }
}
