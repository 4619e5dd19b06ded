package io.mppconnect.distributed;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Tls;
import io.mppconnect.segment.LoadSeries;
import io.mppconnect.segment.PortRange;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.segment.SegmentServerOptions;
import io.mppconnect.segment.TlsSockets;
import io.mppconnect.transfer.reach.EndpointReach;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, PlanLink> links = new HashMap<>();
    private @Nullable SegmentServer server;
    private boolean closed;

    private SegmentEndpoint(ClusterOptions options) {
        this.options = options;
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

    private synchronized PlanLink link(LoadTicket ticket) {
        if (closed) {
            throw new MppConnectException(
                    ErrorCode.CANCELLED, "Cannot begin an attempt: its SegmentEndpoint is closed");
        }
        PlanLink known = links.get(ticket.plan());
        if (known != null && !known.isOver()) {
            return known;
        }
        PlanLink made = connect(ticket);
        links.put(ticket.plan(), made);
        return made;
    }

    private PlanLink connect(LoadTicket ticket) {
        Line line = null;
        try {
            line = dial(ticket);
            line.send(new Message.Hello(ticket.token(), name()));
            if (line.read() instanceof Message.Welcome welcome) {
                return serve(ticket, line, welcome);
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

    private PlanLink serve(LoadTicket ticket, Line line, Message.Welcome welcome) {
        EndpointReach reach = EndpointReach.of(options, line.localHost(), welcome.segments(), welcome.coordinator());
        SegmentServer running = server;
        if (running == null) {
            running = SegmentServer.start(SegmentServerOptions.on(reach.bind())
                    .withPorts(new PortRange(options.firstPort(), options.lastPort()))
                    .withTls(options.tls()));
            server = running;
        }
        LoadSeries series = running.openLoads(new QuietVisits(), reach.peers());
        PlanLink link = new PlanLink(ticket.plan(), line, welcome, series, this::ended);
        link.start(reach.url(running.address().getPort(), series.path()));
        return link;
    }

    /** Without a plan there is nothing to serve. */
    private synchronized void ended(PlanLink link) {
        links.remove(link.plan(), link);
        SegmentServer idle = server;
        if (links.isEmpty() && idle != null) {
            server = null;
            idle.close();
        }
    }

    /** Leaves all plans: attempts that have not committed fail, those that have stay so. Idempotent. */
    @Override
    public void close() {
        List<PlanLink> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(links.values());
        }
        last.forEach(PlanLink::close);
    }
}
