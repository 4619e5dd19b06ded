package io.mppconnect.transfer.write;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.TableLayout;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.type.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table that a load writes into, created and extended if that is asked for, in the load's own transaction: a load
 * that fails has changed nothing. Loads that do so at the same time wait for each other.
 */
public final class TableOnDemand {

    private final Session session;
    private final Catalog catalog;
    private final Table table;
    private final TableName name;
    private final MissingPrivileges missing;
    private Optional<TableInfo> known = Optional.empty();

    /** @param missing the privileges found missing so far; others are added before they are refused */
    public TableOnDemand(Session session, Catalog catalog, Table table, MissingPrivileges missing) {
        this.missing = missing;
        this.session = session;
        this.catalog = catalog;
        this.table = table;
        this.name = table.name();
    }

    /**
     * What the catalog says of it; nothing when it is not there and shall be created.
     *
     * @throws MppConnectException when it is not there and shall be
     */
    public Optional<TableInfo> find() throws SQLException {
        if (table.layout().isPresent() && !new TableCreation(session).exists(name)) {
            return Optional.empty();
        }
        known = Optional.of(info());
        return known;
    }

    public Table table() {
        return table;
    }

    /** What the catalog says of it when it can take the source's fields. */
    public TableInfo ready(List<Field> fields) throws SQLException {
        TableInfo info = known.isPresent() ? known.get() : created(fields);
        if (table.evolution() != SchemaEvolution.ADD_COLUMNS
                || additions(info, fields).isEmpty()) {
            return info;
        }
        missing.schema(info);
        missing.refuse();
        // Who comes second sees what the first has added.
        session.execute("LOCK TABLE " + name.sql() + " IN ACCESS EXCLUSIVE MODE");
        for (Map.Entry<String, String> column : additions(info(), fields).entrySet()) {
            session.execute("ALTER TABLE " + name.sql() + " ADD COLUMN " + TableName.quoted(column.getKey()) + " "
                    + column.getValue());
        }
        return info();
    }

    private TableInfo info() {
        return catalog.table(session.connection(), name);
    }

    private TableInfo created(List<Field> fields) throws SQLException {
        String definition = definition(fields);
        catalog.schemaOf(session.connection(), name).ifPresent(missing::creation);
        missing.refuse();
        new TableCreation(session).ensure(name, definition);
        return info();
    }

    private String definition(List<Field> fields) {
        Map<String, String> columns = columns(fields);
        TableLayout layout = table.layout().orElseThrow();
        String list = columns.entrySet().stream()
                .map(column -> TableName.quoted(column.getKey()) + " " + column.getValue())
                .collect(Collectors.joining(", "));
        return "CREATE TABLE " + name.sql() + " (" + list + ")"
                + layout.storage().map(options -> " WITH (" + options + ")").orElse("")
                + distribution(layout)
                + layout.partitions().map(clause -> " PARTITION BY " + clause).orElse("");
    }

    private static String distribution(TableLayout layout) {
        return switch (layout.distribution()) {
            case RANDOM -> " DISTRIBUTED RANDOMLY";
            case REPLICATED -> " DISTRIBUTED REPLICATED";
            case KEY ->
                " DISTRIBUTED BY ("
                        + layout.key().stream().map(TableName::quoted).collect(Collectors.joining(", ")) + ")";
        };
    }

    /** The columns of a new table and their types, in the order of the source's fields. */
    private Map<String, String> columns(List<Field> fields) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Field field : fields) {
            List<String> written = new ArrayList<>();
            table.mapped().forEach((column, from) -> {
                if (from.equals(field.name())) {
                    written.add(column);
                }
            });
            if (written.isEmpty()
                    && (table.columns().isEmpty() || table.columns().contains(field.name()))) {
                written.add(field.name());
            }
            written.forEach(column -> columns.put(column, type(field)));
        }
        if (!table.computed().isEmpty()) {
            throw cannotCreate("columns that are computed have no type of their own; create it yourself");
        }
        if (columns.isEmpty()) {
            throw cannotCreate(
                    "the source does not name its fields; read a header, name the fields, or create it yourself");
        }
        return columns;
    }

    private MppConnectException cannotCreate(String why) {
        return new MppConnectException(ErrorCode.COLUMN_MISMATCH, "Cannot create table " + name + ": " + why);
    }

    /** The fields that have no column, and the types of those they shall have. */
    private Map<String, String> additions(TableInfo info, List<Field> fields) {
        Map<String, String> additions = new LinkedHashMap<>();
        if (table.columns().isEmpty() && table.computed().isEmpty()) {
            for (Field field : fields) {
                if (info.column(field.name()).isEmpty()
                        && !table.mapped().containsValue(field.name())
                        && !TableName.isTooLong(field.name())) {
                    additions.put(field.name(), type(field));
                }
            }
        }
        return additions;
    }

    private static String type(Field field) {
        return field.type().map(ColumnType::declared).orElse("text");
    }
}
