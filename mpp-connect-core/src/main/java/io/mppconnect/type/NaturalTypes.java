package io.mppconnect.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The SQL type that a field of some Java type gets when it is loaded into no column directly. */
final class NaturalTypes {

    private static final ColumnType TEXT = ColumnType.of(TypeKind.TEXT, "text");
    private static final Map<Class<?>, ColumnType> TYPES = types();

    private NaturalTypes() {}

    /** The SQL type; text for Java types that have none of their own. */
    static ColumnType of(Class<?> javaType) {
        if (javaType.isArray() && javaType != byte[].class && javaType != char[].class) {
            return array(of(javaType.getComponentType()));
        }
        for (Map.Entry<Class<?>, ColumnType> entry : TYPES.entrySet()) {
            if (entry.getKey().isAssignableFrom(javaType)) {
                return entry.getValue();
            }
        }
        return TEXT;
    }

    private static ColumnType array(ColumnType element) {
        return element.kind() == TypeKind.ARRAY ? element : ColumnType.arrayOf(element);
    }

    private static Map<Class<?>, ColumnType> types() {
        Map<Class<?>, ColumnType> types = new LinkedHashMap<>();
        put(types, TypeKind.BOOLEAN, "bool", boolean.class, Boolean.class);
        put(types, TypeKind.INT2, "int2", byte.class, Byte.class, short.class, Short.class);
        put(types, TypeKind.INT4, "int4", int.class, Integer.class);
        put(types, TypeKind.INT8, "int8", long.class, Long.class);
        put(types, TypeKind.FLOAT4, "float4", float.class, Float.class);
        put(types, TypeKind.FLOAT8, "float8", double.class, Double.class);
        put(types, TypeKind.NUMERIC, "numeric", BigDecimal.class, BigInteger.class, Number.class);
        put(types, TypeKind.BYTEA, "bytea", byte[].class, ByteBuffer.class);
        put(types, TypeKind.DATE, "date", LocalDate.class, java.sql.Date.class);
        put(types, TypeKind.TIME, "time", LocalTime.class, Time.class);
        put(types, TypeKind.TIMETZ, "timetz", OffsetTime.class);
        put(types, TypeKind.TIMESTAMP, "timestamp", LocalDateTime.class, Timestamp.class);
        put(types, TypeKind.TIMESTAMPTZ, "timestamptz", Instant.class, OffsetDateTime.class, ZonedDateTime.class);
        put(types, TypeKind.INTERVAL, "interval", Duration.class, Period.class);
        put(types, TypeKind.UUID, "uuid", UUID.class);
        put(types, TypeKind.INET, "inet", InetAddress.class);
        return types;
    }

    private static void put(Map<Class<?>, ColumnType> types, TypeKind kind, String sql, Class<?>... javaTypes) {
        for (Class<?> javaType : javaTypes) {
            types.put(javaType, ColumnType.of(kind, sql));
        }
    }
}
