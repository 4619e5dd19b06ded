package io.mppconnect.transfer.write;

import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.plan.LoadPlan;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.plan.TargetTable;
import io.mppconnect.transfer.write.StagingTable.Staged;
import io.mppconnect.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what the staging table holds: the source's fields as they are, and beside them what each target needs that is
 * no plain field: keys in the type of the column they match, whether a row is for the target, whether it deletes. So
 * everything that rows are chosen and matched by is evaluated once per row.
 */
final class StagingLayout {

    private static final String RANDOM = "DISTRIBUTED RANDOMLY";

    /** Types that rows cannot, or not in all versions, be spread by. */
    private static final Set<TypeKind> NOT_HASHED =
            Set.of(TypeKind.MONEY, TypeKind.COMPOSITE, TypeKind.OTHER, TypeKind.JSON, TypeKind.XML);

    private final LoadPlan plan;
    private final String prefix;
    private final List<Staged> columns = new ArrayList<>();
    private final String name = ExternalTable.uniqueName();

    StagingLayout(LoadPlan plan) {
        this.plan = plan;
        this.prefix = prefix(plan);
        for (ExternalColumn field : plan.columns()) {
            columns.add(new Staged(field.name(), field.type(), TableName.quoted(field.name())));
        }
    }

    /** What no field and no column starts with. */
    private static String prefix(LoadPlan plan) {
        String prefix = "mpp_connect_";
        List<String> taken = Stream.concat(
                        plan.columns().stream().map(ExternalColumn::name),
                        plan.targets().stream().flatMap(target -> target.values().keySet().stream()))
                .toList();
        while (startsAny(taken, prefix)) {
            prefix = "_" + prefix;
        }
        return prefix;
    }

    private static boolean startsAny(List<String> names, String prefix) {
        return names.stream().anyMatch(taken -> taken.startsWith(prefix));
    }

    List<StagedTarget> targets() {
        List<StagedTarget> targets = new ArrayList<>();
        for (TargetPlan target : plan.targets()) {
            targets.add(target(target, targets.size() + 1));
        }
        return targets;
    }

    private StagedTarget target(TargetPlan target, int number) {
        // Of one target, a row that the filter leaves out need not be kept; of several, one of them may want it.
        Optional<String> chosen = plan.targets().size() == 1
                ? Optional.empty()
                : target.filter().map(filter -> added("chosen_" + number, "boolean", filter + " IS TRUE"));
        Map<String, String> keys = new LinkedHashMap<>();
        for (String column : target.target().mode().match()) {
            keys.put(column, key(target, column, "key_" + number + "_" + (keys.size() + 1), chosen));
        }
        Optional<String> deleting = target.target()
                .mode()
                .deletion()
                .map(sql -> added("deletes_" + number, "boolean", TargetPlan.enclosed(sql) + " IS TRUE"));
        return new StagedTarget(
                target, TableName.quoted(name), plan.columns(), keys, chosen, deleting, prefix + "rank");
    }

    /** A field that has the column's own type serves as it is. */
    private String key(TargetPlan target, String column, String added, Optional<String> chosen) {
        String type = target.target().column(column).type().sql();
        String field = target.fields().get(column);
        String value = String.valueOf(target.values().get(column));
        if (field != null
                && value.equals(TableName.quoted(field))
                && typeOf(field).equals(type)) {
            return field;
        }
        String condition = target.filter().orElse("");
        return added(added, type, chosen.isEmpty() ? value : "CASE WHEN " + condition + " THEN " + value + " END");
    }

    private String typeOf(String field) {
        return plan.columns().stream()
                .filter(column -> column.name().equals(field))
                .map(ExternalColumn::type)
                .findFirst()
                .orElse("");
    }

    private String added(String suffix, String type, String value) {
        columns.add(new Staged(prefix + suffix, type, value));
        return prefix + suffix;
    }

    /** The table for these targets, spread so that as few rows as possible move once more. */
    StagingTable table(List<StagedTarget> targets, Catalog catalog, UnaryOperator<String> temporary) {
        Optional<String> filter = targets.size() == 1 ? targets.get(0).plan().filter() : Optional.empty();
        return new StagingTable(name, columns, temporary.apply(distribution(targets, catalog)), filter);
    }

    /** As the first target whose key is matched; else by what is matched. */
    private static String distribution(List<StagedTarget> targets, Catalog catalog) {
        List<StagedTarget> matching = targets.stream()
                .filter(target -> target.plan().target().mode().kind().matches())
                .toList();
        return matching.stream()
                .flatMap(target -> {
                    TargetTable table = target.plan().target();
                    return catalog.distributedAs(table.info().distribution(), target.keys()).stream();
                })
                .findFirst()
                .orElseGet(() -> matching.isEmpty() ? RANDOM : byKey(matching.get(0)));
    }

    private static String byKey(StagedTarget target) {
        WriteMode mode = target.plan().target().mode();
        boolean hashed = mode.match().stream()
                .noneMatch(column -> NOT_HASHED.contains(
                        target.plan().target().column(column).type().kind()));
        return hashed
                ? target.keyColumns().stream().distinct().collect(Collectors.joining(", ", "DISTRIBUTED BY (", ")"))
                : RANDOM;
    }
}
