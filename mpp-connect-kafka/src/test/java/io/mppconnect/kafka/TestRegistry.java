package io.mppconnect.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schema registry that takes any schema, for any subject. */
final class TestRegistry implements AutoCloseable {

    private final HttpServer server;
    private final List<String> schemas = new CopyOnWriteArrayList<>();

    TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was registered, as it came: an object with the member schema. */
    List<String> schemas() {
        return schemas;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.endsWith("/versions")) {
            schemas.add(body);
            reply(exchange, 200, "{\"id\":" + schemas.size() + "}");
        } else if (path.startsWith("/schemas/ids/")) {
            reply(exchange, 200, schemas.get(Integer.parseInt(path.substring(13)) - 1));
        } else if (path.endsWith("/versions/latest")) {
            reply(exchange, 200, schemas.get(schemas.size() - 1));
        } else {
            reply(exchange, 404, "{\"error_code\":40403}");
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
