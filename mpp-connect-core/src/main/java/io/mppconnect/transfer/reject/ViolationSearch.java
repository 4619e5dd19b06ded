package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.transfer.block.LineRanges;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.failure.FailureReport;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Inserts staged rows but for those that the table refuses. Those that break NOT NULL or CHECK are found by one query; the
 * others by halving.
 */
final class ViolationSearch {

    /** The classes of errors that a row's values cause: data, integrity, raised by a function. */
    private static final Set<String> ROW_ERRORS = Set.of("22", "23", "P0");

    /** NOT NULL and CHECK. */
    private static final Set<String> CONSTRAINTS = Set.of("23502", "23514");

    /** What a query over rows may fail with that the table might take all the same. */
    private static final Set<String> QUERY_ERRORS = Set.of("0A", "22", "42", "P0");

    private final Session session;
    private final StagedRows staged;
    private final Origins origins;
    private final TableWrite write;
    private final Consumer<RejectedRow> refused;
    private Written written = new Written(0, false, List.of());

    /**
     * Makes a search.
     *
     * @param write a way of writing that takes rows in parts, too
     * @param refused takes the rows that were found
     */
    ViolationSearch(
            Session session, StagedRows staged, Origins origins, TableWrite write, Consumer<RejectedRow> refused) {
        this.session = session;
        this.staged = staged;
        this.origins = origins;
        this.write = write;
        this.refused = refused;
    }

    /** Writes them all; what came of those that could be written. */
    Written run(List<LineRanges.Range> ranges) throws SQLException {
        if (refusal(staged.all()) == null) {
            return written;
        }
        staged.index();
        Optional<ConstraintQuery> query = write.appended().flatMap(plan -> ConstraintQuery.of(plan, staged));
        if (query.isPresent() && setAside(query.get()) && refusal(staged.all()) == null) {
            return written;
        }
        for (LineRanges.Range range : ranges) {
            insert(range);
        }
        return written;
    }

    /** Sets aside what breaks constraints; whether there was anything. */
    private boolean setAside(ConstraintQuery query) throws SQLException {
        Map<String, SQLException> refusals = refusals(query);
        if (refusals.isEmpty()) {
            return false;
        }
        session.visit(query.rows(refusals.keySet(), RejectedRow.MOST_RAW), List.of(), row -> {
            SQLException refusal = Planned.of(refusals.get(row.getString(2)));
            reject(row.getLong(1), refusal, row.getString(3));
        });
        session.update(query.delete(refusals.keySet()), List.of());
        return true;
    }

    /** One row of each kind is tried, to hear what the database says of it. */
    private Map<String, SQLException> refusals(ConstraintQuery query) throws SQLException {
        Map<String, Long> kinds = new TreeMap<>();
        try {
            session.attempt(
                    () -> session.visit(query.kinds(), List.of(), row -> kinds.put(row.getString(1), row.getLong(2))));
        } catch (SQLException e) {
            if (!isOf(QUERY_ERRORS, e)) {
                throw e;
            }
            return Map.of();
        }
        Map<String, SQLException> refusals = new HashMap<>();
        for (Map.Entry<String, Long> kind : kinds.entrySet()) {
            long line = kind.getValue();
            SQLException refusal = refusal(staged.between(new LineRanges.Range(line, line)));
            if (refusal == null) {
                staged.remove(line);
            } else if (CONSTRAINTS.contains(refusal.getSQLState())) {
                refusals.put(kind.getKey(), refusal);
            }
        }
        return refusals;
    }

    private void insert(LineRanges.Range range) throws SQLException {
        SQLException refusal = refusal(staged.between(range));
        if (refusal == null) {
            return;
        }
        if (range.first() == range.last()) {
            reject(range.first(), refusal, staged.show(range.first(), RejectedRow.MOST_RAW));
            return;
        }
        long middle = range.first() + (range.last() - range.first()) / 2;
        insert(new LineRanges.Range(range.first(), middle));
        insert(new LineRanges.Range(middle + 1, range.last()));
    }

    /** Why the rows cannot be inserted; null when they are. */
    private @Nullable SQLException refusal(String rows) throws SQLException {
        try {
            session.attempt(() -> written = written.and(write.write(session, rows)));
            return null;
        } catch (SQLException e) {
            if (!isOf(ROW_ERRORS, e)) {
                throw e;
            }
            return e;
        }
    }

    private static boolean isOf(Set<String> classes, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.length() == 5 && classes.contains(state.substring(0, 2));
    }

    private void reject(long line, SQLException refusal, String text) {
        Origins.Place place = origins.find(line);
        refused.accept(new RejectedRow(
                place.origin(),
                place.record(),
                OptionalInt.empty(),
                Optional.ofNullable(refusal.getSQLState()),
                FailureReport.said(refusal),
                Optional.of(text),
                Optional.empty()));
    }
}
