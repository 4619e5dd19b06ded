package io.mppconnect.transfer.write;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableReactions.Event;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExpressionCheck;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.session.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Updates, inserts and deletes rows of one table by the keys of staged rows. Each key does one of these, so that their
 * order does not matter.
 */
final class Merge implements StagedPart {

    private final StagedTarget target;
    private final TransferJob job;
    private final WriteMode mode;
    private final MergeSql sql;
    private final Replacement replacement;
    private final @Nullable MovedRows moved;
    private List<KeyCount> counts = List.of();

    Merge(StagedTarget target, TransferJob job, Catalog catalog) {
        this.target = target;
        this.job = job;
        this.mode = target.plan().target().mode();
        this.sql = new MergeSql(target);
        this.replacement = new Replacement(target.plan(), sql, catalog);
        this.moved = sql.moves() ? MovedRows.of(target.plan().target(), catalog) : null;
    }

    @Override
    public StagedTarget target() {
        return target;
    }

    /** What UPDATE and DELETE of Greenplum take anyway, taken at once: readers go on, writers wait. */
    @Override
    public String lock() {
        return "EXCLUSIVE";
    }

    @Override
    public void examine(Session session) throws SQLException {
        counts = session.query(sql.count(), this::count);
        long repeated =
                counts.stream().mapToLong(count -> count.rows() - count.keys()).sum();
        if (repeated > 0 && mode.order().isEmpty() && mode.kind() != WriteMode.Kind.DELETE) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot transfer " + job + ": " + repeated + (repeated == 1 ? " row has" : " rows have")
                            + " the same " + String.join(", ", mode.match())
                            + " as another row; say with Table.latestBy which of them counts");
        }
    }

    private KeyCount count(ResultSet row) throws SQLException {
        Set<String> nulls = new HashSet<>();
        for (int i = 0; i < sql.nullable().size(); i++) {
            if (row.getBoolean("null_" + i)) {
                nulls.add(sql.nullable().get(i));
            }
        }
        return new KeyCount(nulls, row.getLong("n_rows"), row.getLong("n_keys"), row.getLong("n_deleting"));
    }

    @Override
    public void prepare(Session session) throws SQLException {
        if (moved != null) {
            session.execute(moved.create());
        }
        if (mode.condition().isPresent()) {
            ExpressionCheck check =
                    new ExpressionCheck(session, target.plan().target().info().name());
            check.query("when(...)", sql.check());
            check.refuse();
        }
    }

    @Override
    public List<String> created() {
        return moved == null ? List.of() : List.of(moved.sqlName());
    }

    @Override
    public TablePart write(Session session) throws SQLException {
        List<KeyCount> full = counts.stream().filter(count -> count.rows() > 0).toList();
        if (full.size() == 1 && full.get(0).nulls().isEmpty()) {
            KeyCount count = full.get(0);
            Optional<TablePart> replaced = replacement.write(session, count, latest(count));
            if (replaced.isPresent()) {
                return replaced.get();
            }
        }
        return merge(session);
    }

    private TablePart merge(Session session) throws SQLException {
        long deleted = forEach(count -> delete(session, count));
        long movedRows = moved == null ? 0 : move(session, moved);
        long updated = forEach(count -> update(session, count));
        if (movedRows > 0) {
            requireEqual(
                    Event.INSERT,
                    movedRows,
                    session.update(Planned.of(moved).putBack(target.plan().sqlName()), List.of()));
        }
        long inserted = forEach(count -> insert(session, count));
        return new TablePart(target.plan().target().info().name().toString(), inserted, updated + movedRows, deleted);
    }

    /** What is done to rows whose keys have NULLs in the same columns. */
    @FunctionalInterface
    private interface Step {
        long run(KeyCount count) throws SQLException;
    }

    private long forEach(Step step) throws SQLException {
        long rows = 0;
        for (KeyCount count : counts) {
            if (count.rows() > 0) {
                rows += step.run(count);
            }
        }
        return rows;
    }

    private boolean latest(KeyCount count) {
        return count.rows() > count.keys() && !mode.order().isEmpty();
    }

    private long delete(Session session, KeyCount count) throws SQLException {
        boolean latest = latest(count);
        return mode.kind() == WriteMode.Kind.DELETE || count.deleting() > 0
                ? change(
                        session,
                        Event.DELETE,
                        sql.delete(latest, count.nulls()),
                        sql.countDeletes(latest, count.nulls()))
                : 0;
    }

    /** Rows that an update cannot move to another partition are deleted and inserted anew. */
    private long move(Session session, MovedRows moved) throws SQLException {
        return forEach(count -> {
            long aside = session.update(sql.putAside(moved, latest(count), count.nulls()), List.of());
            if (aside > 0) {
                long away = session.update(sql.takeAway(latest(count), count.nulls()), List.of());
                requireEqual(Event.DELETE, aside, away);
            }
            return aside;
        });
    }

    private long update(Session session, KeyCount count) throws SQLException {
        boolean latest = latest(count);
        return sql.updates()
                ? change(
                        session,
                        Event.UPDATE,
                        sql.update(latest, count.nulls()),
                        sql.countUpdates(latest, count.nulls()))
                : 0;
    }

    private long insert(Session session, KeyCount count) throws SQLException {
        boolean latest = latest(count);
        return mode.kind().inserts()
                ? change(
                        session,
                        Event.INSERT,
                        sql.insert(latest, count.nulls()),
                        sql.countInserts(latest, count.nulls()))
                : 0;
    }

    /** Where a trigger may drop rows without a word, they are counted before. */
    private long change(Session session, Event event, String statement, String counting) throws SQLException {
        boolean doubtful = target.plan().target().reactions().mayDrop(event);
        long expected =
                doubtful ? session.query(counting, row -> row.getLong(1)).get(0) : 0;
        long changed = session.update(statement, List.of());
        if (doubtful) {
            requireEqual(event, expected, changed);
        }
        return changed;
    }

    private void requireEqual(Event event, long expected, long changed) {
        if (changed != expected) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + event + " was to change " + expected + " rows of "
                            + target.plan().target().info().name() + " and changed " + changed
                            + "; a trigger of the table drops rows");
        }
    }
}
