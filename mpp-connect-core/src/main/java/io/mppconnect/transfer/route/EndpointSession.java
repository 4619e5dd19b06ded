package io.mppconnect.transfer.route;

import static io.mppconnect.transfer.route.BackendMessages.AUTHENTICATION;
import static io.mppconnect.transfer.route.BackendMessages.DATA_ROW;
import static io.mppconnect.transfer.route.BackendMessages.READY_FOR_QUERY;
import static io.mppconnect.transfer.route.BackendMessages.intAt;
import static io.mppconnect.transfer.route.BackendMessages.shortAt;

import io.mppconnect.catalog.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A retrieve connection to one endpoint, in PostgreSQL's protocol of version 3. A driver cannot open one: it sends
 * statements of its own on the way, and such a connection takes RETRIEVE alone. The rows' text is read where it arrives.
 */
final class EndpointSession implements Closeable {

    private static final int PROTOCOL = 3 << 16;

    /** Three quarters of the queue between the segment's query and this connection; a row in it has a head of 16 bytes. */
    private static final long PORTION_BYTES = 48 * 1024;

    private static final int ROW_HEAD = 16;
    private static final int FIRST_PORTION = 16;
    private static final int AUTHENTICATED = 0;
    private static final int CLEAR_PASSWORD = 3;

    private final Endpoint endpoint;
    private final Socket socket;
    private final BackendMessages messages;

    /** Takes one row: {@code fields} values follow in the message's bytes, each a length and so many bytes. */
    @FunctionalInterface
    interface RowData {
        void take(byte[] message, int from, int fields) throws Exception;
    }

    private EndpointSession(Endpoint endpoint, Socket socket) throws IOException {
        this.endpoint = endpoint;
        this.socket = socket;
        this.messages = new BackendMessages(socket.getInputStream());
    }

    /**
     * Opens the connection.
     *
     * @param settings the session's settings, as the statement's own session has them
     */
    static EndpointSession connect(Endpoint endpoint, String database, Map<String, String> settings, Duration limit)
            throws IOException, SQLException {
        Socket socket = new Socket();
        try {
            int millis = (int) limit.toMillis();
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(millis);
            EndpointSession session = new EndpointSession(endpoint, socket);
            session.start(database, settings);
            socket.setSoTimeout(0);
            return session;
        } catch (IOException | SQLException e) {
            socket.close();
            throw e;
        }
    }

    private void start(String database, Map<String, String> settings) throws IOException, SQLException {
        StringBuilder parameters = new StringBuilder();
        parameter(parameters, "user", endpoint.user());
        parameter(parameters, "database", database);
        parameter(parameters, "client_encoding", "UTF8");
        parameter(parameters, "options", "-c gp_retrieve_conn=true");
        settings.forEach((name, value) -> parameter(parameters, name, value));
        byte[] bytes = parameters.append('\0').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(2 * Integer.BYTES + bytes.length);
        message.putInt(message.capacity()).putInt(PROTOCOL).put(bytes);
        write(message.array());
        for (byte type = messages.next(); type != READY_FOR_QUERY; type = messages.next()) {
            if (type == AUTHENTICATION) {
                authenticate(intAt(messages.bytes(), messages.from()));
            }
        }
    }

    private static void parameter(StringBuilder parameters, String name, String value) {
        parameters.append(name).append('\0').append(value).append('\0');
    }

    private void authenticate(int method) throws IOException {
        if (method == CLEAR_PASSWORD) {
            send('p', endpoint.token());
        } else if (method != AUTHENTICATED) {
            throw new IOException("it asks for authentication of kind " + method + ", where a token is to be enough");
        }
    }

    /**
     * Fetches every row there is; returns how many these were. A RETRIEVE gathers all its rows before it sends one, and is
     * woken for each that it has to wait for. So each asks for what fits into the queue that the query has filled meanwhile:
     * the segment need not store its part, and does it in half the time.
     */
    long retrieveAll(RowData rows) throws Exception {
        long sent = 0;
        long bytes = 0;
        long asked;
        long got;
        do {
            asked = sent == 0 ? FIRST_PORTION : Math.max(1, PORTION_BYTES * sent / bytes);
            send('Q', "RETRIEVE " + asked + " FROM ENDPOINT \"" + endpoint.name() + "\"");
            got = 0;
            for (byte type = messages.next(); type != READY_FOR_QUERY; type = messages.next()) {
                if (type == DATA_ROW) {
                    int from = messages.from();
                    bytes += messages.length() + ROW_HEAD;
                    got++;
                    rows.take(messages.bytes(), from + Short.BYTES, shortAt(messages.bytes(), from));
                }
            }
            sent += got;
        } while (got == asked);
        return sent;
    }

    private void send(char type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(1 + Integer.BYTES + bytes.length + 1);
        message.put((byte) type).putInt(message.capacity() - 1).put(bytes);
        write(message.array());
    }

    /** In one piece: the segment is woken once. */
    private void write(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Cuts the connection, from any thread: a read that waits ends. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
