package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.TableReactions.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Updates, inserts and deletes rows of one table by the keys of staged rows. */
final class Merge implements StagedPart {

    private final StagedTarget target;
    private final TransferJob job;
    private final WriteMode mode;
    private final MergeSql sql;
    private List<KeyCount> counts = List.of();
    private long inserted;
    private long updated;
    private long deleted;

    Merge(StagedTarget target, TransferJob job) {
        this.target = target;
        this.job = job;
        this.mode = target.plan().target().mode();
        this.sql = new MergeSql(target);
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
        long repeated = counts.stream().mapToLong(count -> count.rows() - count.keys()).sum();
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
    public TablePart write(Session session) throws SQLException {
        inserted = 0;
        updated = 0;
        deleted = 0;
        for (KeyCount count : counts) {
            if (count.rows() > 0) {
                write(session, count);
            }
        }
        return new TablePart(target.plan().target().info().name().toString(), inserted, updated, deleted);
    }

    /** The order does not matter: each key is updated or inserted, or deleted. */
    private void write(Session session, KeyCount count) throws SQLException {
        boolean latest = count.rows() > count.keys() && !mode.order().isEmpty();
        Set<String> nulls = count.nulls();
        if (mode.kind() == WriteMode.Kind.DELETE || count.deleting() > 0) {
            deleted += change(session, Event.DELETE, sql.delete(latest, nulls), sql.countDeletes(latest, nulls));
        }
        if (sql.updates()) {
            updated += change(session, Event.UPDATE, sql.update(latest, nulls), sql.countUpdates(latest, nulls));
        }
        if (mode.kind().inserts()) {
            inserted += change(session, Event.INSERT, sql.insert(latest, nulls), sql.countInserts(latest, nulls));
        }
    }

    /** Where a trigger may drop rows without a word, they are counted before. */
    private long change(Session session, Event event, String statement, String counting) throws SQLException {
        boolean doubtful = target.plan().target().reactions().mayDrop(event);
        long expected = doubtful
                ? session.query(counting, row -> row.getLong(1)).get(0)
                : 0;
        long changed = session.update(statement, List.of());
        if (doubtful && changed != expected) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + event + " was to change " + expected + " rows of "
                            + target.plan().target().info().name() + " and changed " + changed
                            + "; a trigger of the table drops rows");
        }
        return changed;
    }
}
