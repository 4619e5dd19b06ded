package io.mppconnect.distributed;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection between the JVM with a plan and another one. Both sides notice within half a minute that the other is
 * gone without a word. One thread reads, any may send.
 */
final class Line implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    /** After so much silence one side asks whether the other is there. */
    private static final Duration ASKS_AFTER = Duration.ofSeconds(5);

    private static final Duration LOST_AFTER = Duration.ofSeconds(30);

    /** A first message is short, whoever sends it. */
    private static final int FIRST_BYTES = 1024;

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int most = FIRST_BYTES;
    private volatile long heard = System.nanoTime();

    Line(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setSoTimeout((int) ASKS_AFTER.toMillis());
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Whoever is at the other end is known: longer messages are taken, and its silence is asked about. */
    void trust() {
        most = MOST_BYTES;
    }

    /** The local address of the connection. */
    String localHost() {
        return socket.getLocalAddress().getHostAddress();
    }

    /** Where it comes from. */
    String peer() {
        return socket.getInetAddress().getHostAddress();
    }

    /** When the other side was heard last, as {@link System#nanoTime}. */
    long heard() {
        return heard;
    }

    void send(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeInt(0);
            message.write(data);
        }
        byte[] frame = bytes.toByteArray();
        int length = frame.length - Integer.BYTES;
        for (int i = 0; i < Integer.BYTES; i++) {
            frame[i] = (byte) (length >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
        }
        synchronized (out) {
            out.write(frame);
            out.flush();
        }
    }

    /** The next message that is no question whether somebody is there; these are answered here. */
    Message read() throws IOException {
        while (true) {
            Message message = next();
            heard = System.nanoTime();
            if (message instanceof Message.Ping) {
                send(new Message.Pong());
            } else if (!(message instanceof Message.Pong)) {
                return message;
            }
        }
    }

    private Message next() throws IOException {
        int first = firstByte();
        if (first < 0) {
            throw new EOFException("the other side has closed the connection");
        }
        DataInputStream data = new DataInputStream(in);
        int length = first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
        if (length < 1 || length > most) {
            throw new IOException("a message of impossible length " + length);
        }
        byte[] frame = data.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException("the connection ended within a message");
        }
        return Message.read(new DataInputStream(new ByteArrayInputStream(frame)));
    }

    private int firstByte() throws IOException {
        while (true) {
            try {
                return in.read();
            } catch (SocketTimeoutException e) {
                if (most == FIRST_BYTES || System.nanoTime() - heard > LOST_AFTER.toNanos()) {
                    throw e;
                }
                send(new Message.Ping());
            }
        }
    }

    /** Ends the connection, whatever is under way. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }
}
