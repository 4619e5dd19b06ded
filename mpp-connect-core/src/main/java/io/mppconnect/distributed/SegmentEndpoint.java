package io.mppconnect.distributed;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Tls;
import io.mppconnect.segment.TlsSockets;
import io.mppconnect.transfer.reach.EndpointReach;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The half of a {@link TransferPlan} that holds rows: one per JVM, shared by all tasks and all plans. Thread safe.
 *
 * <p>It starts a server for segments when the first task begins, and stops it when the last plan is over. Its threads are
 * named {@code mpp-connect-...}. When the JVM with the plan is gone, all attempts fail within half a minute, at once if
 * it was killed.
 *
 * <pre>{@code
 * try (SegmentEndpoint endpoint = SegmentEndpoint.create()) {
 *     try (TaskAttempt attempt = endpoint.begin(ticket, task, attemptNumber)) {
 *         ...
 *     }
 * }
 * }</pre>
 */
public final class SegmentEndpoint implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final ClusterOptions options;
    private final EndpointServer server;
    private final Map<String, CompletableFuture<PlanLink>> links = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private SegmentEndpoint(ClusterOptions options) {
        this.options = options;
        this.server = new EndpointServer(options);
    }

    /** Any free port of the address by which this JVM reaches the one with the plan. */
    public static SegmentEndpoint create() {
        return create(ClusterOptions.defaults());
    }

    /**
     * As {@link #create()}.
     *
     * @param options where the server listens, what segments dial, whose requests are served; with TLS, also the files to
     *     prove to the plan's JVM who this is
     */
    public static SegmentEndpoint create(ClusterOptions options) {
        return new SegmentEndpoint(options);
    }

    /**
     * Begins an attempt of a task. The first one of a plan connects to the JVM with the plan, which may take seconds.
     *
     * @param task what the application calls the task; of each, one attempt can count
     * @param attempt what it calls the attempt
     * @throws MppConnectException {@link ErrorCode#CONNECTION} when the plan's JVM does not answer or does not take the
     *     ticket; {@link ErrorCode#SERVER_ADDRESS} when this one cannot listen
     */
    public TaskAttempt begin(LoadTicket ticket, int task, long attempt) throws InterruptedException {
        return link(ticket).begin(task, attempt);
    }

    private PlanLink link(LoadTicket ticket) throws InterruptedException {
        CompletableFuture<PlanLink> mine = new CompletableFuture<>();
        CompletableFuture<PlanLink> known =
                links.compute(ticket.plan(), (plan, other) -> other == null || isOver(other) ? mine : other);
        if (closed) {
            links.remove(ticket.plan(), mine);
            mine.completeExceptionally(whenClosed());
            throw whenClosed();
        }
        return known == mine ? connect(ticket, mine) : await(known);
    }

    private static boolean isOver(CompletableFuture<PlanLink> link) {
        return link.isCompletedExceptionally() || (link.isDone() && link.join().isOver());
    }

    private static MppConnectException whenClosed() {
        return new MppConnectException(ErrorCode.CANCELLED, "Cannot begin an attempt: its SegmentEndpoint is closed");
    }

    /** What another task is about to connect. */
    private static PlanLink await(CompletableFuture<PlanLink> link) throws InterruptedException {
        try {
            return link.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MppConnectException known) {
                throw new MppConnectException(known.code(), known.getMessage(), known);
            }
            throw new IllegalStateException(e);
        }
    }

    private PlanLink connect(LoadTicket ticket, CompletableFuture<PlanLink> link) {
        PlanLink made;
        try {
            made = connect(ticket, () -> links.remove(ticket.plan(), link));
        } catch (RuntimeException | Error e) {
            links.remove(ticket.plan(), link);
            link.completeExceptionally(e);
            throw e;
        }
        if (!link.complete(made)) {
            made.close();
            throw whenClosed();
        }
        return made;
    }

    /** @param forget called when the link is over */
    private PlanLink connect(LoadTicket ticket, Runnable forget) {
        Line line = null;
        try {
            line = dial(ticket);
            line.send(new Message.Hello(ticket.token(), name()));
            if (line.read() instanceof Message.Welcome welcome) {
                return serve(ticket, line, welcome, forget);
            }
            throw new IOException("it does not know this ticket");
        } catch (IOException e) {
            close(line);
            throw new MppConnectException(
                    ErrorCode.CONNECTION,
                    "Cannot take part in " + ticket.plan() + ": the JVM that has the plan, at " + ticket.host() + ":"
                            + ticket.port() + ", does not let this one in (" + e.getMessage()
                            + "); the plan may be over, or ClusterOptions.advertisedHost of that JVM names an address"
                            + " that this one cannot reach",
                    e);
        } catch (RuntimeException e) {
            close(line);
            throw e;
        }
    }

    private static void close(@Nullable Line line) {
        if (line != null) {
            line.close();
        }
    }

    private Line dial(LoadTicket ticket) throws IOException {
        Socket socket = ticket.secure() ? secureSocket(ticket) : new Socket();
        try {
            socket.connect(new InetSocketAddress(ticket.host(), ticket.port()), (int) CONNECT_LIMIT.toMillis());
            Line line = new Line(socket);
            line.trust();
            return line;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secureSocket(LoadTicket ticket) throws IOException {
        Tls files = options.tls()
                .orElseThrow(() -> new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot take part in " + ticket.plan() + ": the JVM that has the plan speaks TLS; name this"
                                + " JVM's files with ClusterOptions.tls"));
        return TlsSockets.client(files);
    }

    private static String name() {
        return "JVM " + ProcessHandle.current().pid();
    }

    private PlanLink serve(LoadTicket ticket, Line line, Message.Welcome welcome, Runnable forget) {
        EndpointServer.Path path =
                server.open(EndpointReach.of(options, line.localHost(), welcome.segments(), welcome.coordinator()));
        PlanLink link = new PlanLink(ticket.plan(), line, welcome, path.series(), () -> {
            forget.run();
            server.leave();
        });
        try {
            link.start(path.url());
            return link;
        } catch (Error e) {
            // There is no thread to be had.
            link.close();
            throw e;
        }
    }

    /** Leaves all plans: attempts that have not committed fail, those that have stay so. Idempotent. */
    @Override
    public void close() {
        closed = true;
        for (CompletableFuture<PlanLink> link : List.copyOf(links.values())) {
            // Whoever is about to connect finds out, and closes what he has.
            if (!link.completeExceptionally(whenClosed()) && !link.isCompletedExceptionally()) {
                link.join().close();
            }
        }
    }
}
