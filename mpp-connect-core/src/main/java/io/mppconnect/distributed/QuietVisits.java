package io.mppconnect.distributed;

import io.mppconnect.segment.LoadListener;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves it to the statement to fail: the JVM that runs it finds out why. */
final class QuietVisits implements LoadListener {

    private static final Logger LOG = LoggerFactory.getLogger(QuietVisits.class);

    @Override
    public void connected(int segment, InetAddress from) {
        LOG.debug("Segment {} pulls, from {}", segment, from);
    }

    @Override
    public void broken(int segment, String reason) {
        LOG.debug("Segment {} has left: {}", segment, reason);
    }
}
