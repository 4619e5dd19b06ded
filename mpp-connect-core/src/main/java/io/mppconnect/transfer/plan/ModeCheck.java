package io.mppconnect.transfer.plan;

import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableReactions.Event;
import io.mppconnect.spi.Field;
import io.mppconnect.type.TypeKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects what is wrong with the way rows are to meet those of a table. */
final class ModeCheck {

    private static final Set<TypeKind> WITHOUT_EQUALITY = Set.of(TypeKind.JSON, TypeKind.XML);

    private final TargetTable target;
    private final WriteMode mode;
    private final List<Field> fields;
    private final Set<String> written;
    private final List<String> problems;

    /** @param written the columns that something is written to */
    ModeCheck(TargetTable target, List<Field> fields, Set<String> written, List<String> problems) {
        this.target = target;
        this.mode = target.mode();
        this.fields = fields;
        this.written = written;
        this.problems = problems;
    }

    void run() {
        options();
        matchColumns();
        updateColumns();
        updateTriggers();
        orderFields();
        rules();
    }

    private void options() {
        if (!mode.kind().updates()) {
            if (!mode.update().isEmpty()) {
                problems.add("updating(...) needs upsertBy(...) or updateBy(...)");
            }
            if (mode.deletion().isPresent()) {
                problems.add("deleteWhen(...) needs upsertBy(...) or updateBy(...)");
            }
        }
        if (!mode.kind().matches()) {
            if (mode.condition().isPresent()) {
                problems.add("when(...) needs upsertBy(...), updateBy(...) or deleteBy(...)");
            }
            if (!mode.order().isEmpty()) {
                problems.add("latestBy(...) needs upsertBy(...), updateBy(...) or deleteBy(...)");
            }
        }
    }

    private void matchColumns() {
        Set<String> seen = new HashSet<>();
        for (String name : mode.match()) {
            if (!seen.add(name)) {
                problems.add("column " + name + " is matched twice");
            } else if (exists(name)) {
                Column column = target.column(name);
                if (!written.contains(name)) {
                    problems.add("no field of the source has a value for column " + name + ", which is to be matched");
                }
                if (WITHOUT_EQUALITY.contains(column.type().kind())) {
                    problems.add("column " + name + " cannot be matched: " + column.type() + " has no equality");
                }
            }
        }
    }

    private void updateColumns() {
        Set<String> seen = new HashSet<>();
        for (String name : mode.update()) {
            if (!seen.add(name)) {
                problems.add("column " + name + " is to be updated twice");
            } else if (mode.match().contains(name)) {
                problems.add("column " + name + " is matched, so there is nothing to update in it");
            } else if (exists(name) && !written.contains(name)) {
                problems.add("no field of the source has a value for column " + name + ", which is to be updated");
            }
        }
        if (mode.kind() == WriteMode.Kind.UPDATE
                && mode.deletion().isEmpty()
                && written.stream().allMatch(mode.match()::contains)) {
            problems.add("the source has values for the matched columns alone, so there is nothing to update");
        }
    }

    /** Some updates are made of a deletion and an insertion, which triggers would mistake for these. */
    private void updateTriggers() {
        if (!mode.kind().updates() || !target.reactions().triggers(Event.UPDATE)) {
            return;
        }
        Set<String> moving = new TreeSet<>(target.reactions().immovable());
        target.info().distribution().key().forEach(key -> moving.add(key.column()));
        for (String name : moving) {
            boolean updated = mode.update().isEmpty()
                    ? written.contains(name)
                    : mode.update().contains(name);
            if (updated && !mode.match().contains(name)) {
                problems.add("column " + name + " tells where a row lies, which cannot be updated because the table has"
                        + " triggers for updates; leave the column out with updating(...)");
            }
        }
    }

    private boolean exists(String name) {
        if (target.info().column(name).isEmpty()) {
            problems.add(TargetCheck.noColumn(target.info(), name));
            return false;
        }
        return true;
    }

    private void orderFields() {
        Set<String> seen = new HashSet<>();
        for (String name : mode.order()) {
            if (!seen.add(name)) {
                problems.add("field " + name + " orders twice");
            } else if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                problems.add("the source has no field " + name + " to tell the latest row by");
            }
        }
    }

    /** What a rule does instead cannot be counted, so that rows would be lost without a trace. */
    private void rules() {
        if (mode.kind().matches() || target.table().filter().isPresent()) {
            for (String rule : target.reactions().insteadRules(WriteNeeds.events(mode))) {
                problems.add("its rule " + rule + " does something else instead, so that rows cannot be accounted for");
            }
        }
    }
}
