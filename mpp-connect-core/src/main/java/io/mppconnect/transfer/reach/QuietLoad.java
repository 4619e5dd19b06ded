package io.mppconnect.transfer.reach;

import io.mppconnect.segment.LoadListener;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves it to the statement to fail: a segment whose connection broke makes the database roll back by itself. */
public final class QuietLoad implements LoadListener {

    private static final Logger LOG = LoggerFactory.getLogger(QuietLoad.class);

    @Override
    public void connected(int segment, InetAddress from) {
        LOG.debug("Segment {} pulls, from {}", segment, from);
    }

    @Override
    public void broken(int segment, String reason) {
        LOG.debug("Segment {} has left: {}", segment, reason);
    }
}
