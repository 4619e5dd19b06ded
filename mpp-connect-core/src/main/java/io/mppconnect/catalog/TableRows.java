package io.mppconnect.catalog;

import io.mppconnect.catalog.Column.Generation;
import io.mppconnect.catalog.Distribution.Policy;
import io.mppconnect.catalog.TableInfo.Kind;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableInfo.Storage;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a relation of the rows of its query: one row per column, each with all that is true of the relation. */
final class TableRows {

    private TableRows() {}

    /**
     * Reads all rows, from the current one on. Empty when there is no such relation any more: the database finds its
     * name still, and nobody's privileges.
     */
    static Optional<TableQuery.Stamped> read(ResultSet rows) throws SQLException {
        if (rows.getObject("may_insert") == null) {
            return Optional.empty();
        }
        String stamp = rows.getString("stamp");
        long oid = rows.getLong("oid");
        TableName name = new TableName(Optional.of(rows.getString("schema_name")), rows.getString("table_name"));
        Kind kind = kind(rows);
        Storage storage = storage(kind, rows.getString("storage"));
        boolean partitioned = rows.getBoolean("partitioned");
        Set<Privilege> privileges = privileges(rows);
        @Nullable String policy = rows.getString("policy");
        int segments = rows.getInt("policy_segments");
        List<Integer> key = numbers(rows.getString("policy_key"));
        List<String> operatorClasses = TypeChain.strings(rows.getArray("policy_operator_classes"));

        Map<Integer, Column> numbered = new HashMap<>();
        List<Column> columns = new ArrayList<>();
        BigInteger typesWritten = null;
        do {
            int number = rows.getInt("number");
            if (!rows.wasNull()) {
                Column column = column(rows);
                numbered.put(number, column);
                columns.add(column);
            }
            long written = rows.getLong("type_written");
            if (!rows.wasNull()) {
                typesWritten = BigInteger.valueOf(written).add(typesWritten == null ? BigInteger.ZERO : typesWritten);
            }
        } while (rows.next());

        List<Distribution.Key> keys = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            Column column = numbered.get(key.get(i));
            if (column == null) {
                throw new SQLException("The distribution key of " + name + " names column number " + key.get(i)
                        + ", which it does not have");
            }
            keys.add(new Distribution.Key(
                    column.name(), i < operatorClasses.size() ? operatorClasses.get(i) : legacyOperatorClass(column)));
        }
        Distribution distribution = distribution(policy, segments, keys);
        return Optional.of(new TableQuery.Stamped(
                typesWritten == null ? stamp : stamp + " " + typesWritten,
                new TableInfo(oid, name, kind, storage, partitioned, columns, distribution, privileges),
                typesWritten != null));
    }

    private static Kind kind(ResultSet row) throws SQLException {
        boolean writable = row.getBoolean("external_writable");
        if (!row.wasNull()) {
            return writable ? Kind.EXTERNAL_WRITABLE : Kind.EXTERNAL_READABLE;
        }
        return switch (row.getString("kind")) {
            case "v" -> Kind.VIEW;
            case "m" -> Kind.MATERIALIZED_VIEW;
            case "f" -> Kind.FOREIGN_TABLE;
            default -> Kind.TABLE;
        };
    }

    private static Storage storage(Kind kind, String storage) {
        if (kind != Kind.TABLE && kind != Kind.MATERIALIZED_VIEW) {
            return Storage.NONE;
        }
        return switch (storage) {
            case "ao_row" -> Storage.APPEND_OPTIMISED_ROW;
            case "ao_column" -> Storage.APPEND_OPTIMISED_COLUMN;
            default -> Storage.HEAP;
        };
    }

    private static Set<Privilege> privileges(ResultSet row) throws SQLException {
        Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : Privilege.values()) {
            boolean granted = switch (privilege) {
                case SELECT -> row.getBoolean("may_select");
                case INSERT -> row.getBoolean("may_insert");
                case UPDATE -> row.getBoolean("may_update");
                case DELETE -> row.getBoolean("may_delete");
                case TRUNCATE -> row.getBoolean("may_truncate");
                case USE_SCHEMA -> row.getBoolean("may_use_schema");
            };
            if (granted) {
                privileges.add(privilege);
            }
        }
        return privileges;
    }

    private static Column column(ResultSet row) throws SQLException {
        TypeChain type = TypeChain.read(row);
        Generation generation = generation(row.getString("generated"), row.getString("identity"));
        @Nullable String expression = row.getString("default_expression");
        return new Column(
                row.getString("name"),
                type.columnType(),
                !row.getBoolean("not_null") && !type.notNull(),
                generation == Generation.STORED ? Optional.empty() : Optional.ofNullable(expression),
                generation,
                row.getBoolean("may_insert_column"),
                row.getBoolean("may_select_column"));
    }

    private static Generation generation(String generated, String identity) {
        if (!generated.isEmpty()) {
            return Generation.STORED;
        }
        return switch (identity) {
            case "a" -> Generation.IDENTITY_ALWAYS;
            case "d" -> Generation.IDENTITY_BY_DEFAULT;
            default -> Generation.NONE;
        };
    }

    private static Distribution distribution(@Nullable String policy, int segments, List<Distribution.Key> key) {
        if (policy == null) {
            return new Distribution(Policy.NONE, 0, List.of());
        }
        if (policy.equals("r")) {
            return new Distribution(Policy.REPLICATED, segments, List.of());
        }
        return new Distribution(key.isEmpty() ? Policy.RANDOM : Policy.HASHED, segments, key);
    }

    private static List<Integer> numbers(@Nullable String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : text == null ? new String[0] : text.split(" ")) {
            if (!number.isEmpty()) {
                numbers.add(Integer.valueOf(number));
            }
        }
        return numbers;
    }

    /** The class of a key that names none: what later versions call the hash that its type had then. */
    private static String legacyOperatorClass(Column column) {
        String type = switch (column.type().kind()) {
            case CHAR -> "bpchar";
            case VARCHAR -> "text";
            case CIDR -> "inet";
            case VARBIT -> "bit";
            case MONEY -> "cash";
            case BOOLEAN -> "bool";
            default -> column.type().kind().name().toLowerCase(Locale.ROOT);
        };
        return "cdbhash_" + type + "_ops";
    }
}
