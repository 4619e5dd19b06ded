package io.mppconnect.test.endpoint;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One retrieve connection, in PostgreSQL's protocol of version 3: it takes RETRIEVE and nothing else. */
final class EndpointConnection {

    private static final Pattern RETRIEVE = Pattern.compile(
            "\\s*retrieve\\s+(all|\\d+)\\s+from\\s+endpoint\\s+\"?(\\w+)\"?\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Map<String, EndpointRows> endpoints;
    private final EndpointServer.Outcome outcome;

    EndpointConnection(Socket socket, Map<String, EndpointRows> endpoints, EndpointServer.Outcome outcome)
            throws IOException {
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        this.endpoints = endpoints;
        this.outcome = outcome;
    }

    void run() throws IOException {
        Map<String, String> parameters = parameters();
        message('R', authentication -> authentication.writeInt(3));
        out.flush();
        in.readByte();
        String token = text();
        EndpointRows rows = endpoints.get(token);
        boolean retrieves = parameters.getOrDefault("options", "").contains("gp_retrieve_conn=true");
        if (rows == null || !retrieves || !rows.user().equals(parameters.get("user"))) {
            error("FATAL", "28000", "retrieve auth token is invalid");
            return;
        }
        message('R', authentication -> authentication.writeInt(0));
        ready();
        Iterator<byte[]> left = rows.rows().iterator();
        boolean complete = false;
        try {
            for (int type = in.read(); type == 'Q'; type = in.read()) {
                if (retrieve(text(), rows, left) && !complete) {
                    complete = true;
                    outcome.ended(token, true);
                }
                ready();
            }
        } finally {
            endpoints.remove(token);
            if (!complete) {
                outcome.ended(token, false);
            }
        }
    }

    private Map<String, String> parameters() throws IOException {
        byte[] bytes = in.readNBytes(in.readInt() - Integer.BYTES);
        String[] words =
                new String(bytes, Integer.BYTES, bytes.length - Integer.BYTES, StandardCharsets.UTF_8).split("\0", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i + 1 < words.length && !words[i].isEmpty(); i += 2) {
            parameters.put(words[i], words[i + 1]);
        }
        return parameters;
    }

    /** Returns whether it came to the end: who asks for just as many rows as are left has to ask again. */
    private boolean retrieve(String sql, EndpointRows rows, Iterator<byte[]> left) throws IOException {
        Matcher statement = RETRIEVE.matcher(sql);
        if (!statement.matches()) {
            error("ERROR", "0A000", "This is a retrieve connection, but the query is not a RETRIEVE.");
        } else if (!statement.group(2).equals(rows.name())) {
            error("ERROR", "42704", "the endpoint " + statement.group(2) + " does not exist");
        } else {
            long limit = statement.group(1).toLowerCase(Locale.ROOT).equals("all")
                    ? Long.MAX_VALUE
                    : Long.parseLong(statement.group(1));
            long sent = 0;
            for (; sent < limit && left.hasNext(); sent++) {
                byte[] row = left.next();
                message('D', data -> data.write(row));
            }
            message('C', tag -> tag.write("RETRIEVE\0".getBytes(StandardCharsets.US_ASCII)));
            return sent < limit;
        }
        return false;
    }

    private String text() throws IOException {
        byte[] bytes = in.readNBytes(in.readInt() - Integer.BYTES);
        return new String(bytes, 0, Math.max(0, bytes.length - 1), StandardCharsets.UTF_8);
    }

    /** Writes what a message holds. */
    @FunctionalInterface
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private void message(char type, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        out.writeByte(type);
        out.writeInt(Integer.BYTES + bytes.size());
        bytes.writeTo(out);
    }

    private void ready() throws IOException {
        message('Z', state -> state.writeByte('I'));
        out.flush();
    }

    private void error(String severity, String state, String text) throws IOException {
        message(
                'E',
                fields -> fields.write(
                        ("S" + severity + "\0C" + state + "\0M" + text + "\0\0").getBytes(StandardCharsets.UTF_8)));
        out.flush();
    }
}
