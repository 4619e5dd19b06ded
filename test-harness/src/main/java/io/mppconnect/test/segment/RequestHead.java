package io.mppconnect.test.segment;

import java.util.Locale;

/** The heads of the requests that segments send: names, order and values of the headers as libcurl writes them. */
final class RequestHead {

    private RequestHead() {}

    /** The head of a GET, up to but without the blank line. */
    static String get(Location location, ScanIdentity scan, Segment segment, RowFormat format) {
        StringBuilder head = start("GET", location, scan, segment, format);
        header(head, "X-GP-PROTO", "1");
        header(head, "X-GP-MASTER_HOST", "127.0.0.1");
        header(head, "X-GP-MASTER_PORT", String.valueOf(scan.coordinatorPort()));
        header(head, "X-GP-CSVOPT", csvOptions(format));
        header(head, "X-GP_SEG_PG_CONF", segment.dataDirectory() + "/postgresql.conf");
        header(head, "X-GP_SEG_DATADIR", segment.dataDirectory());
        header(head, "X-GP-DATABASE", scan.database());
        header(head, "X-GP-USER", scan.user());
        header(head, "X-GP-SEG-PORT", String.valueOf(segment.port()));
        header(head, "X-GP-SESSION-ID", String.valueOf(scan.session()));
        header(head, "X-GP-TRANSFORM", location.transform());
        return head.toString();
    }

    /** The head of the GET by which a segment asks how a silent server is. */
    static String status(Location location) {
        return "GET /gpfdist/status HTTP/1.1\r\nHost: " + location.host() + "\r\nAccept: */*\r\n";
    }

    /** The head of a POST, up to but without Content-Length. */
    static String post(
            Location location, ScanIdentity scan, Segment segment, RowFormat format, long sequence, boolean done) {
        StringBuilder head = start("POST", location, scan, segment, format);
        header(head, "X-GP-PROTO", "0");
        header(head, "X-GP-SEQ", String.valueOf(sequence));
        header(head, "Content-Type", "text/xml");
        header(head, "X-GP-TRANSFORM", location.transform());
        header(head, "X-GP-DONE", done ? "1" : "");
        return head.toString();
    }

    private static StringBuilder start(
            String method, Location location, ScanIdentity scan, Segment segment, RowFormat format) {
        StringBuilder head = new StringBuilder(700);
        head.append(method).append(' ').append(location.target()).append(" HTTP/1.1\r\n");
        header(head, "Host", location.host());
        header(head, "Accept", "*/*");
        header(head, "X-GP-XID", scan.transaction());
        header(head, "X-GP-CID", Integer.toHexString(scan.command()));
        header(head, "X-GP-SN", Integer.toHexString(scan.scan()));
        header(head, "X-GP-SEGMENT-ID", String.valueOf(segment.content()));
        header(head, "X-GP-SEGMENT-COUNT", String.valueOf(segment.count()));
        String rowEnd = format.newline().hexadecimal();
        header(head, "X-GP-LINE-DELIM-STR", rowEnd);
        header(head, "X-GP-LINE-DELIM-LENGTH", rowEnd.isEmpty() ? "-1" : String.valueOf(rowEnd.length() / 2));
        return head;
    }

    /** libcurl leaves out a header without a value. */
    private static void header(StringBuilder head, String name, String value) {
        if (!value.isEmpty()) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private static String csvOptions(RowFormat format) {
        return String.format(
                Locale.ROOT,
                "m%1dx%3dq%3dn%1dh%1d",
                format.csv() ? 1 : 0,
                escape(format),
                character(format.quote()),
                format.newline().number(),
                format.header() ? 1 : 0);
    }

    /** The first character of an option; an escape that is off shows as the letter it was written with. */
    private static int escape(RowFormat format) {
        return format.escape().isEmpty() ? 'o' : format.escape().charAt(0) & 0xff;
    }

    private static int character(String text) {
        return text.isEmpty() ? 0 : text.charAt(0) & 0xff;
    }
}
