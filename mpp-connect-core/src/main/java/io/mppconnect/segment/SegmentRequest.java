package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a segment's request says, checked for form only.
 *
 * @param segments how many segments there are
 * @param sequence the POST's number; 0 of a GET
 * @param done whether it is the segment's last POST
 * @param length how many bytes the body has
 */
record SegmentRequest(
        Kind kind, Scan scan, int segment, int segments, long sequence, boolean done, long length, InetAddress from) {

    /** Which way rows go. */
    enum Kind {
        /** The segment asks for rows: GET, protocol 1. */
        PULL,
        /** The segment brings rows: POST, protocol 0. */
        PUSH
    }

    /** The three numbers that all segments of one scan of one external table share. */
    record Scan(String transaction, String command, String number) {}

    private static final HttpString TRANSACTION = new HttpString("X-GP-XID");
    private static final HttpString COMMAND = new HttpString("X-GP-CID");
    private static final HttpString SCAN = new HttpString("X-GP-SN");
    private static final HttpString SEGMENT = new HttpString("X-GP-SEGMENT-ID");
    private static final HttpString SEGMENTS = new HttpString("X-GP-SEGMENT-COUNT");
    private static final HttpString PROTOCOL = new HttpString("X-GP-PROTO");
    private static final HttpString SEQUENCE = new HttpString("X-GP-SEQ");
    private static final HttpString DONE = new HttpString("X-GP-DONE");

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * Reads the head.
     *
     * @throws Refusal when a header is missing, twice there, or not of its form
     */
    static SegmentRequest of(HttpServerExchange exchange) throws Refusal {
        HeaderMap headers = exchange.getRequestHeaders();
        boolean push = exchange.getRequestMethod().equals(Methods.POST);
        String protocol = push ? "0" : "1";
        if (!required(headers, PROTOCOL).equals(protocol)) {
            throw Refusal.badRequest(
                    "invalid X-GP-PROTO header: a " + exchange.getRequestMethod() + " speaks " + protocol);
        }
        Scan scan = new Scan(name(headers, TRANSACTION), name(headers, COMMAND), name(headers, SCAN));
        long segments = number(headers, SEGMENTS);
        long segment = number(headers, SEGMENT);
        if (segments > Integer.MAX_VALUE || segment >= segments) {
            throw Refusal.badRequest("invalid X-GP-SEGMENT-ID header: " + segment + " of " + segments + " segments");
        }
        return new SegmentRequest(
                push ? Kind.PUSH : Kind.PULL,
                scan,
                (int) segment,
                (int) segments,
                push ? number(headers, SEQUENCE) : 0,
                push && isDone(headers),
                length(headers, push),
                peer(exchange));
    }

    /** The address at the other end of the connection. */
    static InetAddress peer(HttpServerExchange exchange) {
        return exchange.getConnection().getPeerAddress(InetSocketAddress.class).getAddress();
    }

    private static boolean isDone(HeaderMap headers) throws Refusal {
        String done = optional(headers, DONE);
        if (done != null && !done.equals("1")) {
            throw Refusal.badRequest("invalid X-GP-DONE header");
        }
        return done != null;
    }

    private static long length(HeaderMap headers, boolean push) throws Refusal {
        if (headers.contains(Headers.TRANSFER_ENCODING)) {
            throw Refusal.lengthRequired();
        }
        if (!headers.contains(Headers.CONTENT_LENGTH)) {
            if (push) {
                throw Refusal.lengthRequired();
            }
            return 0;
        }
        long length = number(headers, Headers.CONTENT_LENGTH);
        if (!push && length > 0) {
            throw Refusal.badRequest("a GET has no body");
        }
        return length;
    }

    private static String name(HeaderMap headers, HttpString header) throws Refusal {
        return matching(headers, header, NAME);
    }

    private static long number(HeaderMap headers, HttpString header) throws Refusal {
        return Long.parseLong(matching(headers, header, NUMBER));
    }

    private static String matching(HeaderMap headers, HttpString header, Pattern form) throws Refusal {
        String value = required(headers, header);
        if (!form.matcher(value).matches()) {
            throw Refusal.badRequest("invalid " + header + " header");
        }
        return value;
    }

    private static String required(HeaderMap headers, HttpString header) throws Refusal {
        String value = optional(headers, header);
        if (value == null) {
            throw Refusal.badRequest("missing " + header + " header");
        }
        return value;
    }

    private static @Nullable String optional(HeaderMap headers, HttpString header) throws Refusal {
        HeaderValues values = headers.get(header);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw Refusal.badRequest("more than one " + header + " header");
        }
        return values.getFirst().strip();
    }
}
