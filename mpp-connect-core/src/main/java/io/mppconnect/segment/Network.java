package io.mppconnect.segment;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of addresses, {@code 10.1.0.0/16} or {@code fd00::/8}. */
public record Network(InetAddress address, int prefix) {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]+)/([0-9]{1,3})");

    /** Reads it; empty when it is none. Names are not looked up. */
    public static Optional<Network> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (form.group(1).indexOf(':') < 0 && !isFourPart(form.group(1)))) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(form.group(1));
            int prefix = Integer.parseInt(form.group(2));
            return prefix <= address.getAddress().length * 8
                    ? Optional.of(new Network(address, prefix))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** What else looks like an address is a name to the resolver. */
    private static boolean isFourPart(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /** Whether the address is one of the range. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != its[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || (mine[whole] & 0xff) >> (8 - rest) == (its[whole] & 0xff) >> (8 - rest);
    }
}
