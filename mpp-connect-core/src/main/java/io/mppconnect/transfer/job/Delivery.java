package io.mppconnect.transfer.job;

import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Retries;
import io.mppconnect.Route;
import io.mppconnect.spi.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * How a load's rows are delivered.
 *
 * @param jobName under which name positions are kept in the database
 * @param commits when to commit; empty to commit once, or as streams do by default
 * @param retries empty for the default, which depends on how often it commits
 */
public record Delivery(Optional<String> jobName, Optional<Commits> commits, Optional<Retries> retries) {

    /** All in one commit, and nothing is kept. */
    public static final Delivery ONCE = new Delivery(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Commits STREAM_COMMITS = Commits.every(Duration.ofSeconds(1));
    private static final Retries STREAM_RETRIES = Retries.within(Duration.ofMinutes(10));

    public Delivery exactlyOnce(String name) {
        if (name.isBlank()) {
            throw new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid job name: it is blank; name the job");
        }
        return new Delivery(Optional.of(name), commits, retries);
    }

    public Delivery committing(Commits when) {
        return new Delivery(jobName, Optional.of(when), retries);
    }

    public Delivery retrying(Retries how) {
        return new Delivery(jobName, commits, Optional.of(how));
    }

    /** Whether the source is loaded by many commits. */
    public boolean isStream(Source source) {
        return !source.bounded() || commits.isPresent() || (jobName.isPresent() && source.resumable());
    }

    /**
     * Refuses what cannot be.
     *
     * @throws MppConnectException when this cannot be had of the load's source, or with its other options
     */
    public void check(TransferJob.Load load) {
        Source source = load.source();
        Route route = load.options().route();
        if (route == Route.RETRIEVE) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot load " + source.name() + " by the route " + route
                            + ": retrieve cursors are for unloads; choose another route");
        }
        if (isStream(source)
                && !(load.options().before().isEmpty() && load.options().after().isEmpty())) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot run SQL before or after the load of " + source.name()
                            + ": it commits many times; leave out before(...) and after(...)");
        }
        if (isStream(source) && load.findsViolations()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot find violations in " + source.name()
                            + ": it is loaded by many commits; leave out findingViolations(), or load it by one");
        }
        if (jobName.isPresent() && isStream(source) && !source.resumable()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot load " + source.name() + " exactly once by many commits: it cannot resume where it was; "
                            + (source.bounded()
                                    ? "leave out committingEvery to load it by one commit"
                                    : "leave out exactlyOnce"));
        }
        if (jobName.isEmpty() && retries.isPresent() && isStream(source) && !source.resumable()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot retry the load of " + source.name()
                            + ": it commits many times and cannot resume where it was; leave out retrying");
        }
    }

    public Commits streamCommits() {
        return commits.orElse(STREAM_COMMITS);
    }

    /** A source that cannot resume is not read again once some of it is committed. */
    public Retries streamRetries(Source source) {
        return source.resumable() ? retries.orElse(STREAM_RETRIES) : Retries.none();
    }

    public Retries singleRetries() {
        return retries.orElse(Retries.none());
    }
}
