package io.mppconnect.catalog;

/** PostgreSQL 12 and later: no segments, no external tables. */
final class PostgresqlDialect extends CatalogDialect {

    @Override
    String joins() {
        return "";
    }

    @Override
    String storage() {
        return "'heap'";
    }

    @Override
    String externalWritable() {
        return "null::boolean";
    }

    @Override
    String externalTablePrivileges() {
        return "false as readable, false as writable";
    }

    @Override
    String returning() {
        return "true";
    }

    @Override
    String policy() {
        return "null::text";
    }

    @Override
    String policySegments() {
        return "0";
    }

    @Override
    String policyKey() {
        return "null::text";
    }

    @Override
    String policyOperatorClasses() {
        return "null::text[]";
    }
}
