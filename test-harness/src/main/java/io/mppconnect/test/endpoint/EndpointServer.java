package io.mppconnect.test.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes retrieve connections for all segments of a cluster, and a thread for each. Thread safe. */
public final class EndpointServer implements AutoCloseable {

    private final ServerSocket listening;
    private final Map<String, EndpointRows> endpoints = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Outcome outcome;

    /** Told how the retrieval of an endpoint ended. */
    @FunctionalInterface
    public interface Outcome {
        void ended(String token, boolean complete);
    }

    private EndpointServer(ServerSocket listening, Outcome outcome) {
        this.listening = listening;
        this.outcome = outcome;
    }

    /**
     * Listens on a free port of the loopback address.
     *
     * @throws IOException when there is none
     */
    public static EndpointServer start(Outcome outcome) throws IOException {
        EndpointServer server = new EndpointServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), outcome);
        Thread thread = new Thread(server::accept, "embedded-mpp-endpoints-" + server.port());
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Lets whoever knows the token fetch these rows, once. */
    public void offer(String token, EndpointRows rows) {
        endpoints.put(token, rows);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "embedded-mpp-endpoint-" + socket.getPort());
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed: nobody is served any more.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new EndpointConnection(socket, endpoints, outcome).run();
        } catch (IOException e) {
            // The client has left; what it did not fetch is told of as such.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
