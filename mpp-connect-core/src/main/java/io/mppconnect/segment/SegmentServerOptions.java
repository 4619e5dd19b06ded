package io.mppconnect.segment;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Tls;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a {@link SegmentServer} listens and how it guards itself. Immutable.
 *
 * @param bind the local address to listen on; the wildcard address for all of them
 * @param ports the ports to try, in order
 * @param headTimeout how long a connection may take to send the head of a request, and to take leave after a refusal;
 *     six times as long when it comes from where segments are. An idle segment between two complete requests is not meant
 * @param ioThreads how many threads move the bytes of all segments
 * @param tls the files for TLS; without them the server speaks plain HTTP
 */
public record SegmentServerOptions(
        InetAddress bind, PortRange ports, Duration headTimeout, int ioThreads, Optional<Tls> tls) {

    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Checks the options.
     *
     * @throws MppConnectException with {@link ErrorCode#INVALID_OPTION} when one of them cannot work
     */
    public SegmentServerOptions {
        if (headTimeout.toMillis() < 1 || headTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid head timeout: " + headTimeout + "; it must be from one millisecond to one hour");
        }
        if (ioThreads < 1 || ioThreads > 256) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid I/O threads: " + ioThreads + "; it must be from 1 to 256");
        }
    }

    /** Any free port of this address, 10 s for a head, as many threads as processors, at least 2. */
    public static SegmentServerOptions on(InetAddress bind) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new SegmentServerOptions(bind, PortRange.any(), HEAD_TIMEOUT, Math.max(2, processors), Optional.empty());
    }

    /** A copy with other ports. */
    public SegmentServerOptions withPorts(PortRange value) {
        return new SegmentServerOptions(bind, value, headTimeout, ioThreads, tls);
    }

    /** A copy with another head timeout, from one millisecond to one hour. */
    public SegmentServerOptions withHeadTimeout(Duration value) {
        return new SegmentServerOptions(bind, ports, value, ioThreads, tls);
    }

    /** A copy with another number of I/O threads, from 1 to 256. */
    public SegmentServerOptions withIoThreads(int value) {
        return new SegmentServerOptions(bind, ports, headTimeout, value, tls);
    }

    /** A copy with TLS, or without. */
    public SegmentServerOptions withTls(Optional<Tls> value) {
        return new SegmentServerOptions(bind, ports, headTimeout, ioThreads, value);
    }
}
