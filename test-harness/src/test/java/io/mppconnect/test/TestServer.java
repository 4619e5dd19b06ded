package io.mppconnect.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server side of the gpfdist protocol, scripted: one script per path, and a record of all requests. */
final class TestServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();

    /** What a path answers. */
    interface Script {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    record Request(String line, List<String> headerLines, String body) {

        String header(String name) {
            return headerLines.stream()
                    .filter(header -> header.startsWith(name + ": "))
                    .map(header -> header.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        boolean isGet() {
            return line.startsWith("GET ");
        }

        String path() {
            return line.substring(line.indexOf(" ") + 1, line.lastIndexOf(" "));
        }

        String scan() {
            return path() + " " + header("X-GP-XID") + " " + header("X-GP-CID") + " " + header("X-GP-SN");
        }
    }

    TestServer() throws IOException {
        server = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
        thread("acceptor", this::accept);
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, "test-server-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    String url(String path) {
        return "gpfdist://127.0.0.1:" + server.getLocalPort() + "/" + path;
    }

    void script(String path, Script script) {
        scripts.put("/" + path, script);
    }

    /** Gives these frames to the first segment of each scan, and none to the others. */
    void serve(String path, byte[]... frames) {
        script(path, (request, out) -> {
            out.write(ok("X-GP-PROTO: 1"));
            if (served.add(request.scan())) {
                out.write(concat(frames));
            } else {
                out.write(Frames.end());
            }
        });
    }

    /** Takes whatever is posted. */
    void take(String path) {
        script(path, (request, out) -> out.write(accepted()));
    }

    static byte[] accepted() {
        return ascii("HTTP/1.1 200 ok\r\nX-GP-PROTO: 0\r\nContent-Length: 0\r\n\r\n");
    }

    static byte[] ok(String header) {
        return ascii("HTTP/1.1 200 ok\r\nConnection: close\r\n" + header + "\r\n\r\n");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    List<Request> requests(String path) {
        return requests.stream().filter(r -> r.path().equals("/" + path)).toList();
    }

    /** What was posted to a path, each sequence number of each segment and statement once. */
    String posted(String path) {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (Request request : requests(path)) {
            if (!request.body().isEmpty()) {
                String segment = request.header("X-GP-SEGMENT-ID");
                bodies.put(request.scan() + " " + segment + " " + request.header("X-GP-SEQ"), request.body());
            }
        }
        return String.join("", bodies.values());
    }

    List<String> postedRows(String path) {
        List<String> rows = new ArrayList<>(posted(path).lines().toList());
        rows.sort(null);
        return rows;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                thread("connection", () -> converse(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            boolean again = true;
            while (again) {
                Request request = read(in, out);
                requests.add(request);
                Script script = scripts.get(request.path());
                if (script != null) {
                    script.answer(request, out);
                    out.flush();
                }
                again = script != null && !request.isGet();
            }
        } catch (IOException | InterruptedException e) {
            // The segment is gone, or the server.
        }
    }

    private static Request read(InputStream in, OutputStream out) throws IOException {
        String line = line(in);
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring(16));
            }
        }
        if (headers.contains("Expect: 100-continue")) {
            out.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new Request(line, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.forEach(Thread::interrupt);
    }
}
