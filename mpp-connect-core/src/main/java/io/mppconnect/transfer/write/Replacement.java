package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.ReplaceKeys;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.plan.TargetTable;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An upsert of whole rows: those that are there are deleted, and all inserted. To the database that is half to two
 * thirds of the work of an update and a search for what is missing.
 */
final class Replacement {

    private final TargetPlan plan;
    private final MergeSql sql;
    private final Catalog catalog;

    /** A key was found with several rows in the table: there is no use in trying again. */
    private boolean several;

    Replacement(TargetPlan plan, MergeSql sql, Catalog catalog) {
        this.plan = plan;
        this.sql = sql;
        this.catalog = catalog;
    }

    /**
     * Replaces rows by those whose keys hold no NULL, if that comes to the same as an update. To be called under the table's
     * lock, for the table may be altered.
     *
     * @param latest whether only the latest row of each key counts
     * @return empty when it does not come to the same; then nothing is changed
     */
    Optional<TablePart> write(Session session, KeyCount count, boolean latest) throws SQLException {
        if (!writesWholeRows() || !keepsKeys()) {
            return Optional.empty();
        }
        ReplaceKeys keys =
                catalog.replaceKeys(session.connection(), plan.target().info());
        if (!keys.allow(plan.values().keySet())) {
            return Optional.empty();
        }
        if (keys.unique(Set.copyOf(plan.target().mode().match()))) {
            return Optional.of(replace(session, count, latest));
        }
        if (several) {
            return Optional.empty();
        }
        return keys.returned() ? replaceReturned(session, count, latest) : replaceCounted(session, count, latest);
    }

    private boolean writesWholeRows() {
        WriteMode mode = plan.target().mode();
        List<String> updated = plan.updated();
        return mode.kind() == WriteMode.Kind.UPSERT
                && mode.condition().isEmpty()
                && !updated.isEmpty()
                && plan.values().keySet().stream()
                        .allMatch(column ->
                                updated.contains(column) || mode.match().contains(column));
    }

    /** An update leaves matched columns as they are, and a replacement spells them as they come. */
    private boolean keepsKeys() {
        TargetTable target = plan.target();
        return target.mode().match().stream()
                .allMatch(column -> target.column(column).type().equalMeansSame());
    }

    /** Of several rows of one key an update writes each, and a replacement would leave one. */
    private Optional<TablePart> replaceReturned(Session session, KeyCount count, boolean latest) throws SQLException {
        Savepoint before = session.connection().setSavepoint();
        Taken taken = session.query(
                        sql.takeOldCounting(latest), row -> new Taken(row.getLong("n_rows"), row.getLong("n_most")))
                .get(0);
        several = taken.most() > 1;
        if (several) {
            session.connection().rollback(before);
            return Optional.empty();
        }
        session.connection().releaseSavepoint(before);
        return Optional.of(insert(session, count, latest, taken.rows()));
    }

    /** Where a DELETE cannot return rows they are counted before it, which is still less work than an update. */
    private Optional<TablePart> replaceCounted(Session session, KeyCount count, boolean latest) throws SQLException {
        long pairs =
                session.query(sql.countPairs(latest), row -> row.getLong(1)).get(0);
        several = pairs > count.keys();
        return several ? Optional.empty() : Optional.of(replace(session, count, latest));
    }

    private TablePart replace(Session session, KeyCount count, boolean latest) throws SQLException {
        return insert(session, count, latest, session.update(sql.takeOld(latest), List.of()));
    }

    private TablePart insert(Session session, KeyCount count, boolean latest, long taken) throws SQLException {
        long deleted = count.deleting() > 0 ? session.update(sql.delete(latest, count.nulls()), List.of()) : 0;
        long written = session.update(sql.putNew(latest), List.of());
        return new TablePart(plan.target().info().name().toString(), written - taken, taken, deleted);
    }

    /**
     * What was deleted to be there anew.
     *
     * @param most how many rows of one key
     */
    private record Taken(long rows, long most) {}
}
