package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scan into one writable external table: takes what every segment pushes, in order and each row once, though
 * segments repeat requests whose answer they missed. Thread safe; no call blocks.
 */
public final class UnloadExchange extends SegmentExchange {

    private static final Logger LOG = LoggerFactory.getLogger(UnloadExchange.class);

    /** Segments fill a buffer of up to 1 MB before they send, whatever the length of a row. */
    private static final int SLACK = 1024 * 1024;

    /** What part of the memory may wait to be used again. */
    private static final int SPARE_PART = 4;

    private static final byte[] NO_BYTES = {};
    private static final AttachmentKey<UnloadExchange> LAST_USER = AttachmentKey.create(UnloadExchange.class);

    private final UnloadListener listener;
    private final int maxBody;
    private final BodyBuffers buffers;
    private final ByteBudget budget;
    private final Duration patience;
    private final Map<Integer, Upload> uploads = new TreeMap<>();
    private final Set<ServerConnection> connections = new HashSet<>();
    private @Nullable Refusal failure;
    private boolean closed;

    UnloadExchange(
            String path,
            Predicate<InetAddress> peers,
            Consumer<SegmentExchange> forget,
            UnloadListener listener,
            int maxRowBytes,
            long memory,
            Duration patience) {
        super(path, peers, forget);
        this.listener = listener;
        this.maxBody = (int) Math.min(Integer.MAX_VALUE - 8L, (long) maxRowBytes + SLACK);
        this.buffers = new BodyBuffers(memory / SPARE_PART);
        this.budget = new ByteBudget(memory - memory / SPARE_PART);
        this.patience = patience;
    }

    /**
     * Fails the statement: every request that waits or comes is answered 500. The first reason counts. Bytes handed to
     * the listener stay its own until it acknowledges them.
     *
     * @param reason what the SQL user sees; cut to one line of ASCII
     */
    public void fail(String reason) {
        List<Post> parked = new ArrayList<>();
        List<Post> reading = new ArrayList<>();
        Refusal refusal = Refusal.failed(reason.isBlank() ? "the transfer failed" : reason);
        synchronized (lock) {
            if (failure != null) {
                return;
            }
            failure = refusal;
            for (Upload upload : uploads.values()) {
                UploadStep working = upload.working();
                if (working != null) {
                    parked.addAll(working.takePosts());
                }
                if (upload.reading() != null) {
                    reading.add(upload.reading());
                }
            }
        }
        parked.forEach(post -> post.refuse(refusal));
        reading.forEach(post -> post.refuseWaiting(refusal));
    }

    /**
     * Whether every segment that has opened is done and acknowledged. Segments may still open as long as the SQL
     * statement runs, so ask after it has returned.
     */
    public boolean complete() {
        synchronized (lock) {
            return uploads.values().stream().allMatch(Upload::isDone);
        }
    }

