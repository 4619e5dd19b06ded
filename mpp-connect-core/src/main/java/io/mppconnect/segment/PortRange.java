package io.mppconnect.segment;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;

/**
 * The ports a server may listen on; it takes the first free one.
 *
 * @param first the lowest port, or 0 when any free port will do
 * @param last the highest port, the same as {@code first} for a single one
 */
public record PortRange(int first, int last) {

    private static final PortRange ANY = new PortRange(0, 0);

    /**
     * Checks the range.
     *
     * @throws MppConnectException with {@link ErrorCode#INVALID_OPTION} when a port is none, or the first comes last
     */
    public PortRange {
        boolean any = first == 0 && last == 0;
        if (!any && (first < 1 || last > 65535 || first > last)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid port range: " + first + "-" + last + "; ports go from 1 to 65535, the first one first");
        }
    }

    /** Any free port, chosen by the operating system. */
    public static PortRange any() {
        return ANY;
    }

    /** This port and no other; any free one for 0. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /** As people write it: {@code 8080}, {@code 8000-8100}, {@code any port}. */
    @Override
    public String toString() {
        if (first == 0) {
            return "any port";
        }
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
