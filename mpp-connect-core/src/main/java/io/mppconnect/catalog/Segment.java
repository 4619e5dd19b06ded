package io.mppconnect.catalog;

/**
 * An instance of the cluster.
 *
 * @param dbid the number of the instance
 * @param content which part of the data it holds, from 0; -1 for the coordinator
 * @param primary whether it has the primary's role now
 * @param up whether the coordinator sees it running
 * @param host the name of its machine
 * @param address the address that the cluster's own traffic uses
 */
public record Segment(int dbid, int content, boolean primary, boolean up, String host, String address, int port) {

    /** Whether it is the coordinator or its standby, which hold no rows. */
    public boolean coordinator() {
        return content < 0;
    }
}
