package io.mppconnect.transfer.route;

import io.mppconnect.catalog.Endpoint;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
    private static final int BUFFER = 64 * 1024;

    /** Three quarters of the queue between the segment's query and this connection; a row in it has a head of 16 bytes. */
    private static final long PORTION_BYTES = 48 * 1024;

    private static final int ROW_HEAD = 16;
    private static final int FIRST_PORTION = 16;
    private static final int AUTHENTICATED = 0;
    private static final int CLEAR_PASSWORD = 3;
    private static final String PROTOCOL_VIOLATION = "08P01";

    private final Endpoint endpoint;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private byte[] message = new byte[BUFFER];
    private int length;

    /** Takes one row: {@code fields} values follow in the message's bytes, each a length and so many bytes. */
    @FunctionalInterface
    interface RowData {
        void take(byte[] message, int from, int fields) throws Exception;
    }

    private EndpointSession(Endpoint endpoint, Socket socket) throws IOException {
        this.endpoint = endpoint;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = new DataOutputStream(socket.getOutputStream());
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
        out.writeInt(2 * Integer.BYTES + bytes.length);
        out.writeInt(PROTOCOL);
        out.write(bytes);
        out.flush();
        for (byte type = next(); type != 'Z'; type = next()) {
            if (type == 'R') {
                authenticate(intAt(0));
            }
        }
    }

    private static void parameter(StringBuilder parameters, String name, String value) {
        parameters.append(name).append('\0').append(value).append('\0');
    }

    private void authenticate(int method) throws IOException, SQLException {
        if (method == CLEAR_PASSWORD) {
            send('p', endpoint.token());
        } else if (method != AUTHENTICATED) {
            throw new SQLException("asks for authentication of kind " + method, PROTOCOL_VIOLATION);
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
            for (byte type = next(); type != 'Z'; type = next()) {
                if (type == 'D') {
                    rows.take(message, Short.BYTES, ((message[0] & 0xff) << Byte.SIZE) | (message[1] & 0xff));
                    bytes += length + ROW_HEAD;
                    got++;
                }
            }
            sent += got;
        } while (got == asked);
        return sent;
    }

    private void send(char type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(Integer.BYTES + bytes.length + 1);
        out.write(bytes);
        out.writeByte(0);
        out.flush();
    }

    /** Reads a message and returns its type; one that tells of an error is thrown. */
    private byte next() throws IOException, SQLException {
        try {
            byte type = in.readByte();
            length = in.readInt() - Integer.BYTES;
            if (length > message.length) {
                message = new byte[Math.max(length, 2 * message.length)];
            }
            in.readFully(message, 0, length);
            if (type == 'E') {
                throw error();
            }
            return type;
        } catch (EOFException e) {
            throw new IOException("it closed the connection", e);
        }
    }

    private SQLException error() {
        String state = PROTOCOL_VIOLATION;
        String text = "";
        for (int at = 0; at < length && message[at] != 0; ) {
            char field = (char) message[at];
            int end = at + 1;
            while (end < length && message[end] != 0) {
                end++;
            }
            String value = new String(message, at + 1, end - at - 1, StandardCharsets.UTF_8);
            if (field == 'C') {
                state = value;
            } else if (field == 'M') {
                text = value;
            }
            at = end + 1;
        }
        return new SQLException(text, state);
    }

    private int intAt(int at) {
        return intAt(message, at);
    }

    /** A number of four bytes, most significant first. */
    static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
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
