package io.mppconnect.type;

import java.util.List;
import java.util.Optional;

/**
 * The SQL type of a column, domains resolved.
 *
 * @param kind what it is converted as; a domain has the kind of its base type
 * @param sql how SQL spells it, quoted and with its modifiers: {@code numeric(10,2)}, {@code "Mood"}, {@code int4[]};
 *     for a domain this is the base type's
 * @param domain the domain's own name in SQL, when the column has one
 * @param length the declared length of {@code char}, {@code varchar}, {@code bit} and {@code varbit}; -1 without
 * @param precision the declared digits of a {@code numeric}; -1 without
 * @param scale the declared fraction digits of a {@code numeric}; -1 without
 * @param element the element type of an array
 * @param labels the labels of an enum, in order
 */
public record ColumnType(
        TypeKind kind,
        String sql,
        Optional<String> domain,
        int length,
        int precision,
        int scale,
        Optional<ColumnType> element,
        List<String> labels) {

    public ColumnType {
        labels = List.copyOf(labels);
    }

    /** A type without modifiers. */
    public static ColumnType of(TypeKind kind, String sql) {
        return new ColumnType(kind, sql, Optional.empty(), -1, -1, -1, Optional.empty(), List.of());
    }

    /** An array of elements of this type, of any number of dimensions. */
    public static ColumnType arrayOf(ColumnType element) {
        return new ColumnType(
                TypeKind.ARRAY, element.sql() + "[]", Optional.empty(), -1, -1, -1, Optional.of(element), List.of());
    }

    /**
     * Whether values that {@code =} calls equal are the same to the last character. {@code 1.0} and {@code 1.00} are equal
     * as a {@code numeric}, but of a {@code numeric(p,s)} there is one of them only.
     */
    public boolean equalMeansSame() {
        return switch (kind) {
            case BOOLEAN, INT2, INT4, INT8, OID, MONEY, VARCHAR, TEXT, BYTEA -> true;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, MACADDR, ENUM -> true;
            case NUMERIC -> precision >= 0;
            case CHAR -> length >= 0;
            default -> false;
        };
    }

    /** What the table's definition says: the domain's name, or the type's. */
    public String declared() {
        return domain.orElse(sql);
    }

    @Override
    public String toString() {
        return declared();
    }
}
