package io.mppconnect.transfer.reach;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What this machine calls itself, and what names mean to it. */
final class LocalAddresses {

    private LocalAddresses() {}

    /** Whether the address is one of this machine, and can be bound without naming an interface. */
    static boolean contain(InetAddress address) throws SocketException {
        boolean linkLocal = address instanceof Inet6Address six && six.isLinkLocalAddress();
        return address.isLoopbackAddress() || (!linkLocal && NetworkInterface.getByInetAddress(address) != null);
    }

    /** Every address of every interface. */
    static Set<InetAddress> all() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());
    }

    /** The addresses of a host; none when its name is known to others only. */
    static List<InetAddress> of(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            // A name that only the cluster's own hosts know says nothing here.
            return List.of();
        }
    }
}
