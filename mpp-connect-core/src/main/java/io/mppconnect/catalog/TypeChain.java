package io.mppconnect.catalog;

import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type as the catalog resolves it, one step per level: a domain leads to its base type, an array to its elements.
 *
 * <p>Levels are columns of one row rather than rows of a recursion, because every supported base can plan that, and
 * fast. What is nested deeper than {@link #LEVELS} keeps its name and travels as text.
 */
record TypeChain(List<Level> levels) {

    /** Enough for a domain over a domain over an array of a domain over any type. */
    static final int LEVELS = 5;

    private static final int TYPE_MODIFIER_HEADER = 4;
    /** What PostgreSQL before 10 calls the type of a bare string constant. */
    private static final int UNKNOWN = 705;

    /**
     * @param type the class of the type as {@code typtype} has it: b, c, d, e, r, p
     * @param modifier -1 without
     */
    record Level(long oid, String sql, char type, boolean notNull, int modifier, List<String> labels) {}

    /** The columns of a SELECT that {@link #read} takes a chain from. */
    static String columns(CatalogDialect dialect, String modifier) {
        StringBuilder sql = new StringBuilder();
        String levelModifier = modifier;
        for (int i = 0; i < LEVELS; i++) {
            String t = "t" + i;
            sql.append(i == 0 ? "" : ", ")
                    .append(t + ".oid as oid" + i)
                    .append(", pg_catalog.format_type(" + t + ".oid, " + levelModifier + ") as sql" + i)
                    .append(", " + t + ".typtype as type" + i)
                    .append(", " + t + ".typnotnull as not_null" + i)
                    .append(", " + levelModifier + " as modifier" + i)
                    .append(", case when " + t + ".typtype = 'e' then array(select e.enumlabel::text"
                            + " from pg_catalog.pg_enum e where e.enumtypid = " + t + ".oid order by "
                            + dialect.enumOrder() + ") end as labels" + i)
                    .append('\n');
            levelModifier = "case " + t + ".typtype when 'd' then " + t + ".typtypmod else " + levelModifier + " end";
        }
        return sql.toString();
    }

    /** A number that grows when anything changes that {@link #columns} tells: a sum of the transactions that wrote it. */
    static String written() {
        List<String> types = new ArrayList<>();
        List<String> oids = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            types.add("coalesce(t" + i + ".xmin::text::bigint, 0)");
            oids.add("t" + i + ".oid");
        }
        return String.join(" + ", types)
                + " + coalesce((select pg_catalog.sum(e.xmin::text::bigint) from pg_catalog.pg_enum e where e.enumtypid in ("
                + String.join(", ", oids) + ")), 0)";
    }

    /**
     * The joins that {@link #columns} and {@link #written} need. The two vector types of the catalogs look like arrays and
     * are not written like them.
     */
    static String joins(String oid) {
        StringBuilder sql = new StringBuilder();
        String levelOid = oid;
        for (int i = 0; i < LEVELS; i++) {
            String t = "t" + i;
            sql.append("left join pg_catalog.pg_type " + t + " on " + t + ".oid = " + levelOid + "\n");
            levelOid = "case when " + t + ".typtype = 'd' then " + t + ".typbasetype when " + t + ".typlen = -1 and "
                    + t + ".oid not in (22, 30) then " + t + ".typelem end";
        }
        return sql.toString();
    }

    static TypeChain read(ResultSet row) throws SQLException {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            long oid = row.getLong("oid" + i);
            if (row.wasNull()) {
                break;
            }
            levels.add(new Level(
                    oid,
                    row.getString("sql" + i),
                    row.getString("type" + i).charAt(0),
                    row.getBoolean("not_null" + i),
                    row.getInt("modifier" + i),
                    strings(row.getArray("labels" + i))));
        }
        return new TypeChain(levels);
    }

    static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** Whether a domain on the way to the base type forbids NULL. */
    boolean notNull() {
        for (Level level : levels) {
            if (level.type() != 'd') {
                return false;
            }
            if (level.notNull()) {
                return true;
            }
        }
        return false;
    }

    ColumnType columnType() {
        return columnType(0);
    }

    private ColumnType columnType(int index) {
        Level level = levels.get(index);
        boolean nested = index + 1 < levels.size();
        if (level.type() == 'd' && nested) {
            ColumnType base = columnType(index + 1);
            return new ColumnType(
                    base.kind(),
                    base.sql(),
                    Optional.of(level.sql()),
                    base.length(),
                    base.precision(),
                    base.scale(),
                    base.element(),
                    base.labels());
        }
        if (nested) {
            return new ColumnType(
                    TypeKind.ARRAY,
                    level.sql(),
                    Optional.empty(),
                    -1,
                    -1,
                    -1,
                    Optional.of(columnType(index + 1)),
                    List.of());
        }
        return plain(level);
    }

    private static ColumnType plain(Level level) {
        TypeKind kind = kind(level);
        boolean modified = level.modifier() >= TYPE_MODIFIER_HEADER;
        int modifier = level.modifier() - TYPE_MODIFIER_HEADER;
        int length = switch (kind) {
            case CHAR, VARCHAR -> modified ? modifier : -1;
            case BIT, VARBIT -> level.modifier();
            default -> -1;
        };
        boolean digits = modified && kind == TypeKind.NUMERIC;
        return new ColumnType(
                kind,
                level.oid() == UNKNOWN ? "text" : level.sql(),
                Optional.empty(),
                length,
                digits ? modifier >>> 16 : -1,
                digits ? scale(modifier) : -1,
                Optional.empty(),
                level.labels());
    }

    /** Eleven bits with a sign, since PostgreSQL 15 allows scales below zero. */
    private static int scale(int modifier) {
        return ((modifier & 0x7ff) ^ 0x400) - 0x400;
    }

    private static TypeKind kind(Level level) {
        return switch (level.type()) {
            case 'e' -> TypeKind.ENUM;
            case 'c' -> TypeKind.COMPOSITE;
            case 'r' -> TypeKind.RANGE;
            default -> builtIn(level.oid());
        };
    }

    /** Built-in types have the same numbers everywhere. */
    private static TypeKind builtIn(long oid) {
        return switch ((int) oid) {
            case 16 -> TypeKind.BOOLEAN;
            case 17 -> TypeKind.BYTEA;
            case 20 -> TypeKind.INT8;
            case 21 -> TypeKind.INT2;
            case 23 -> TypeKind.INT4;
            case 25, UNKNOWN -> TypeKind.TEXT;
            case 26 -> TypeKind.OID;
            case 114 -> TypeKind.JSON;
            case 142 -> TypeKind.XML;
            case 650 -> TypeKind.CIDR;
            case 700 -> TypeKind.FLOAT4;
            case 701 -> TypeKind.FLOAT8;
            case 790 -> TypeKind.MONEY;
            case 829 -> TypeKind.MACADDR;
            case 869 -> TypeKind.INET;
            case 1042 -> TypeKind.CHAR;
            case 1043 -> TypeKind.VARCHAR;
            case 1082 -> TypeKind.DATE;
            case 1083 -> TypeKind.TIME;
            case 1114 -> TypeKind.TIMESTAMP;
            case 1184 -> TypeKind.TIMESTAMPTZ;
            case 1186 -> TypeKind.INTERVAL;
            case 1266 -> TypeKind.TIMETZ;
            case 1560 -> TypeKind.BIT;
            case 1562 -> TypeKind.VARBIT;
            case 1700 -> TypeKind.NUMERIC;
            case 2950 -> TypeKind.UUID;
            case 3802 -> TypeKind.JSONB;
            default -> TypeKind.OTHER;
        };
    }
}
