package io.mppconnect.kafka;

import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;

/** What is known of a record besides its key and value; each can be a field of the row. */
public enum Metadata {
    /** The topic's name: {@code topic}, a {@code text}. */
    TOPIC("topic", TypeKind.TEXT, "text"),
    /** The partition's number: {@code partition}, an {@code integer}. */
    PARTITION("partition", TypeKind.INT4, "integer"),
    /** The record's offset in its partition: {@code offset}, a {@code bigint}. */
    OFFSET("offset", TypeKind.INT8, "bigint"),
    /** {@code timestamp}, a {@code timestamptz}; NULL for a record without one. */
    TIMESTAMP("timestamp", TypeKind.TIMESTAMPTZ, "timestamp with time zone"),
    /** Who gave the timestamp: {@code timestamp_type}, a {@code text}: {@code CreateTime} or {@code LogAppendTime}. */
    TIMESTAMP_TYPE("timestamp_type", TypeKind.TEXT, "text"),
    /** The key's bytes: {@code key}, a {@code bytea}; NULL for a record without one. */
    KEY("key", TypeKind.BYTEA, "bytea"),
    /** The key as UTF-8 text: {@code key_text}, a {@code text}; NULL for a record without one. */
    KEY_TEXT("key_text", TypeKind.TEXT, "text"),
    /**
     * {@code headers}, a {@code json} object: of each name the value as text, NULL for none, an array of them where the
     * name comes again; a value that is not UTF-8 is an object with its bytes: <code>{"base64": "/wA="}</code>.
     */
    HEADERS("headers", TypeKind.JSON, "json"),
    /** Whether the record has no value: {@code tombstone}, a {@code boolean}. */
    TOMBSTONE("tombstone", TypeKind.BOOLEAN, "boolean");

    private final String field;
    private final TypeKind kind;
    private final String sql;

    Metadata(String field, TypeKind kind, String sql) {
        this.field = field;
        this.kind = kind;
        this.sql = sql;
    }

    /** The name of its field, unless it is given another. */
    public String field() {
        return field;
    }

    /** The type of its field. */
    public ColumnType type() {
        return ColumnType.of(kind, sql);
    }
}
