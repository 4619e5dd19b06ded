package io.mppconnect.kafka;

import io.mppconnect.spi.RowWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Writes headers as a JSON object. Used by one thread. */
final class HeaderJson {

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final char FIRST_PLAIN = ' ';

    private final StringBuilder json = new StringBuilder();

    void write(Headers headers, RowWriter rows) throws InterruptedException {
        json.setLength(0);
        json.append('{');
        valuesByName(headers).forEach((name, values) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            string(name);
            json.append(':');
            if (values.size() == 1) {
                value(values.get(0).value());
            } else {
                array(values);
            }
        });
        json.append('}');
        rows.writeText(json);
    }

    private static Map<String, List<Header>> valuesByName(Headers headers) {
        Map<String, List<Header>> byName = new LinkedHashMap<>();
        for (Header header : headers) {
            byName.computeIfAbsent(header.key(), name -> new ArrayList<>(1)).add(header);
        }
        return byName;
    }

    private void array(List<Header> values) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            value(values.get(i).value());
        }
        json.append(']');
    }

    private void value(byte @Nullable [] bytes) {
        if (bytes == null) {
            json.append("null");
            return;
        }
        String text = text(bytes);
        if (text == null) {
            json.append("{\"base64\":\"")
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append("\"}");
        } else {
            string(text);
        }
    }

    /** Null for bytes that are no text, or none that the database takes. */
    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException noText) {
            return null;
        }
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PLAIN) {
                json.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
