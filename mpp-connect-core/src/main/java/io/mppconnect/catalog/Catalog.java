package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the catalogs of one database say: its version, its segments, its tables. Made once per cluster; thread safe.
 *
 * <p>Every method that takes a connection reads within the connection's own transaction, changes nothing, and sees what
 * that session sees: its role, its search path, its temporary tables.
 */
public final class Catalog {

    private static final int TABLES_KEPT = 256;

    private final DatabaseVersion version;
    private final String role;
    private final String database;
    private volatile ExternalTablePrivileges externalTablePrivileges;
    private final TableQuery tableQuery;
    private final QueryDescriber queryDescriber;
    private final Map<TableName, TableQuery.Stamped> tables = Collections.synchronizedMap(new RecentTables());
    private volatile SegmentMap segmentMap;

    private Catalog(
            DatabaseVersion version,
            String role,
            String database,
            ExternalTablePrivileges externalTablePrivileges,
            TableQuery tableQuery,
            QueryDescriber queryDescriber,
            SegmentMap segmentMap) {
        this.version = version;
        this.role = role;
        this.database = database;
        this.externalTablePrivileges = externalTablePrivileges;
        this.tableQuery = tableQuery;
        this.queryDescriber = queryDescriber;
        this.segmentMap = segmentMap;
    }