    /** Ends the exchange: its path is gone, its connections are cut. Idempotent. */
    @Override
    public void close() {
        super.close();
        List<ServerConnection> cut;
        List<Post> reading = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            cut = List.copyOf(connections);
            connections.clear();
            for (Upload upload : uploads.values()) {
                if (upload.reading() != null) {
                    reading.add(upload.reading());
                    upload.reading(null);
                }
            }
        }
        reading.forEach(Post::cut);
        cut.forEach(this::cutOwn);
    }

    @Override
    void serve(HttpServerExchange exchange, SegmentRequest request) throws Refusal {
        if (request.kind() != SegmentRequest.Kind.PUSH) {
            throw Refusal.badRequest("this path takes rows and gives none");
        }
        Post post = new Post(exchange, request, patience);
        Upload upload;
        Upload.Verdict verdict;
        UploadStep step = null;
        Post superseded = null;
        synchronized (lock) {
            checkOpen();
            check(request);
            upload = upload(request);
            verdict = upload.verdict(request);
            checkLength(request, verdict);
            post.connection().putAttachment(LAST_USER, this);
            if (connections.add(post.connection())) {
                post.connection().addCloseListener(this::forget);
            }
            if (verdict == Upload.Verdict.HAND_ON) {
                step = begin(upload, post, NO_BYTES);
            } else if (verdict == Upload.Verdict.READ) {
                // A segment sends one request at a time: it has given up the one whose body is still on its way.
                superseded = upload.reading();
                upload.reading(post);
            }
        }
        if (superseded != null) {
            superseded.cut();
        }
        if (step != null) {
            handOn(step);
        } else if (verdict == Upload.Verdict.READ) {
            post.readWithin(budget, () -> read(upload, post));
        } else {
            post.discard(() -> repeated(upload, post));
        }
    }

    private UploadStep begin(Upload upload, Post post, byte[] bytes) {
        UploadStep step = new UploadStep(this, upload, post, bytes, post.takeShare());
        upload.begin(step);
        return step;
    }

    private void checkOpen() throws Refusal {
        if (closed) {
            throw Refusal.notFound();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void checkLength(SegmentRequest request, Upload.Verdict verdict) throws Refusal {
        if (request.length() > maxBody) {
            throw Refusal.tooLong("a body of " + request.length() + " bytes is longer than the " + maxBody
                    + " that this transfer takes");
        }
        if (verdict == Upload.Verdict.HAND_ON && request.length() > 0) {
            throw Refusal.badRequest("a segment opens and closes with an empty body");
        }
    }

    private Upload upload(SegmentRequest request) throws Refusal {
        Upload upload = uploads.get(request.segment());
        if (upload == null) {
            SegmentMeter meter = new SegmentMeter(request.segment(), request.from());
            upload = new Upload(meter);
            // A segment that begins in the middle has opened nothing.
            upload.verdict(request);
            register(meter);
            uploads.put(request.segment(), upload);
        }
        return upload;
    }

    private void read(Upload upload, Post post) {
        byte[] bytes;
        synchronized (lock) {
            bytes = buffers.take((int) post.request().length());
        }
        post.read(bytes, () -> arrived(upload, post, bytes), () -> brokenOff(upload, post));
    }

    private void arrived(Upload upload, Post post, byte[] bytes) {
        UploadStep step = null;
        Refusal refusal;
        synchronized (lock) {
            if (upload.reading() != post) {
                // Superseded or cut off in the last moment: its connection is being closed.
                return;
            }
            upload.reading(null);
            refusal = failure;
            if (refusal == null) {
                step = begin(upload, post, bytes);
            }
        }
        if (step != null) {
            handOn(step);
        } else {
            answer(post, refusal);
        }
    }

    private void brokenOff(Upload upload, Post post) {
        boolean news;
        synchronized (lock) {
            news = upload.reading() == post && !closed;
            if (upload.reading() == post) {
                upload.reading(null);
            }
        }
        post.cut();
        if (news) {
            int segment = post.request().segment();
            tell(() -> listener.broken(
                    segment,
                    "the connection of segment " + segment + " closed in the middle of POST "
                            + post.request().sequence()));
        }
    }

    /** A repeated request has come whole and its body is forgotten: what has become of the one before it? */
    private void repeated(Upload upload, Post post) {
        Refusal refusal = null;
        synchronized (lock) {
            try {
                checkOpen();
                Upload.Verdict verdict = upload.verdict(post.request());
                UploadStep working = upload.working();
                if (verdict == Upload.Verdict.JOIN && working != null) {
                    working.join(post);
                    return;
                }
                if (verdict != Upload.Verdict.REPEAT) {
                    refusal = Refusal.failed(upload.refusal());
                }
            } catch (Refusal e) {
                refusal = e;
            }
        }
        answer(post, refusal);
    }

    private void handOn(UploadStep step) {
        SegmentRequest request = step.request();
        try {
            if (step.opens()) {
                listener.opened(request.segment(), step);
            } else if (request.done()) {
                listener.done(request.segment(), step);
            } else {
                listener.received(request.segment(), step.bytes(), (int) request.length(), step);
            }
        } catch (RuntimeException e) {
            // It runs on an I/O thread, which has other segments to serve and no caller to fail.
            LOG.error("A listener of an unload failed", e);
            step.refuse("the application failed to take the rows");
        }
    }

    /** The listener has made up its mind. */
    void settled(UploadStep step, @Nullable String reason) {
        List<Post> posts;
        synchronized (lock) {
            step.upload().settled(step, reason);
            buffers.giveBack(step.bytes());
            posts = step.takePosts();
        }
        Refusal refusal = reason == null ? null : Refusal.failed(reason);
        posts.forEach(post -> answer(post, refusal));
    }

    private static void answer(Post post, @Nullable Refusal refusal) {
        if (refusal == null) {
            post.accept();
        } else {
            post.refuse(refusal);
        }
    }

    /** A session's statements share connections: one that has gone on to another exchange is that one's. */
    private void cutOwn(ServerConnection connection) {
        Connections.onThread(connection, () -> {
            if (connection.getAttachment(LAST_USER) == this) {
                Connections.cut(connection);
            }
        });
    }

    private void forget(ServerConnection connection) {
        synchronized (lock) {
            connections.remove(connection);
        }
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            // It runs on an I/O thread, which has other segments to serve and no caller to fail.
            LOG.error("A listener of an unload failed", e);
        }
    }
}
