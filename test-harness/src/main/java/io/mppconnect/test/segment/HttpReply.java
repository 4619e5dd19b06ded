package io.mppconnect.test.segment;

import java.io.InputStream;
import java.util.List;

/**
 * The head of an HTTP reply, and its body still to be read.
 *
 * @param statusLine without its line end
 * @param headers as received, one line each
 * @param body ends where the reply's framing says
 * @param reusable whether the connection can take another request once the body is read
 */
record HttpReply(String statusLine, int status, List<String> headers, InputStream body, boolean reusable) {

    private static final String PROTOCOL = "X-GP-PROTO";

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** The protocol version, from the header that segments match case-sensitively; 0 without it. */
    int protocol() {
        int protocol = 0;
        for (String header : headers) {
            if (header.startsWith(PROTOCOL)) {
                String rest = header.substring(PROTOCOL.length()).stripLeading();
                if (rest.startsWith(":")) {
                    protocol = leadingNumber(rest.substring(1).strip());
                }
            }
        }
        return protocol;
    }

    private static int leadingNumber(String text) {
        int end = 0;
        while (end < text.length() && end < 9 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(text.substring(0, end));
    }
}
