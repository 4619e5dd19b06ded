package io.mppconnect.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Says in SQL how a table's rows are to be spread. */
final class DistributionClause {

    static final String RANDOM = "DISTRIBUTED RANDOMLY";

    /** The hash before Greenplum 6; since then it is not the default, and has to be named. */
    private static final String LEGACY_HASH = "cdbhash_";

    private static final int FIRST_WITH_OPERATOR_CLASSES = 6;

    private DistributionClause() {}

    /**
     * By this key, under other names.
     *
     * @param names what each column of the key is called; empty is returned when one is missing, or there is no key
     */
    static Optional<String> by(List<Distribution.Key> key, Map<String, String> names, DatabaseVersion version) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        boolean nameable =
                version.family() == DatabaseFamily.CLOUDBERRY || version.major() >= FIRST_WITH_OPERATOR_CLASSES;
        StringJoiner columns = new StringJoiner(", ", "DISTRIBUTED BY (", ")");
        for (Distribution.Key part : key) {
            String name = names.get(part.column());
            if (name == null) {
                return Optional.empty();
            }
            boolean named = nameable && part.operatorClass().startsWith(LEGACY_HASH);
            columns.add(TableName.quoted(name) + (named ? " " + part.operatorClass() : ""));
        }
        return Optional.of(columns.toString());
    }
}
