package io.mppconnect.transfer.write;

import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Locks all tables that a batch writes, after its rows are staged and before the first is written.
 *
 * <p>Greenplum's UPDATE and DELETE lock the whole table against other writers, its INSERT does not: two transfers that
 * began with an INSERT would each hold what the other waits for. So each takes at once the strongest lock that it needs,
 * and all take those of several tables in the same order. Rows are staged before, so that transfers wait for each other
 * only while they write; and what a statement sees is read after the lock is held, so that no row is inserted twice.
 */
final class TargetLocks {

    private static final String DEADLOCK = "40P01";
    private static final String DENIED = "42501";
    private static final int ATTEMPTS = 5;

    private final List<StagedPart> parts;

    TargetLocks(List<StagedPart> parts) {
        this.parts = parts.stream()
                .sorted(Comparator.comparingLong(
                        part -> part.target().plan().target().info().oid()))
                .toList();
    }

    /**
     * Against sessions that lock in another order: the one whose locks were refused lets go of them and asks again. Where
     * partitions have privileges of their own a lock on all of them may be denied, and a statement on the table be not.
     */
    void acquire(Session session) throws SQLException {
        SQLException denied = null;
        for (int attempt = 1; ; attempt++) {
            try {
                lockAll(session, denied == null ? "TABLE " : "TABLE ONLY ");
                return;
            } catch (SQLException e) {
                if (denied == null && DENIED.equals(e.getSQLState())) {
                    denied = e;
                } else if (!DEADLOCK.equals(e.getSQLState()) || attempt >= ATTEMPTS) {
                    throw denied == null ? e : denied;
                }
            }
        }
    }

    private void lockAll(Session session, String what) throws SQLException {
        session.attempt(() -> {
            for (StagedPart part : parts) {
                session.execute("LOCK " + what + part.target().plan().sqlName() + " IN " + part.lock() + " MODE");
            }
        });
    }
}
