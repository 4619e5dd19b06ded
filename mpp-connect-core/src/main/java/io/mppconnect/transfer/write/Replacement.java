package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Storage;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * An upsert of whole rows: those that are there are deleted, and all inserted. To the database that is half the work of
 * an update and a search for what is missing.
 */
final class Replacement {

    private final TargetPlan plan;
    private final MergeSql sql;
    private final Catalog catalog;

    Replacement(TargetPlan plan, MergeSql sql, Catalog catalog) {
        this.plan = plan;
        this.sql = sql;
        this.catalog = catalog;
    }

    /** Whether it comes to the same as an update. To be asked under the table's lock, for the table may be altered. */
    boolean isExact(Session session) {
        TableInfo info = plan.target().info();
        WriteMode mode = plan.target().mode();
        return mode.kind() == WriteMode.Kind.UPSERT
                && mode.condition().isEmpty()
                && info.storage() == Storage.HEAP
                && sql.nullable().isEmpty()
                && updatesAllThatIsWritten()
                && catalog.replaceKeys(session.connection(), info)
                        .allow(Set.copyOf(mode.match()), plan.values().keySet());
    }

    private boolean updatesAllThatIsWritten() {
        List<String> updated = plan.updated();
        return !updated.isEmpty()
                && plan.values().keySet().stream()
                        .allMatch(column -> updated.contains(column)
                                || plan.target().mode().match().contains(column));
    }

    /** @param latest whether only the latest row of each key counts */
    TablePart write(Session session, KeyCount count, boolean latest) throws SQLException {
        long deleted = count.deleting() > 0 ? session.update(sql.delete(latest, count.nulls()), List.of()) : 0;
        long replaced = session.update(sql.takeOld(latest), List.of());
        long written = session.update(sql.putNew(latest), List.of());
        return new TablePart(plan.target().info().name().toString(), written - replaced, replaced, deleted);
    }
}
