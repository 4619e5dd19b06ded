package io.mppconnect.distributed;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attempts whose rows a commit is to make visible: of each task one. */
final class CountingAttempts {

    private final Map<Integer, AttemptCommit> byTask = new TreeMap<>();

    /**
     * Checks that they can be.
     *
     * @throws MppConnectException naming every message that does not belong there
     */
    CountingAttempts(String plan, Collection<AttemptCommit> messages) {
        List<String> problems = new ArrayList<>();
        for (AttemptCommit message : messages) {
            if (!message.plan().equals(plan)) {
                problems.add(message + " is of another plan, " + message.plan());
                continue;
            }
            AttemptCommit other = byTask.putIfAbsent(message.task(), message);
            if (other != null && !other.equals(message)) {
                problems.add("task " + message.task() + " has two attempts, " + other.attempt() + " and "
                        + message.attempt() + ", of which one can count");
            }
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot commit " + plan + ": " + String.join("; ", problems));
        }
    }

    Collection<AttemptCommit> all() {
        return byTask.values();
    }

    long rows() {
        return all().stream().mapToLong(AttemptCommit::rows).sum();
    }

    /**
     * The attempts that have rows in the database and do not count.
     *
     * @param gathered how many rows there are of each attempt
     * @throws MppConnectException when those that count have not the rows they say
     */
    List<Integer> others(Map<Integer, Long> gathered) {
        Map<Integer, Long> left = new TreeMap<>(gathered);
        for (AttemptCommit counting : all()) {
            Long rows = left.remove(counting.number());
            if ((rows == null ? 0 : rows) != counting.rows()) {
                throw new MppConnectException(
                        ErrorCode.COUNT_MISMATCH,
                        "Cannot commit " + counting.plan() + ": " + counting + " wrote " + counting.rows()
                                + " rows, and the database has " + (rows == null ? 0 : rows));
            }
        }
        return List.copyOf(left.keySet());
    }
}
