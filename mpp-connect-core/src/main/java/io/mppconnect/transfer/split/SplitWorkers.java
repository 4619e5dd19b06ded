package io.mppconnect.transfer.split;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferReport.SplitPart;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.transfer.failure.ForeignFailure;
import io.mppconnect.transfer.session.Threads;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded pool that reads a scan's splits: each worker takes the next split, reads it to its end, takes the next.
 * When the last split is read, or the last worker is gone because it is to end early, {@code finished} is called; when one
 * fails, {@code failed} is, and the others stop; when one finds its source changed, {@code changed} is called, and it reads
 * no further.
 */
public final class SplitWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SplitWorkers.class);
    private static final long GRACE_MILLIS = 5_000;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<SplitPart> parts = new CopyOnWriteArrayList<>();
    private final Set<SplitPipe> pipes = ConcurrentHashMap.newKeySet();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Iterator<Split> splits;
    private final AtomicInteger unread;
    private final Function<Split, SplitPipe> pipeOf;
    private final Runnable finished;
    private final Consumer<MppConnectException> failed;
    private final Consumer<SourceChangedException> changed;
    private final AtomicInteger working = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean ending;

    public SplitWorkers(
            List<Split> splits,
            Function<Split, SplitPipe> pipeOf,
            Runnable finished,
            Consumer<MppConnectException> failed,
            Consumer<SourceChangedException> changed) {
        this.splits = List.copyOf(splits).iterator();
        this.unread = new AtomicInteger(splits.size());
        this.pipeOf = pipeOf;
        this.finished = finished;
        this.failed = failed;
        this.changed = changed;
    }

    public void start(String name, int parallelism) {
        int count = Math.min(parallelism, unread.get());
        if (count == 0) {
            finished.run();
        }
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::work, "mpp-connect-" + name + "-source-" + i);
            threads.add(thread);
        }
        working.set(count);
        threads.forEach(Thread::start);
    }

    private void work() {
        try {
            readSplits();
        } finally {
            if (working.decrementAndGet() == 0 && ending) {
                finished.run();
            }
        }
    }

    private void readSplits() {
        for (Split split = next(); split != null; split = next()) {
            SplitPipe pipe;
            try {
                pipe = pipeOf.apply(split);
            } catch (RuntimeException | Error e) {
                failed.accept(failure(split.name(), e));
                return;
            }
            pipes.add(pipe);
            try {
                read(split, pipe);
            } catch (InterruptedException e) {
                if (!stopped) {
                    // Nobody here has interrupted it: the source did, and reads no further.
                    failed.accept(failure(split.name() + " (" + pipe.place() + ")", e));
                }
                return;
            } catch (SourceChangedException e) {
                if (!ending) {
                    changed.accept(e);
                }
                return;
            } catch (Exception | Error e) {
                if (ending) {
                    LOG.debug("{} failed, maybe because it is to end early: {}", split.name(), ForeignFailure.text(e));
                } else {
                    failed.accept(failure(split.name() + " (" + pipe.place() + ")", e));
                }
                return;
            }
            parts.add(new SplitPart(split.name(), pipe.rowCount(), pipe.byteCount()));
            pipes.remove(pipe);
            rows.add(pipe.rowCount());
            bytes.add(pipe.byteCount());
            if (unread.decrementAndGet() == 0 && !ending) {
                finished.run();
            }
        }
    }

    private @Nullable Split next() {
        synchronized (splits) {
            return !stopped && splits.hasNext() ? splits.next() : null;
        }
    }

    private void read(Split split, SplitPipe pipe) throws Exception {
        try (SplitReader reader = split.open()) {
            pipe.reached(reader);
            boolean more = true;
            while (more) {
                if (stopped) {
                    throw new InterruptedException();
                }
                more = readSome(reader, pipe);
                pipe.reached(reader);
            }
            pipe.finish();
        } finally {
            pipe.abandon();
        }
    }

    private static boolean readSome(SplitReader reader, SplitPipe pipe) throws Exception {
        try {
            return reader.read(pipe);
        } catch (SourceChangedException e) {
            pipe.reached(reader);
            throw e;
        }
    }

    private static MppConnectException failure(String place, Throwable cause) {
        if (cause instanceof MppConnectException known) {
            return known;
        }
        return new MppConnectException(
                ErrorCode.SOURCE_FAILED, "Cannot read " + place + ": " + ForeignFailure.text(cause), cause);
    }

    /** The splits that were read to their end. */
    public List<SplitPart> parts() {
        return List.copyOf(parts);
    }

    /** Whether every split was read to its end. */
    public boolean allRead() {
        return unread.get() == 0;
    }

    /** How many rows were handed over; exact when {@link #allRead}. */
    public long rows() {
        return rows.sum() + pipes.stream().mapToLong(SplitPipe::rowCount).sum();
    }

    public long bytes() {
        return bytes.sum() + pipes.stream().mapToLong(SplitPipe::byteCount).sum();
    }

    /** Nothing more is read; {@code finished} is called once the last worker is gone, if one was there. */
    public void end() {
        ending = true;
        stop();
    }

    /** Lets go of whatever a worker waits for; none goes on. */
    public void stop() {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }

    /** Stops the workers, waiting for or encoding what they may be, and waits until they are gone. */
    @Override
    public void close() {
        stop();
        Threads.join(
                threads,
                GRACE_MILLIS,
                straggler -> LOG.warn(
                        "{} does not stop: its source does not heed interrupts; the thread ends when the source returns",
                        straggler.getName()));
    }
}
