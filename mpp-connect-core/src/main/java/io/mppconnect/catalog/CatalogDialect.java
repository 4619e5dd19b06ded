package io.mppconnect.catalog;

/**
 * How the catalogs of one family differ from the others': fragments of SQL over the aliases {@code c} (pg_class),
 * {@code a} (pg_attribute) and those that {@link #joins} brings.
 *
 * <p>Here is what most have; each dialect says what it has otherwise.
 */
abstract sealed class CatalogDialect permits Greenplum6Dialect, Greenplum7Dialect, PostgresqlDialect {

    static CatalogDialect of(DatabaseVersion version) {
        return switch (version.family()) {
            case POSTGRESQL -> new PostgresqlDialect();
            case CLOUDBERRY -> new Greenplum7Dialect();
            case GREENPLUM, GREENGAGE ->
                switch (version.major()) {
                    case 5 -> new Greenplum5Dialect();
                    case 6 -> new Greenplum6Dialect();
                    default -> new Greenplum7Dialect();
                };
        };
    }

    /** What the other fragments need beside pg_class and pg_attribute, each row of pg_class at most once. */
    abstract String joins();

    /** {@code heap}, {@code ao_row} or {@code ao_column}. */
    abstract String storage();

    /** NULL unless the relation is an external table; then whether it is a writable one. */
    abstract String externalWritable();

    /** Two booleans: whether the role may create readable and writable external tables over gpfdist. */
    String externalTablePrivileges() {
        return """
                rolsuper or rolcreaterextgpfd as readable, rolsuper or rolcreatewextgpfd as writable
                from pg_catalog.pg_roles where rolname = current_user""";
    }

    /** {@code p}: spread by key or at random, {@code r}: replicated, NULL: not distributed. */
    String policy() {
        return "p.policytype";
    }

    String policySegments() {
        return "p.numsegments";
    }

    /** The numbers of the key's columns, as text between blanks. */
    String policyKey() {
        return "p.distkey::text";
    }

    /** The names of the key's operator classes, in the same order; NULL where the type alone decides. */
    String policyOperatorClasses() {
        return """
                array(select k.opcname::text
                      from pg_catalog.generate_series(0, pg_catalog.array_upper(p.distclass, 1)) i
                      join pg_catalog.pg_opclass k on k.oid = p.distclass[i]
                      order by i)""";
    }

    String partitioned() {
        return "c.relkind = 'p'";
    }

    /** The numbers of all partitions of table {@code c}, those of partitions included. */
    String partitions() {
        return "select t.relid from pg_catalog.pg_partition_tree(c.oid) t where t.relid <> c.oid";
    }

    String truncatable() {
        return "pg_catalog.has_table_privilege(c.oid, 'TRUNCATE')";
    }

    /** Whether the role has a privilege on the column, by one on the table or on the column alone. */
    String columnPrivilege(String privilege) {
        return "pg_catalog.has_column_privilege(c.oid, a.attnum, '" + privilege + "')";
    }

    /** {@code a}: always, {@code d}: by default, empty: none. */
    String identity() {
        return "a.attidentity";
    }

    /** {@code s}: stored, empty: none. */
    String generated() {
        return "a.attgenerated";
    }

    /** What puts the labels {@code e} (pg_enum) into their order. */
    String enumOrder() {
        return "e.enumsortorder";
    }

    /** Whether trigger {@code g} (pg_trigger) belongs to a constraint. */
    String internalTrigger() {
        return "g.tgisinternal";
    }

    /** Whether index {@code i} (pg_index) refuses a row at once, and compares values as their columns do. */
    String immediateAsCollated() {
        return """
                i.indimmediate
                and not exists (select 1 from pg_catalog.pg_attribute x
                                join pg_catalog.pg_attribute y
                                  on y.attrelid = i.indrelid and y.attnum = i.indkey[x.attnum - 1]
                                where x.attrelid = i.indexrelid and x.attcollation <> y.attcollation)""";
    }

    /**
     * Whether {@code WITH gone AS (DELETE FROM c ... RETURNING ...) SELECT ...} returns what was deleted; true only where that
     * was seen.
     */
    String returning() {
        return "false";
    }

    /** Whether policies hide rows of the table. */
    String rowSecurity() {
        return "c.relrowsecurity";
    }

    /** Whether an update of column {@code a} fails when it moves the row to another partition or segment. */
    String immovable() {
        return "false";
    }
}
