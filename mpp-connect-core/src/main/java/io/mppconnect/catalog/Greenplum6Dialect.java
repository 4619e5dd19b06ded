package io.mppconnect.catalog;

/** Greenplum 6 and Greengage 6, of PostgreSQL 9.4. */
sealed class Greenplum6Dialect extends CatalogDialect permits Greenplum5Dialect {

    @Override
    String joins() {
        return """
                left join pg_catalog.gp_distribution_policy p on p.localoid = c.oid
                left join pg_catalog.pg_appendonly o on o.relid = c.oid
                left join pg_catalog.pg_exttable x on x.reloid = c.oid
                """;
    }

    @Override
    String storage() {
        return "case when o.columnstore then 'ao_column' when o.relid is not null then 'ao_row' else 'heap' end";
    }

    @Override
    String externalWritable() {
        return "case when x.reloid is not null then coalesce(x.writable, false) end";
    }

    @Override
    String partitioned() {
        return "exists (select 1 from pg_catalog.pg_partition q where q.parrelid = c.oid)";
    }

    @Override
    String partitions() {
        return "select t.parchildrelid from pg_catalog.pg_partition q"
                + " join pg_catalog.pg_partition_rule t on t.paroid = q.oid where q.parrelid = c.oid";
    }

    /** Append-optimised tables refuse; replicated ones return nothing. */
    @Override
    String returning() {
        return "p.policytype = 'p' and not exists (select 1 from pg_catalog.pg_appendonly y"
                + " where y.relid = c.oid or y.relid in (" + partitions() + "))";
    }

    @Override
    String identity() {
        return "''";
    }

    @Override
    String generated() {
        return "''";
    }

    @Override
    String rowSecurity() {
        return "false";
    }

    @Override
    String immovable() {
        return "exists (select 1 from pg_catalog.pg_partition q"
                + " where q.parrelid = a.attrelid and a.attnum = any (q.paratts))";
    }
}
