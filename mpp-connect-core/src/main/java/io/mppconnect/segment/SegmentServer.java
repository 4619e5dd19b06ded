package io.mppconnect.segment;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The HTTP server that all segments of a database pull rows from and push rows to, with the gpfdist protocol. It knows
 * bytes and blocks, no sources and no SQL. Thread safe.
 *
 * <p>It listens on one port, with TLS when the options name its files, and has a fixed number of daemon threads, named
 * {@code mpp-connect-server-*}, however many segments there are: a segment that waits, or that we wait for, holds none.
 *
 * <pre>{@code
 * try (SegmentServer server = SegmentServer.start(SegmentServerOptions.on(address));
 *         LoadExchange load = server.openLoad(listener)) {
 *     String url = "gpfdist://" + host + ":" + server.address().getPort() + load.path();
 *     ...
 * }
 * }</pre>
 */
public final class SegmentServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentServer.class);

    private static final AtomicInteger SERVERS = new AtomicInteger();
    private static final int PATH_BYTES = 16;
    private static final int BACKLOG = 1024;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int HEADERS = 50;
    private static final int MOST_SILENT = 1024;
    /** What a connection without a request holds at most: the state of a TLS handshake, or a head. */
    private static final int SILENT_BYTES = 32 * 1024;

    private static final int SILENT_PART_OF_HEAP = 4;
    private static final int CLOSE_SECONDS = 5;
    private static final int ACCEPT_WARNINGS = 8;
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);
    private static final long UNLOAD_MEMORY = 32L * 1024 * 1024;

    private final SegmentServerOptions options;
    private final HeadDeadline deadline;
    private final XnioWorker worker;
    private final DefaultByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES, -1, 4);
    private final HttpOpenListener connections;
    private final AcceptingChannel<? extends StreamConnection> channel;
    private final AcceptGate gate;
    private final Optional<TlsServer> tls;
    private final Map<String, SegmentExchange> exchanges = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger acceptWarnings = new AtomicInteger();

    private SegmentServer(SegmentServerOptions options) throws IOException {
        this.options = options;
        this.worker = Xnio.getInstance(SegmentServer.class.getClassLoader())
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, "mpp-connect-server-" + SERVERS.incrementAndGet())
                        .set(Options.WORKER_IO_THREADS, options.ioThreads())
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        this.connections = new HttpOpenListener(
                buffers,
                OptionMap.builder()
                        .set(UndertowOptions.MAX_HEADERS, HEADERS)
                        .set(UndertowOptions.MAX_HEADER_SIZE, HEAD_BYTES)
                        // Exchanges hold bodies against limits of their own.
                        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                                options.headTimeout().toMillis())
                        .set(UndertowOptions.ALWAYS_SET_DATE, false)
                        .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                        .getMap());
        this.deadline = new HeadDeadline(connections, options.headTimeout(), mostSilent(), this::isExpected);
        connections.setRootHandler(new RequestRouter(exchanges, deadline, options.headTimeout()));
        try {
            this.tls = options.tls().map(files -> new TlsServer(files, worker));
            this.channel = bind();
            this.gate = new AcceptGate(channel::suspendAccepts, this::resumeAccepts);
        } catch (MppConnectException e) {
            stopThreads();
            throw e;
        }
        channel.resumeAccepts();
    }

    /**
     * Starts a server.
     *
     * @throws MppConnectException with {@link ErrorCode#SERVER_ADDRESS} when it cannot listen there
     */
    public static SegmentServer start(SegmentServerOptions options) {
        try {
            SegmentServer server = new SegmentServer(options);
            LOG.debug("Listening on {}", server.address());
            return server;
        } catch (IOException e) {
            throw new MppConnectException(
                    ErrorCode.SERVER_ADDRESS, "Cannot start the segment server: " + e.getMessage(), e);
        }
    }

    /** Where it listens: the very address and port. */
    public InetSocketAddress address() {
        return channel.getLocalAddress(InetSocketAddress.class);
    }

    /** Opens a load to whoever knows its path. */
    public LoadExchange openLoad(LoadListener listener) {
        return openLoad(listener, peer -> true);
    }

    /**
     * Opens a load.
     *
     * @param peers which addresses may ask; others are answered 403 and disturb nothing. Asked on I/O threads: quick
     * @throws IllegalStateException when the server is closed
     */
    public LoadExchange openLoad(LoadListener listener, Predicate<InetAddress> peers) {
        return open(new LoadExchange(newPath(), peers, this::forget, listener));
    }

    /**
     * Opens a series of loads that share a path.
     *
     * @param peers which addresses may ask; others are answered 403 and disturb nothing. Asked on I/O threads: quick
     * @throws IllegalStateException when the server is closed
     */
    public LoadSeries openLoads(LoadListener listener, Predicate<InetAddress> peers) {
        return open(new LoadSeries(newPath(), peers, this::forget, listener));
    }

    /**
     * Opens a path that any number of statements may read, each all rows anew.
     *
     * @param peers which addresses may ask; others are answered 403 and disturb nothing. Asked on I/O threads: quick
     * @throws IllegalStateException when the server is closed
     */
    public LoadScans openScans(ScanListener listener, ScanLimits limits, Predicate<InetAddress> peers) {
        return open(new LoadScans(newPath(), peers, this::forget, listener, limits));
    }

    /**
     * Looks whether the TLS files have changed; connections from then on get what they say. Done by itself whenever an
     * exchange opens, but the scans of one path are opened by segments, on threads that must not read files.
     */
    public void refreshTls() {
        tls.ifPresent(TlsServer::refresh);
    }

    /** Opens an unload for whoever knows its path, with 32 MB of memory. */
    public UnloadExchange openUnload(UnloadListener listener, int maxRowBytes) {
        return openUnload(listener, maxRowBytes, UNLOAD_MEMORY, peer -> true);
    }

    /**
     * Opens an unload.
     *
     * @param maxRowBytes the longest row; a POST may be 1 MB longer, as segments collect rows before they send
     * @param memory how many bytes of POSTs may be held at once, from their arrival until they are acknowledged; when
     *     they are spent, segments wait. One that is longer travels alone
     * @param peers which addresses may send; others are answered 403 and disturb nothing. Asked on I/O threads: quick
     * @throws IllegalStateException when the server is closed
     */
    public UnloadExchange openUnload(
            UnloadListener listener, int maxRowBytes, long memory, Predicate<InetAddress> peers) {
        return open(new UnloadExchange(
                newPath(), peers, this::forget, listener, maxRowBytes, memory, options.headTimeout()));
    }

    /**
     * Cuts every connection, closes every exchange, ends every thread and frees the port, within seconds. Idempotent.
     * An interrupt shortens the wait for the threads and is kept.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        IoUtils.safeClose(channel);
        exchanges.values().forEach(SegmentExchange::close);
        connections.closeConnections();
        stopThreads();
    }

    private void stopThreads() {
        worker.shutdown();
        try {
            // One of the threads itself cannot wait for its own end.
            if (!isOwnThread() && !worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "The segment server's threads did not end within {} s; a listener may be blocking",
                        CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        buffers.close();
    }

    private boolean isOwnThread() {
        return Thread.currentThread() instanceof XnioIoThread thread && thread.getWorker() == worker;
    }

    /** How many connections have sent no request yet. */
    int silentConnections() {
        return deadline.pending();
    }

    private <T extends SegmentExchange> T open(T exchange) {
        refreshTls();
        exchanges.put(exchange.path(), exchange);
        if (closed.get()) {
            exchange.close();
            throw new IllegalStateException("Cannot open an exchange: the segment server is closed");
        }
        return exchange;
    }

    private void forget(SegmentExchange exchange) {
        exchanges.remove(exchange.path());
    }

    private String newPath() {
        byte[] secret = new byte[PATH_BYTES];
        random.nextBytes(secret);
        return "/" + HexFormat.of().formatHex(secret);
    }

    /** Whether any transfer is served to this address. */
    private boolean isExpected(InetAddress peer) {
        return exchanges.values().stream().anyMatch(exchange -> exchange.expects(peer));
    }

    private static int mostSilent() {
        long memory = Runtime.getRuntime().maxMemory() / SILENT_PART_OF_HEAP;
        return (int) Math.min(MOST_SILENT, memory / SILENT_BYTES);
    }

    private AcceptingChannel<? extends StreamConnection> bind() {
        ChannelListener<AcceptingChannel<? extends StreamConnection>> acceptor = this::accept;
        OptionMap socket = OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.KEEP_ALIVE, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .getMap();
        for (int port = options.ports().first(); ; port++) {
            try {
                return listen(new InetSocketAddress(options.bind(), port), acceptor, socket);
            } catch (IOException e) {
                if (port >= options.ports().last()) {
                    throw cannotListen(e);
                }
            }
        }
    }

    private AcceptingChannel<? extends StreamConnection> listen(
            InetSocketAddress address,
            ChannelListener<AcceptingChannel<? extends StreamConnection>> acceptor,
            OptionMap socket)
            throws IOException {
        if (tls.isPresent()) {
            return tls.get().listen(worker, address, acceptor, socket);
        }
        ChannelListener<AcceptingChannel<StreamConnection>> plain = acceptor::handleEvent;
        return worker.createStreamConnectionServer(address, plain, socket);
    }

    private void accept(AcceptingChannel<? extends StreamConnection> accepting) {
        try {
            StreamConnection connection = accepting.accept();
            if (connection != null) {
                gate.entered(task -> Connections.onThread(connection.getIoThread(), task));
                deadline.handleEvent(connection);
            }
        } catch (IOException e) {
            notAccepted(e);
        }
    }

    /** The connection waits on, and would be tried again at once: out of files, that would be for ever. */
    private void notAccepted(IOException e) {
        if (closed.get()) {
            // Connections still come in while the server closes.
            LOG.debug("A connection came too late", e);
            return;
        }
        if (acceptWarnings.incrementAndGet() <= ACCEPT_WARNINGS) {
            LOG.warn("Cannot accept a connection, tries again: {}; is there a file descriptor left?", e.getMessage());
        }
        gate.entered(reopen -> Connections.later(worker.getIoThread(), ACCEPT_PAUSE, reopen));
    }

    private void resumeAccepts() {
        try {
            channel.resumeAccepts();
        } catch (RejectedExecutionException e) {
            // The server is closing: nobody is let in any more.
            return;
        }
    }

    private MppConnectException cannotListen(IOException cause) {
        String host = options.bind().getHostAddress();
        String place = options.bind() instanceof Inet6Address ? "[" + host + "]" : host;
        boolean any = options.ports().first() == 0;
        return new MppConnectException(
                ErrorCode.SERVER_ADDRESS,
                "Cannot listen on " + place + (any ? "" : ":" + options.ports()) + ": " + cause.getMessage() + "; name "
                        + (any
                                ? "an address of this machine with ClusterOptions.bindAddress"
                                : "a free port or a range with ClusterOptions.ports"),
                cause);
    }
}
