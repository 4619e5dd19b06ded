package io.mppconnect.test.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that wait at one endpoint, each as the protocol's data row. Filled by one thread, then read by another. */
public final class EndpointRows {

    private final String user;
    private final String name;
    private final List<byte[]> rows = new ArrayList<>();

    /**
     * Rows for one role.
     *
     * @param user who alone may fetch them
     * @param name the endpoint's name
     */
    public EndpointRows(String user, String name) {
        this.user = user;
        this.name = name;
    }

    /** Adds a row; its values as text, null for NULL. */
    public void add(List<@Nullable String> values) {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(row)) {
            out.writeShort(values.size());
            for (String value : values) {
                if (value == null) {
                    out.writeInt(-1);
                } else {
                    byte[] text = value.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write into memory", e);
        }
        rows.add(row.toByteArray());
    }

    String user() {
        return user;
    }

    String name() {
        return name;
    }

    List<byte[]> rows() {
        return rows;
    }
}
