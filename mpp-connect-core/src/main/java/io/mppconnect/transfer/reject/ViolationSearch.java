package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.transfer.block.LineRanges;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.failure.FailureReport;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Inserts staged rows but for those that the table refuses, which it finds by halving. */
final class ViolationSearch {

    /** The classes of errors that a row's values cause: data, integrity, raised by a function. */
    private static final Set<String> ROW_ERRORS = Set.of("22", "23", "P0");

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
        if (refusal(staged.all()) != null) {
            staged.index();
            for (LineRanges.Range range : ranges) {
                insert(range);
            }
        }
        return written;
    }

    private void insert(LineRanges.Range range) throws SQLException {
        SQLException refusal = refusal(staged.between(range));
        if (refusal == null) {
            return;
        }
        if (range.first() == range.last()) {
            reject(range.first(), refusal);
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
            String state = String.valueOf(e.getSQLState());
            if (state.length() != 5 || !ROW_ERRORS.contains(state.substring(0, 2))) {
                throw e;
            }
            return e;
        }
    }

    private void reject(long line, SQLException refusal) throws SQLException {
        Origins.Place place = origins.find(line);
        refused.accept(new RejectedRow(
                place.origin(),
                place.record(),
                OptionalInt.empty(),
                Optional.ofNullable(refusal.getSQLState()),
                FailureReport.said(refusal),
                Optional.of(staged.show(line, RejectedRow.MOST_RAW)),
                Optional.empty()));
    }
}