    /**
     * Finds out what is at the other end.
     *
     * @throws MppConnectException {@link ErrorCode#UNSUPPORTED_DATABASE} when it is nothing this library knows
     */
    public static Catalog read(Connection connection) {
        return asking("the version and the segments of the database", () -> {
            DatabaseVersion version = DatabaseVersion.parse(readVersion(connection));
            CatalogDialect dialect = CatalogDialect.of(version);
            String sql = "select current_user as role, pg_catalog.current_database() as database,"
                    + " pg_catalog.getdatabaseencoding() as encoding, " + privilegeColumns(dialect);
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return new Catalog(
                        version,
                        row.getString("role"),
                        row.getString("database"),
                        privileges(row),
                        new TableQuery(dialect),
                        new QueryDescriber(dialect),
                        new SegmentMap(readSegments(connection, version), row.getString("encoding")));
            }
        });
    }

    private static String readVersion(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_catalog.version()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<Segment> readSegments(Connection connection, DatabaseVersion version) throws SQLException {
        List<Segment> segments = new ArrayList<>();
        if (!version.hasSegments()) {
            return segments;
        }
        String sql = "select dbid, content, role, status, hostname, address, port"
                + " from pg_catalog.gp_segment_configuration order by content, role desc, dbid";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                segments.add(new Segment(
                        rows.getInt("dbid"),
                        rows.getInt("content"),
                        rows.getString("role").equals("p"),
                        rows.getString("status").equals("u"),
                        rows.getString("hostname"),
                        rows.getString("address"),
                        rows.getInt("port")));
            }
        }
        return segments;
    }

    /** What is at the other end. */
    public DatabaseVersion version() {
        return version;
    }

    /** The role that the catalog was read by. */
    public String role() {
        return role;
    }

    /** The name of the database. */
    public String database() {
        return database;
    }

    /** What {@link #role} may create; no external tables where there are none. */
    public ExternalTablePrivileges externalTablePrivileges() {
        return externalTablePrivileges;
    }

    /** The same, asked again as long as something is missing: it may have been granted since. */
    public ExternalTablePrivileges externalTablePrivileges(Connection connection) {
        ExternalTablePrivileges known = externalTablePrivileges;
        if (!known.readable() || !known.writable() || !known.temporary()) {
            known = asking("the privileges of " + role, () -> readPrivileges(connection));
            externalTablePrivileges = known;
        }
        return known;
    }

    /** Whether {@link #role} may create temporary tables, asked again as long as it may not. */
    public boolean mayCreateTemporary(Connection connection) {
        return externalTablePrivileges.temporary()
                || externalTablePrivileges(connection).temporary();
    }

    /** What {@link #role} may do with the schema that a new table of the name is made in; empty when there is none. */
    public Optional<SchemaPrivileges> schemaOf(Connection connection, TableName name) {
        return asking("the privileges on the schema of " + name, () -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    select n.nspname as schema_name,
                           pg_catalog.has_schema_privilege(n.oid, 'USAGE') as may_use,
                           pg_catalog.has_schema_privilege(n.oid, 'CREATE') as may_create
                    from pg_catalog.pg_namespace n
                    where n.nspname = coalesce(cast(? as pg_catalog.name), pg_catalog.current_schema())""")) {
                statement.setString(1, name.schema().orElse(null));
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new SchemaPrivileges(
                                    row.getString("schema_name"),
                                    row.getBoolean("may_use"),
                                    row.getBoolean("may_create")))
                            : Optional.empty();
                }
            }
        });
    }

    private ExternalTablePrivileges readPrivileges(Connection connection) throws SQLException {
        String sql = "select " + privilegeColumns(CatalogDialect.of(version));
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return privileges(row);
        }
    }

    private static String privilegeColumns(CatalogDialect dialect) {
        return "pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY') as temporary, "
                + dialect.externalTablePrivileges();
    }

    private static ExternalTablePrivileges privileges(ResultSet row) throws SQLException {
        return new ExternalTablePrivileges(
                row.getBoolean("readable"), row.getBoolean("writable"), row.getBoolean("temporary"));
    }

    /** All instances by content, the primary of each before its mirror, as they were when last read. */
    public List<Segment> segments() {
        return segmentMap.segments();
    }

    /** The primaries that hold data and are up, by content; none on PostgreSQL. */
    public List<Segment> primaries() {
        return segmentMap.primaries();
    }

    /** Which segment owns which key, of the segments as they were when last read. */
    public SegmentMap segmentMap() {
        return segmentMap;
    }

    /** Reads the segments anew: after a failover, after the cluster grew. */
    public void refreshSegments(Connection connection) {
        List<Segment> segments = asking("the segments", () -> readSegments(connection, version));
        segmentMap = segmentMap.withSegments(segments);
    }

    /**
     * What the catalog says of a relation, now. One round trip: a table seen before is asked for its stamp alone, and
     * read again only when something about it has changed since.
     *
     * <p>What the stamp does not show: privileges on columns that came by membership in a role for as many others.
     *
     * @param name without a schema it is looked up along the connection's search path
     * @throws MppConnectException {@link ErrorCode#NO_SUCH_TABLE}
     */
    public TableInfo table(Connection connection, TableName name) {
        return asking("table " + name, () -> {
            TableQuery.Stamped known = tables.get(name);
            if (known != null) {
                Optional<String> stamp = tableQuery.stamp(connection, name, known);
                if (stamp.isPresent() && stamp.get().equals(known.stamp())) {
                    return known.table();
                }
                tables.remove(name, known);
            }
            Optional<TableQuery.Stamped> read = tableQuery.table(connection, name);
            if (read.isEmpty()) {
                // One that was just replaced by another is found when it is asked for again.
                read = tableQuery.table(connection, name);
            }
            if (read.isEmpty()) {
                throw noSuchTable(connection, name);
            }
            tables.put(name, read.get());
            tables.put(read.get().table().name(), read.get());
            return read.get().table();
        });
    }

    /** What a table does by itself when rows are written into it, now. */
    public TableReactions reactions(Connection connection, TableInfo table) {
        return asking(
                "the rules and triggers of " + table.name(),
                () -> ReactionQuery.of(connection, CatalogDialect.of(version), table.oid()));
    }

    /** By which keys rows of a table may be replaced, now. */
    public ReplaceKeys replaceKeys(Connection connection, TableInfo table) {
        return asking(
                "the keys of " + table.name(),
                () -> ReplaceQuery.of(connection, CatalogDialect.of(version), table.oid()));
    }

    /** The clause that spreads another table's rows as this one's, its key's columns under the same names. */
    public String distributedAs(Distribution distribution) {
        Map<String, String> names = new HashMap<>();
        distribution.key().forEach(key -> names.put(key.column(), key.column()));
        return distributedAs(distribution, names).orElse(DistributionClause.RANDOM);
    }

    /**
     * The clause that spreads another table's rows as this one's, its key's columns under other names.
     *
     * @param names what each column of the key is called there; empty is returned when one is missing, or there is no
     *     key
     */
    public Optional<String> distributedAs(Distribution distribution, Map<String, String> names) {
        return DistributionClause.by(distribution.key(), names, version);
    }

    /**
     * What follows the columns of a temporary table that each commit empties. Heap, whatever storage the database has by
     * default: small batches are cheapest there.
     *
     * @param distribution the {@code DISTRIBUTED ...} clause, for databases that distribute
     */
    public String temporary(String distribution) {
        return version.hasSegments()
                ? " WITH (appendonly=false) ON COMMIT DELETE ROWS " + distribution
                : " ON COMMIT DELETE ROWS";
    }

    /**
     * The same for many rows at once. Append-optimised, which is filled in three quarters of the time by processes that have
     * just begun, for they need not map the buffers that pages of the heap go through; that it has more entries in the
     * catalogs counts for little then. By rows and uncompressed, whatever the database does by default.
     *
     * @param distribution the {@code DISTRIBUTED ...} clause, for databases that distribute
     */
    public String temporaryForMany(String distribution) {
        return version.hasSegments()
                ? " WITH (appendonly=true, orientation=row, compresstype=none) ON COMMIT DELETE ROWS " + distribution
                : temporary(distribution);
    }

    /** Reads the table in full when it is asked for next. */
    public void forget(TableName name) {
        tables.remove(name);
    }

    /**
     * The columns that a query gives, without running it. Values may be left open as {@code ?}. A domain's column has
     * the type that the domain is of.
     *
     * @throws MppConnectException {@link ErrorCode#COLUMN_MISMATCH} when columns have no name or the same one, or the
     *     statement gives none; {@link ErrorCode#STATEMENT_FAILED} when the database does not accept the statement
     */
    public QueryInfo describe(Connection connection, String sql) {
        List<QueryDescriber.Described> columns =
                asking("the columns of query " + sql, () -> queryDescriber.describe(connection, sql));
        return new QueryInfo(
                columns.stream().map(QueryDescriber.Described::column).toList(), distribution(connection, columns));
    }

    /** The first table read whose whole distribution key is among the columns tells how the rows lie. */
    private String distribution(Connection connection, List<QueryDescriber.Described> columns) {
        Map<TableName, Map<String, String>> columnsOf = new LinkedHashMap<>();
        for (QueryDescriber.Described column : columns) {
            if (column.table() != null && column.tableColumn() != null && version.hasSegments()) {
                columnsOf
                        .computeIfAbsent(column.table(), table -> new HashMap<>())
                        .putIfAbsent(column.tableColumn(), column.column().name());
            }
        }
        for (Map.Entry<TableName, Map<String, String>> table : columnsOf.entrySet()) {
            Distribution distribution = table(connection, table.getKey()).distribution();
            Optional<String> clause = DistributionClause.by(distribution.key(), table.getValue(), version);
            if (clause.isPresent()) {
                return clause.get();
            }
        }
        return DistributionClause.RANDOM;
    }

    private MppConnectException noSuchTable(Connection connection, TableName name) throws SQLException {
        String asking;
        try (PreparedStatement statement = connection.prepareStatement("select current_user");
                ResultSet row = statement.executeQuery()) {
            row.next();
            asking = row.getString(1);
        }
        List<TableName> similar = SimilarNames.of(name, tableQuery.all(connection));
        String hint = similar.isEmpty()
                ? ""
                : similar.stream().map(TableName::toString).collect(Collectors.joining(", ", "; did you mean ", "?"));
        return new MppConnectException(
                ErrorCode.NO_SUCH_TABLE,
                "Cannot find table " + name + ": it does not exist, or role " + asking + " may not use its schema"
                        + hint);
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T asking(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new MppConnectException(
                    LostConnection.in(e) ? ErrorCode.CONNECTION : ErrorCode.STATEMENT_FAILED,
                    "Cannot read " + what + " from the catalog: " + ServerWords.of(e),
                    e);
        }
    }

    /** The tables asked for last; programs that make a table per run must not fill the memory with them. */
    private static final class RecentTables extends LinkedHashMap<TableName, TableQuery.Stamped> {

        private static final long serialVersionUID = 1L;

        RecentTables() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<TableName, TableQuery.Stamped> eldest) {
            return size() > TABLES_KEPT;
        }
    }
}
