package io.mppconnect.distributed;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.LoadSeries;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one JVM that holds rows has to do with one plan: the connection to it, and the path that segments fetch from. */
final class PlanLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlanLink.class);

    private final String plan;
    private final Line line;
    private final Message.Welcome welcome;
    private final LoadSeries series;
    private final Outbox outbox;
    private final Runnable ended;
    private final Thread reader;
    private final Map<Integer, CompletableFuture<Integer>> opening = new HashMap<>();
    private int requests;
    private @Nullable MppConnectException over;
    private @Nullable LoadExchange serving;

    /** @param ended called once, when nothing more will be done for the plan */
    PlanLink(String plan, Line line, Message.Welcome welcome, LoadSeries series, Runnable ended) {
        this.plan = plan;
        this.line = line;
        this.welcome = welcome;
        this.series = series;
        this.ended = ended;
        this.outbox = new Outbox(welcome.memory(), () -> send(new Message.Wish()));
        this.reader = new Thread(this::listen, "mpp-connect-endpoint-" + plan);
        reader.setDaemon(true);
    }

    void start(String url) {
        reader.start();
        send(new Message.Serving(url));
    }

    String plan() {
        return plan;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Whether nothing more will be done for the plan over this connection. */
    boolean isOver() {
        synchronized (opening) {
            return over != null;
        }
    }

    /** Begins an attempt. */
    TaskAttempt begin(int task, long attempt) throws InterruptedException {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        int request;
        synchronized (opening) {
            if (over != null) {
                throw new MppConnectException(over.code(), over.getMessage(), over);
            }
            request = ++requests;
            opening.put(request, number);
        }
        send(new Message.Open(request, task, attempt));
        try {
            return new TaskAttempt(this, welcome.fields(), welcome.maxRow(), number.get(), task, attempt);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MppConnectException known) {
                throw new MppConnectException(known.code(), known.getMessage(), known);
            }
            throw new IllegalStateException(e);
        }
    }

    /** What cannot be sent is no news: the reader finds out that the connection is gone. */
    private void send(Message message) {
        try {
            line.send(message);
        } catch (IOException e) {
            LOG.debug("{}: cannot send {}", plan, message, e);
            line.close();
        }
    }

    private void listen() {
        MppConnectException cause;
        try {
            while (true) {
                Message message = line.read();
                if (message instanceof Message.Over end) {
                    cause = new MppConnectException(end.code(), end.reason());
                    break;
                }
                hear(message);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            cause = new MppConnectException(
                    ErrorCode.CONNECTION,
                    "Cannot go on with " + plan + ": the connection to the JVM that has the plan is lost ("
                            + e.getMessage() + "); nothing was committed by this JVM",
                    e);
        }
        end(cause);
    }

    private void hear(Message message) throws InterruptedException {
        if (message instanceof Message.Prepare prepare) {
            LoadExchange exchange = series.next();
            serving = exchange;
            send(new Message.Ready(prepare.round(), outbox.serve(exchange)));
        } else if (message instanceof Message.Durable) {
            outbox.durable();
        } else if (message instanceof Message.Again) {
            LoadExchange failed = serving;
            if (failed != null) {
                failed.close();
            }
            outbox.again();
        } else if (message instanceof Message.Opened opened) {
            CompletableFuture<Integer> number;
            synchronized (opening) {
                number = opening.remove(opened.request());
            }
            if (number != null) {
                number.complete(opened.number());
            }
        } else {
            throw new IllegalStateException("An unexpected message: " + message);
        }
    }

    /** Ends what has not ended yet; whoever waits gets the cause. */
    private void end(MppConnectException cause) {
        Map<Integer, CompletableFuture<Integer>> waiting;
        synchronized (opening) {
            if (over != null) {
                return;
            }
            over = cause;
            waiting = new HashMap<>(opening);
            opening.clear();
        }
        line.close();
        series.close();
        outbox.fail(cause);
        waiting.values().forEach(number -> number.completeExceptionally(cause));
        ended.run();
    }

    /** Leaves the plan: attempts that have not committed fail. */
    @Override
    public void close() {
        end(new MppConnectException(
                ErrorCode.CANCELLED, "Cannot go on with " + plan + ": the SegmentEndpoint of this JVM is closed"));
        try {
            if (Thread.currentThread() != reader) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
