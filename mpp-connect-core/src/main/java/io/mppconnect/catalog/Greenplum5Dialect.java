package io.mppconnect.catalog;

/** Greenplum 5, of PostgreSQL 8.3: every table is spread over all segments, by the legacy hash or at random. */
final class Greenplum5Dialect extends Greenplum6Dialect {

    @Override
    String policy() {
        return "case when p.localoid is not null then 'p' end";
    }

    @Override
    String policySegments() {
        return "(select pg_catalog.count(*) from pg_catalog.gp_segment_configuration s"
                + " where s.content >= 0 and s.role = 'p')";
    }

    @Override
    String policyKey() {
        return "pg_catalog.array_to_string(p.attrnums, ' ')";
    }

    @Override
    String policyOperatorClasses() {
        return "null::text[]";
    }

    /** Its base knows no WITH. */
    @Override
    String returning() {
        return "false";
    }

    /** There is no such privilege yet: owners truncate. */
    @Override
    String truncatable() {
        return "pg_catalog.pg_has_role(c.relowner, 'USAGE')";
    }

    @Override
    String enumOrder() {
        return "e.oid";
    }

    /** Its base knows no privileges on columns. */
    @Override
    String columnPrivilege(String privilege) {
        return "pg_catalog.has_table_privilege(c.oid, '" + privilege + "')";
    }

    @Override
    String internalTrigger() {
        return "g.tgisconstraint";
    }

    /** It can neither be put off nor collated yet. */
    @Override
    String immediateAsCollated() {
        return "true";
    }

    @Override
    String immovable() {
        return "(" + super.immovable() + " or exists (select 1 from pg_catalog.gp_distribution_policy q"
                + " where q.localoid = a.attrelid and a.attnum = any (q.attrnums)))";
    }
}
