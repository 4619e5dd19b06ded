package io.mppconnect.type;

/** The kinds of column types that values are converted for; everything else travels as text. */
public enum TypeKind {
    BOOLEAN,
    INT2,
    INT4,
    INT8,
    OID,
    FLOAT4,
    FLOAT8,
    NUMERIC,
    MONEY,
    /** {@code char(n)}, blank padded. */
    CHAR,
    VARCHAR,
    TEXT,
    BYTEA,
    DATE,
    TIME,
    TIMETZ,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    UUID,
    JSON,
    JSONB,
    XML,
    BIT,
    VARBIT,
    INET,
    CIDR,
    MACADDR,
    ENUM,
    ARRAY,
    COMPOSITE,
    RANGE,
    /** Any other type, in its text form. */
    OTHER
}
