package io.mppconnect.test.segment;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, whose bytes on the wire are those of libcurl. Used by one thread; {@link #close} may come
 * from another and ends whatever waits on the socket.
 */
final class HttpConnection implements Closeable {

    private static final int EXPECT_CONTINUE_ABOVE = 1024 * 1024;
    private static final int CONTINUE_WAIT_MILLIS = 1000;
    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = socket.getOutputStream();
    }

    /** What is spoken over a connected socket. */
    @FunctionalInterface
    interface Layer {
        Socket over(Socket socket) throws IOException;
    }

    /** Takes a socket that the caller may close meanwhile, and connects it. */
    static HttpConnection connect(Socket socket, InetSocketAddress address, Layer layer) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address);
            return new HttpConnection(layer.over(socket));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request without a body; reading the answer times out when nothing comes for so long, 0 for never. */
    HttpReply get(String head, int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        out.write(bytes(head + "\r\n"));
        return reply(true);
    }

    /** Sends a body; {@code head} is that of the request without Content-Length. */
    HttpReply post(String head, byte[] body, int timeoutMillis, Pace pace) throws IOException, InterruptedException {
        socket.setSoTimeout(timeoutMillis);
        boolean expects = body.length > EXPECT_CONTINUE_ABOVE;
        String length = "Content-Length: " + body.length + "\r\n";
        out.write(bytes(head + length + (expects ? "Expect: 100-continue\r\n\r\n" : "\r\n")));
        if (expects) {
            socket.setSoTimeout(CONTINUE_WAIT_MILLIS);
            HttpReply refusal = refusalInsteadOfContinue();
            if (refusal != null) {
                return refusal;
            }
            socket.setSoTimeout(timeoutMillis);
        }
        write(body, body.length, pace);
        return reply(true);
    }

    /** Sends the head of a request and the first bytes of its body, and no more. */
    void postPart(String head, byte[] body, int count) throws IOException {
        out.write(bytes(head + "Content-Length: " + body.length + "\r\n\r\n"));
        out.write(body, 0, count);
    }

    private void write(byte[] body, int count, Pace pace) throws IOException, InterruptedException {
        int sent = 0;
        while (sent < count) {
            int step = pace.step(count - sent);
            out.write(body, sent, step);
            sent += step;
            pace.moved(step);
        }
    }

    /** The final reply that came in place of 100-continue, or null to go on. */
    private @Nullable HttpReply refusalInsteadOfContinue() throws IOException {
        try {
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first < 0) {
                throw new EOFException("connection closed before the reply");
            }
        } catch (SocketTimeoutException e) {
            return null;
        }
        HttpReply reply = reply(false);
        return reply.status() == 100
                ? null
                : new HttpReply(reply.statusLine(), reply.status(), reply.headers(), reply.body(), false);
    }

    private HttpReply reply(boolean skipContinue) throws IOException {
        String statusLine = line();
        int status = status(statusLine);
        List<String> headers = new ArrayList<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.add(header);
        }
        if (status == 100 && skipContinue) {
            return reply(true);
        }
        return withBody(statusLine, status, headers);
    }

    private HttpReply withBody(String statusLine, int status, List<String> headers) {
        boolean keep = !statusLine.startsWith("HTTP/1.0");
        boolean chunked = false;
        long length = -1;
        for (String header : headers) {
            String lower = header.toLowerCase(Locale.ROOT).replace(" ", "");
            if (lower.equals("connection:close")) {
                keep = false;
            } else if (lower.equals("connection:keep-alive")) {
                keep = true;
            } else if (lower.equals("transfer-encoding:chunked")) {
                chunked = true;
            } else if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
        }
        if (status == 100 || status == 204) {
            length = 0;
        }
        if (chunked) {
            return new HttpReply(statusLine, status, headers, new ChunkedBody(in), keep);
        }
        if (length >= 0) {
            return new HttpReply(statusLine, status, headers, new FixedBody(in, length), keep);
        }
        return new HttpReply(statusLine, status, headers, in, false);
    }

    private static int status(String statusLine) throws IOException {
        String[] parts = statusLine.split(" ", 3);
        try {
            return Integer.parseInt(parts.length > 1 ? parts[1] : "");
        } catch (NumberFormatException e) {
            throw new IOException("no HTTP status in \"" + statusLine + "\"", e);
        }
    }

    private String line() throws IOException {
        return ChunkedBody.line(in);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
