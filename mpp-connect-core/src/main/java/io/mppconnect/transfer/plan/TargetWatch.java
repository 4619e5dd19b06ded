package io.mppconnect.transfer.plan;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableReactions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Sees whether tables are still what a plan was made for. Until they are written nobody keeps others from altering them,
 * and between a stream's commits there may be weeks: new values would be rounded to the scale that a column had, or rows
 * lost that a new trigger drops.
 */
public final class TargetWatch {

    private final String transfer;
    private final LoadPlan plan;
    private final Catalog catalog;

    /** @param transfer what it is called in messages */
    public TargetWatch(String transfer, LoadPlan plan, Catalog catalog) {
        this.transfer = transfer;
        this.plan = plan;
        this.catalog = catalog;
    }

    /**
     * To be called when rows are written, for then the tables are locked, and before they are committed.
     *
     * @throws MppConnectException {@link ErrorCode#TABLE_ALTERED} when these rows may not be what they should be
     */
    public void check(Connection connection) {
        for (TargetPlan target : plan.targets()) {
            List<String> changes = changes(target, connection);
            if (!changes.isEmpty()) {
                throw new MppConnectException(
                        ErrorCode.TABLE_ALTERED,
                        "Cannot commit " + transfer + ": table "
                                + target.target().info().name() + " was altered since it was planned: "
                                + String.join(", ", changes) + "; run it again");
            }
        }
    }

    private List<String> changes(TargetPlan target, Connection connection) {
        TableInfo was = target.target().info();
        TableInfo now = catalog.table(connection, was.name());
        if (now.oid() != was.oid()) {
            return List.of("another one has its name");
        }
        List<String> changes = new ArrayList<>();
        for (Column column : was.columns()) {
            if (matters(target, column)) {
                change(target, column, now).ifPresent(changes::add);
            }
        }
        if (!target.immovable().isEmpty()
                && now.columns().size() > was.columns().size()) {
            changes.add("columns were added, and rows are to be moved with all they have");
        }
        if (!reactsAsBefore(target, now, connection)) {
            changes.add("it has other rules or triggers");
        }
        return changes;
    }

    /** A row that is moved by a deletion and an insertion takes all its columns along. */
    private static boolean matters(TargetPlan target, Column column) {
        return target.values().containsKey(column.name()) || !target.immovable().isEmpty();
    }

    private static Optional<String> change(TargetPlan target, Column was, TableInfo table) {
        Optional<Column> found = table.column(was.name());
        if (found.isEmpty()) {
            return Optional.of("column " + was.name() + " is gone");
        }
        Column now = found.get();
        if (!now.type().sql().equals(was.type().sql())
                || !now.type().domain().equals(was.type().domain())) {
            return Optional.of("column " + was.name() + " was " + was.type() + " and is " + now.type());
        }
        boolean matched = target.target().mode().match().contains(was.name());
        return matched && now.nullable() && !was.nullable()
                ? Optional.of("column " + was.name() + " may be NULL now")
                : Optional.empty();
    }

    private boolean reactsAsBefore(TargetPlan target, TableInfo table, Connection connection) {
        Optional<TableReactions> considered = target.target().considered();
        if (considered.isEmpty()) {
            return true;
        }
        TableReactions was = considered.get();
        TableReactions now = catalog.reactions(connection, table);
        return new HashSet<>(now.reactions()).equals(new HashSet<>(was.reactions()))
                && now.immovable().equals(was.immovable());
    }
}
