package io.mppconnect.catalog;

/** Greenplum 7 and Greengage 7, of PostgreSQL 12, and Cloudberry, of PostgreSQL 14. */
final class Greenplum7Dialect extends CatalogDialect {

    @Override
    String joins() {
        return """
                left join pg_catalog.gp_distribution_policy p on p.localoid = c.oid
                left join pg_catalog.pg_am m on m.oid = c.relam
                left join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
                left join pg_catalog.pg_foreign_server x on x.oid = f.ftserver and x.srvname = 'gp_exttable_server'
                """;
    }

    /** Cloudberry's PAX keeps columns together, too. */
    @Override
    String storage() {
        return "case when m.amname = 'ao_row' then 'ao_row' when m.amname in ('ao_column', 'pax') then 'ao_column'"
                + " else 'heap' end";
    }

    @Override
    String externalWritable() {
        return "case when x.oid is not null then coalesce('is_writable=true' = any (f.ftoptions), false) end";
    }
}
