package io.mppconnect.test.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connects one segment to the server, or fails to, as the faults say. Its owner may {@link #close} it at any time. */
final class Dialer implements AutoCloseable {

    /** What the segment's own machine says of an address, and its numbers. */
    private static final Map<String, Integer> LOCAL_ERRORS =
            Map.of("Network is unreachable", 101, "Invalid argument", 22, "Permission denied", 13);

    private final Segment segment;
    private final SegmentFaults faults;
    private final SegmentTls tls;
    private @Nullable Socket socket;
    private boolean closed;

    Dialer(Segment segment, TransferPlan plan) {
        this.segment = segment;
        this.faults = plan.faults();
        this.tls = plan.tls();
    }

    /**
     * @param patience how long an unreachable server is waited for
     * @throws IOException when there is no connection; {@link NoRouteToHostException} when the server is unreachable
     */
    HttpConnection connect(Location location, Duration patience)
            throws IOException, SegmentFailure, InterruptedException {
        if (location.secure()) {
            tls.required(segment);
        }
        if (faults.unreachable().contains(segment.content())) {
            Thread.sleep(patience.toMillis());
            throw new NoRouteToHostException("No route to host");
        }
        Socket fresh = new Socket();
        synchronized (this) {
            if (closed) {
                throw new InterruptedException("closed");
            }
            socket = fresh;
        }
        boolean refused = faults.refused().contains(segment.content());
        return HttpConnection.connect(
                fresh,
                refused ? closedPort() : location.address(),
                connected -> location.secure()
                        ? tls.over(
                                connected, location.name(), location.address().getPort())
                        : connected);
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        }
    }

    /** The error of the operating system, as libcurl words it; empty when there is none. */
    static String systemError(IOException problem) {
        if (problem instanceof NoRouteToHostException) {
            return "error code = 113 (No route to host)";
        }
        if (problem instanceof SocketTimeoutException) {
            return "error code = 110 (Connection timed out)";
        }
        if (problem instanceof ConnectException) {
            String message = String.valueOf(problem.getMessage());
            return message.contains("refused")
                    ? "error code = 111 (Connection refused)"
                    : "error code = 110 (Connection timed out)";
        }
        String said = String.valueOf(problem.getMessage());
        return LOCAL_ERRORS.entrySet().stream()
                .filter(error -> said.contains(error.getKey()))
                .map(error -> "error code = " + error.getValue() + " (" + error.getKey() + ")")
                .findFirst()
                .orElse("");
    }

    /** The same as part of a message; where there is no such error and TLS is spoken, the two did not agree on it. */
    static String problem(IOException problem, Location location) {
        String system = systemError(problem);
        return system.isEmpty() && location.secure() ? "; SSL: " + problem.getMessage() : system + ";";
    }

    /** Ends whatever waits on the connection; later connections fail. */
    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    /** Ends the connection. */
    synchronized void disconnect() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
