package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.util.Set;

/** One column of a distribution key: how its values are read, and which of the two hashes it takes. */
final class KeyColumn {

    private static final String LEGACY = "cdbhash_";

    private final String name;
    private final ColumnType type;
    private final boolean legacy;
    private final StoredValues values;

    private KeyColumn(String name, ColumnType type, boolean legacy, StoredValues values) {
        this.name = name;
        this.type = type;
        this.legacy = legacy;
        this.values = values;
    }

    /** @throws MppConnectException when the hash of the operator class is not known here */
    static KeyColumn of(Column column, String operatorClass, Charset encoding) {
        boolean legacy = operatorClass.startsWith(LEGACY);
        String modern = legacy ? operatorClass.substring(LEGACY.length()) : operatorClass;
        ColumnType type = column.type();
        if (!operatorClasses(type.kind()).contains(modern) || !hashable(type, legacy)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot place rows by column " + column.name() + ": the hash of " + type + " by operator class "
                            + operatorClass + " is not known; ask the database for gp_segment_id");
        }
        return new KeyColumn(column.name(), type, legacy, new StoredValues(type, encoding));
    }

    private static boolean hashable(ColumnType type, boolean legacy) {
        return switch (type.kind()) {
            case ARRAY ->
                !legacy
                        && type.element().isPresent()
                        && !operatorClasses(type.element().get().kind()).isEmpty()
                        && hashable(type.element().get(), false);
            // What other forms drop or round, the database alone knows.
            case INTERVAL -> type.sql().equals("interval");
            default -> true;
        };
    }

    /** Those that hash as the type's own class does. */
    private static Set<String> operatorClasses(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> Set.of("bool_ops");
            case INT2, INT4, INT8 -> Set.of("int2_ops", "int4_ops", "int8_ops");
            case OID -> Set.of("oid_ops");
            case FLOAT4 -> Set.of("float4_ops");
            case FLOAT8 -> Set.of("float8_ops");
            case NUMERIC -> Set.of("numeric_ops");
            case CHAR -> Set.of("bpchar_ops", "bpchar_pattern_ops");
            case VARCHAR, TEXT -> Set.of("text_ops", "varchar_ops", "text_pattern_ops", "varchar_pattern_ops");
            case BYTEA -> Set.of("bytea_ops");
            case DATE -> Set.of("date_ops");
            case TIME -> Set.of("time_ops");
            case TIMETZ -> Set.of("timetz_ops");
            case TIMESTAMP -> Set.of("timestamp_ops");
            case TIMESTAMPTZ -> Set.of("timestamptz_ops");
            case INTERVAL -> Set.of("interval_ops");
            case UUID -> Set.of("uuid_ops");
            case BIT, VARBIT -> Set.of("bit_ops", "varbit_ops");
            case INET, CIDR -> Set.of("inet_ops", "cidr_ops");
            case MACADDR -> Set.of("macaddr_ops");
            case ARRAY -> Set.of("array_ops");
            default -> Set.of();
        };
    }

    boolean legacy() {
        return legacy;
    }

    /** Whether the value is all that there is to hash: whether the column is of an integer type that can hold it. */
    boolean holds(long value) {
        return switch (type.kind()) {
            case INT2 -> value == (short) value;
            case INT4 -> value == (int) value;
            case INT8 -> true;
            default -> false;
        };
    }

    /** @throws MppConnectException when the column could not hold the value; it is not named, nor is what was wrong */
    StoredValue store(Object value) {
        try {
            return values.of(value);
        } catch (ClassCastException e) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot place a row by column " + name + ": it is " + type + ", which is not made of "
                            + value.getClass().getName() + "; the text that SQL would read always is");
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA, "Invalid key: its value for column " + name + " is no " + type);
        }
    }
}
