package io.mppconnect.transfer.plan;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableReactions;
import io.mppconnect.catalog.TableReactions.Event;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.type.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares tables with what they were when the load was planned. Until a statement locks them anybody may alter them, and
 * between a stream's commits there may be weeks: new values would be rounded to the scale that a column had, or rows lost
 * that a new trigger drops.
 */
public final class AlterationCheck {

    private static final Set<String> CLASSES = Set.of("22", "23", "42");

    private final TransferJob.Load job;
    private final LoadPlan plan;
    private final Catalog catalog;

    public AlterationCheck(TransferJob.Load job, LoadPlan plan, Catalog catalog) {
        this.job = job;
        this.plan = plan;
        this.catalog = catalog;
    }

    /** Whether the statement may have failed because a table is another one now: by a value, a constraint, or what it names. */
    public static boolean mayExplain(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && CLASSES.stream().anyMatch(state::startsWith);
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
                        "Cannot commit " + job + ": " + target.target().info().name() + " was altered meanwhile, "
                                + String.join(", ", changes) + "; " + job.consequence());
            }
        }
    }

    private List<String> changes(TargetPlan target, Connection connection) {
        TableInfo was = target.target().info();
        TableInfo now;
        try {
            now = catalog.table(connection, was.name());
        } catch (MppConnectException e) {
            if (e.code() == ErrorCode.NO_SUCH_TABLE) {
                return List.of("it is not there any more");
            }
            throw e;
        }
        if (now.oid() != was.oid()) {
            return List.of("another table has its name");
        }
        List<String> changes = now.equals(was) ? new ArrayList<>() : columnChanges(target, was, now);
        if (!reactsAsBefore(target, now, connection)) {
            changes.add("it has other rules, triggers, checks or partitions");
        }
        return changes;
    }

    private List<String> columnChanges(TargetPlan target, TableInfo was, TableInfo now) {
        List<String> changes = new ArrayList<>();
        for (Column column : was.columns()) {
            change(target, column, now.column(column.name())).ifPresent(changes::add);
        }
        if (moves(target)
                && now.columns().stream()
                        .anyMatch(column -> was.column(column.name()).isEmpty())) {
            changes.add("it has more columns, which rows that move are to keep");
        }
        return changes;
    }

    /** A row that is moved by a deletion and an insertion takes all its columns along. */
    private static boolean moves(TargetPlan target) {
        return !target.immovable().isEmpty();
    }

    private Optional<String> change(TargetPlan target, Column was, Optional<Column> found) {
        String name = was.name();
        WriteMode mode = target.target().mode();
        boolean matched = mode.match().contains(name);
        boolean written = mode.kind().inserts()
                ? target.values().containsKey(name)
                : target.updated().contains(name);
        if (found.isEmpty()) {
            return matched || written || moves(target) ? Optional.of("column " + name + " is gone") : Optional.empty();
        }
        Column now = found.get();
        // Also of columns that are not written: their fields have their types, and the user's SQL may compute with
        // these.
        if ((target.values().containsKey(name) || moves(target)) && !same(was.type(), now.type())) {
            return Optional.of("column " + name + " was " + was.type() + " and is " + now.type());
        }
        boolean nullsCount = matched || (written && job.findsViolations());
        return nullsCount && now.nullable() && !was.nullable()
                ? Optional.of("column " + name + " may be NULL now")
                : Optional.empty();
    }

    private static boolean same(ColumnType was, ColumnType now) {
        return was.sql().equals(now.sql()) && was.domain().equals(now.domain());
    }

    /** Nothing of what the plan relies on; that something is gone which it reckons with does no harm. */
    private boolean reactsAsBefore(TargetPlan target, TableInfo table, Connection connection) {
        Optional<TableReactions> considered = target.target().considered();
        if (considered.isEmpty()) {
            return true;
        }
        TableReactions was = considered.get();
        TableReactions now = catalog.reactions(connection, table);
        Set<Event> events = WriteNeeds.events(target.target().mode());
        boolean noOtherDrops = events.stream().allMatch(event -> was.mayDrop(event) || !now.mayDrop(event));
        boolean noOtherRules = was.insteadRules(events).containsAll(now.insteadRules(events));
        boolean noOtherUpdates =
                !events.contains(Event.UPDATE) || was.triggers(Event.UPDATE) || !now.triggers(Event.UPDATE);
        boolean sameMoves = target.immovable()
                .equals(target.updated().stream()
                        .filter(now.immovable()::contains)
                        .toList());
        boolean sameChecks = !job.findsViolations() || new HashSet<>(was.checks()).equals(new HashSet<>(now.checks()));
        return noOtherDrops && noOtherRules && noOtherUpdates && sameMoves && sameChecks;
    }
}
