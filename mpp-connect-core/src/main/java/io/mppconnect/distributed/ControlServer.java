package io.mppconnect.distributed;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.TlsSockets;
import io.mppconnect.transfer.reach.MeetingPoint;
import io.mppconnect.transfer.session.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the other JVMs call the one with the plan; each keeps its connection, and has a thread here, until the end. */
final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    /** How many callers may be here who have not shown a ticket; of more, the oldest has to go. */
    private static final int MOST_STRANGERS = 64;

    private static final int BACKLOG = 1024;

    /** So many of the calls that fail, and of the callers that are refused, are warned of; no flood fills the log. */
    private static final int WARNINGS = 8;

    /** After a call that could not be taken, for want of file descriptors, say. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LEAVE_MILLIS = 10_000;
    private static final long END_MILLIS = 10_000;

    private final String plan;
    private final String token;
    private final Message.Welcome welcome;
    private final Roster roster;
    private final AttemptRegister attempts;
    private final ServerSocket socket;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Queue<Line> strangers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger warnings = new AtomicInteger();
    private volatile boolean closed;

    ControlServer(
            String plan,
            String token,
            Message.Welcome welcome,
            MeetingPoint point,
            Roster roster,
            AttemptRegister attempts) {
        this.plan = plan;
        this.token = token;
        this.welcome = welcome;
        this.roster = roster;
        this.attempts = attempts;
        this.socket = listen(point);
    }

    private static ServerSocket listen(MeetingPoint point) {
        ClusterOptions options = point.options();
        for (int port = options.firstPort(); ; port++) {
            try {
                return listen(point, port);
            } catch (IOException e) {
                if (port >= options.lastPort()) {
                    throw new MppConnectException(
                            ErrorCode.SERVER_ADDRESS,
                            "Cannot listen on " + point.bind().getHostAddress() + " for other JVMs: " + e.getMessage()
                                    + "; name a free port or a range with ClusterOptions.ports",
                            e);
                }
            }
        }
    }

    private static ServerSocket listen(MeetingPoint point, int port) throws IOException {
        ServerSocket socket = point.options().tls().isPresent()
                ? TlsSockets.server(point.options().tls().get())
                : new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(point.bind(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void start() {
        run(this::accept, "control");
    }

    int port() {
        return socket.getLocalPort();
    }

    private void run(Runnable work, String name) {
        Thread thread = new Thread(
                () -> {
                    work.run();
                    threads.remove(Thread.currentThread());
                },
                "mpp-connect-" + plan + "-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        for (int number = 1; !closed; number++) {
            try {
                Socket caller = socket.accept();
                admit(new Line(caller), number);
            } catch (IOException e) {
                if (!closed) {
                    warn("{}: a call could not be taken: {}", e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void warn(String format, @Nullable Object what) {
        if (warnings.incrementAndGet() <= WARNINGS) {
            LOG.warn(format, plan, what);
        } else {
            LOG.debug(format, plan, what);
        }
    }

    private void admit(Line line, int number) {
        lines.add(line);
        strangers.add(line);
        if (strangers.size() > MOST_STRANGERS) {
            Line oldest = strangers.poll();
            if (oldest != null) {
                oldest.close();
            }
        }
        if (closed) {
            line.close();
        }
        run(() -> serve(line), "endpoint-" + number);
    }

    private void serve(Line line) {
        try (line) {
            if (!(line.read() instanceof Message.Hello hello) || !knows(hello.token())) {
                warn("{}: refused a caller from {} without a ticket of this plan", line.peer());
                return;
            }
            line.trust();
            strangers.remove(line);
            line.send(welcome);
            if (line.read() instanceof Message.Serving serving) {
                listen(new Endpoint(hello.name() + " at " + line.peer(), serving.url(), line));
            }
        } catch (IOException e) {
            LOG.debug("{}: a connection has ended", plan, e);
        } finally {
            strangers.remove(line);
            lines.remove(line);
        }
    }

    private boolean knows(String shown) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private void listen(Endpoint endpoint) throws IOException {
        boolean joined = roster.join(endpoint);
        if (!joined) {
            Roster.tell(List.of(endpoint), over());
        }
        LOG.debug("{}: {} takes part", plan, endpoint);
        try {
            while (true) {
                hear(endpoint, endpoint.line().read());
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.info("{}: {} is gone, {}", plan, endpoint, e.getMessage());
            }
        } finally {
            roster.lose(endpoint);
        }
    }

    private void hear(Endpoint endpoint, Message message) throws IOException {
        if (message instanceof Message.Open open) {
            endpoint.line().send(new Message.Opened(open.request(), attempts.open(open.task(), open.attempt())));
        } else if (message instanceof Message.Wish) {
            roster.wish(endpoint);
        } else if (message instanceof Message.Ready ready) {
            roster.ready(endpoint, ready.round(), ready.rows());
        } else {
            throw new IOException("an unexpected message");
        }
    }

    private Message.Over over() {
        return new Message.Over(ErrorCode.CANCELLED, "Cannot take part in " + plan + ": it takes no more rows");
    }

    /** Frees the port, and tells all that the plan is over; waits for nobody. */
    void announce(Message.Over reason) {
        closed = true;
        roster.stop();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("{}: the port could not be closed", plan, e);
        }
        strangers.forEach(Line::close);
        Roster.tell(roster.all(), reason);
    }

    /** Tells those who are still there that the plan is over, and cuts their connections. Idempotent. */
    void close(Message.Over reason) {
        announce(reason);
        // Whoever has heard it leaves; a connection cut before could take the word along.
        join(LEAVE_MILLIS);
        lines.forEach(Line::close);
        join(END_MILLIS);
    }

    private void join(long millis) {
        Threads.join(List.copyOf(threads), millis, straggler -> LOG.debug("{} still runs", straggler.getName()));
    }

    @Override
    public void close() {
        close(over());
    }
}
