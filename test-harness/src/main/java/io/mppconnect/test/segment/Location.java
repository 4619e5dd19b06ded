package io.mppconnect.test.segment;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A resolved {@code gpfdist://host:port/path}, or one of gpfdists.
 *
 * @param url as written in the table's definition
 * @param secure whether to speak TLS
 * @param name the host as written, without brackets
 * @param address where to connect
 * @param effectiveUrl the http URL with the address in place of the host name
 * @param host the value of the Host header
 * @param target the request target: path and query
 * @param transform the name behind {@code #transform=}, or empty
 */
record Location(
        String url,
        boolean secure,
        String name,
        InetSocketAddress address,
        String effectiveUrl,
        String host,
        String target,
        String transform) {

    private static final String SECURE = "gpfdists://";

    private static final String TRANSFORM = "#transform=";

    static Location resolve(String url) throws SegmentFailure {
        int authority = url.indexOf("://") + 3;
        int slash = url.indexOf('/', authority);
        int authorityEnd = slash < 0 ? url.length() : slash;
        int colon = url.lastIndexOf(':', authorityEnd);
        String name = url.substring(authority, colon);
        int port = port(url.substring(colon + 1, authorityEnd));
        InetAddress address = address(url, name);
        String literal =
                address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        String path = slash < 0 ? "/" : url.substring(slash);
        int fragment = path.indexOf('#');
        int transform = url.indexOf(TRANSFORM);
        boolean secure = url.regionMatches(true, 0, SECURE, 0, SECURE.length());
        return new Location(
                url,
                secure,
                name.startsWith("[") ? name.substring(1, name.length() - 1) : name,
                new InetSocketAddress(address, port),
                (secure ? "https://" : "http://") + literal + ":" + port + (slash < 0 ? "" : path),
                port == (secure ? 443 : 80) ? literal : literal + ":" + port,
                fragment < 0 ? path : path.substring(0, fragment),
                transform < 0 ? "" : url.substring(transform + TRANSFORM.length()));
    }

    private static int port(String text) throws SegmentFailure {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SegmentFailure("54000", "<port> substring must contain only digits");
        }
    }

    private static InetAddress address(String url, String name) throws SegmentFailure {
        try {
            if (name.startsWith("[")) {
                return InetAddress.getByName(name);
            }
            for (InetAddress address : InetAddress.getAllByName(name)) {
                if (address instanceof Inet4Address) {
                    return address;
                }
            }
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new SegmentFailure(SegmentFailure.CONNECTION_FAILURE, "hostname cannot be resolved '" + url + "'");
        }
    }
}
