package io.mppconnect.catalog;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Network addresses as the database keeps them. */
final class NetworkText {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 3;

    private NetworkText() {}

    /** Reads an address, with the bits of its network after a slash unless they are all of them. */
    static StoredValue inet(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean version6 = IPV6.matcher(address).matches();
        // Anything else would be taken for the name of a host, and asked for.
        if (!version6 && !IPV4.matcher(address).matches()) {
            throw new IllegalArgumentException("address");
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (version6 && bytes.length == 4) {
                bytes = mapped(bytes);
            }
            int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            return stored(bytes, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static StoredValue inet(InetAddress address) {
        byte[] bytes = address.getAddress();
        return stored(bytes, bytes.length * 8);
    }

    /** Java makes four bytes of ::ffff:10.0.0.1, the database does not. */
    private static byte[] mapped(byte[] version4) {
        byte[] version6 = new byte[16];
        version6[10] = (byte) 0xff;
        version6[11] = (byte) 0xff;
        System.arraycopy(version4, 0, version6, 12, 4);
        return version6;
    }

    private static StoredValue stored(byte[] address, int bits) {
        byte[] bytes = new byte[2 + address.length];
        bytes[0] = (byte) (address.length == 4 ? FAMILY_IPV4 : FAMILY_IPV6);
        bytes[1] = (byte) bits;
        System.arraycopy(address, 0, bytes, 2, address.length);
        return new StoredValue.Octets(bytes);
    }

    static StoredValue macaddr(String text) {
        byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text);
        if (bytes.length != 6) {
            throw new IllegalArgumentException("address");
        }
        return new StoredValue.Octets(bytes);
    }
}
