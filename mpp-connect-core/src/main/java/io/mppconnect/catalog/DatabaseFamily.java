package io.mppconnect.catalog;

/** The databases that this library knows. */
public enum DatabaseFamily {
    /** Greenplum Database, WarehousePG included. */
    GREENPLUM("Greenplum"),
    GREENGAGE("Greengage"),
    CLOUDBERRY("Apache Cloudberry"),
    /** PostgreSQL itself, which has no segments. */
    POSTGRESQL("PostgreSQL");

    private final String title;

    DatabaseFamily(String title) {
        this.title = title;
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return title;
    }
}
