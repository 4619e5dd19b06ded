package io.mppconnect.distributed;

import io.mppconnect.ClusterOptions;
import io.mppconnect.segment.LoadSeries;
import io.mppconnect.segment.PortRange;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.segment.SegmentServerOptions;
import io.mppconnect.transfer.reach.EndpointReach;
import org.jspecify.annotations.Nullable;

/**
 * The server that all plans of an endpoint share: runs while one of them needs it. Thread safe. To start and to stop may
 * take seconds, in which other plans wait that begin or end.
 */
final class EndpointServer {

    private final ClusterOptions options;
    private @Nullable SegmentServer server;
    private int users;

    EndpointServer(ClusterOptions options) {
        this.options = options;
    }

    /** A plan's path on the server, and the URL by which segments reach it. */
    record Path(LoadSeries series, String url) {}

    /** Opens a path, on a server that runs until it is {@linkplain #leave left}. */
    synchronized Path open(EndpointReach reach) {
        SegmentServer running = server;
        if (running == null) {
            running = SegmentServer.start(SegmentServerOptions.on(reach.bind())
                    .withPorts(new PortRange(options.firstPort(), options.lastPort()))
                    .withTls(options.tls()));
            server = running;
        }
        users++;
        try {
            LoadSeries series = running.openLoads(new QuietVisits(), reach.peers());
            return new Path(series, reach.url(running.address().getPort(), series.path()));
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    /** A path is closed; without one there is nothing to serve. */
    synchronized void leave() {
        users--;
        SegmentServer idle = server;
        if (users == 0 && idle != null) {
            server = null;
            idle.close();
        }
    }
}
