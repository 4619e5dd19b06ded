package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.JoinedSource;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.spi.SourceScan;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's share of a topic. The {@link Membership} tells which partitions are its own, and is held up, for a while, until a
 * scan that reads others is over. One that brokers have ended is followed by another. Thread safe, but for what the run
 * itself calls.
 */
final class GroupMember implements JoinedSource {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
    private static final long NONE = -1;

    private final TopicOptions source;
    private final String group;
    private final boolean keptElsewhere;
    private final GroupOffsets offsets;
    private final Set<TopicPartition> mine = new HashSet<>();
    private Membership membership;

    private volatile long generation;
    private volatile @Nullable MppConnectException failure;
    private @Nullable Share taken;
    private boolean assigned;
    private long open = NONE;

    /** @param keptElsewhere whether a job keeps the positions, and the group is told them for monitors alone */
    GroupMember(TopicOptions source, String group, boolean keptElsewhere) {
        this.source = source;
        this.group = group;
        this.keptElsewhere = keptElsewhere;
        this.offsets = new GroupOffsets(group);
        this.membership = new Membership(source, group, this, offsets);
        membership.start();
    }

    boolean keptElsewhere() {
        return keptElsewhere;
    }

    @Override
    public boolean takeParts(Duration most) throws InterruptedException {
        MppConnectException ended = failure;
        if (ended != null) {
            joinAgain(ended);
        }
        return awaitParts(most);
    }

    /** The failure is the run's to wait after, not the member's. */
    private void joinAgain(MppConnectException ended) {
        if (ended.code() != ErrorCode.CONNECTION) {
            throw ended;
        }
        membership.close();
        Membership next = new Membership(source, group, this, offsets);
        synchronized (this) {
            mine.clear();
            offsets.lostAll();
            generation++;
            assigned = false;
            failure = null;
        }
        membership = next;
        next.start();
    }

    private synchronized boolean awaitParts(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        long left = most.toMillis();
        while (!assigned && failure == null && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        MppConnectException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (assigned) {
            taken = new Share(this, generation, mine, offsets);
        }
        return assigned;
    }

    @Override
    public SourceScan open(LoadContext context) throws Exception {
        Share share = begin();
        try {
            return TopicScan.open(source, context, share);
        } catch (Throwable failed) {
            try (share) {
                throw failed;
            }
        }
    }

    /** What was taken is read from now on. */
    synchronized Share begin() {
        Share share = Objects.requireNonNull(taken, "parts are taken before they are read");
        open = share.generation();
        return share;
    }

    void check(long read) throws SourceChangedException {
        MppConnectException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (read != generation) {
            throw new SourceChangedException("Group " + group + " shares its partitions in another way from now on");
        }
    }

    /** A scan is over. */
    synchronized void left(long read) {
        if (open == read) {
            open = NONE;
        }
        notifyAll();
    }

    /** The membership cannot go on. */
    synchronized void failed(MppConnectException cause) {
        failure = cause;
        notifyAll();
    }

    synchronized void gained(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty() || !assigned) {
            mine.addAll(partitions);
            offsets.gained(partitions);
            generation++;
        }
        assigned = true;
        notifyAll();
    }

    /** Returns when nothing of these partitions is read any more, or the time is over. */
    synchronized void loses(Collection<TopicPartition> partitions, long millis) {
        mine.removeAll(partitions);
        generation++;
        long deadline = System.nanoTime() + millis * 1_000_000;
        boolean interrupted = false;
        long left = millis;
        while (isReadBefore(generation) && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        if (isReadBefore(generation)) {
            LOG.warn(
                    "{}: a commit takes longer than {} ms, and {} partitions go to others of group {} meanwhile{}",
                    source.name(),
                    millis,
                    partitions.size(),
                    group,
                    keptElsewhere ? "" : ", so that rows may be loaded twice");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReadBefore(long now) {
        return open != NONE && open < now;
    }

    /** Others have these partitions. */
    synchronized void lost(Collection<TopicPartition> partitions) {
        if (mine.removeAll(partitions)) {
            generation++;
        }
        offsets.lost(partitions);
    }

    @Override
    public void close() {
        membership.close();
    }
}
