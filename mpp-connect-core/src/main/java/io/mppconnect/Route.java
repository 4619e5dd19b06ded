package io.mppconnect;

/** The way that a transfer's rows take between the application and the database. */
public enum Route {

    /**
     * Segments call the embedded server, each for its share: the fastest one, and the default. Segment hosts must reach
     * the application, and the role needs {@code CREATEEXTTABLE}.
     */
    SEGMENTS,

    /**
     * {@code COPY} over the transfer's own connection, through the coordinator alone. Works wherever JDBC does, also with
     * plain PostgreSQL, and is as fast as one process of the database parses or formats rows. A load is copied into a
     * temporary table first; it sets no bad rows aside.
     */
    COORDINATOR,

    /**
     * For unloads: a parallel retrieve cursor, and a connection from the application to every segment that holds a part
     * of the result. The application must reach the segment hosts' database ports. Needs Greenplum 6 with the extension
     * {@code gp_parallel_retrieve_cursor}, Greenplum 7 or Cloudberry.
     */
    RETRIEVE,

    /**
     * {@link #SEGMENTS} where segments reach the application; else, for an unload, {@link #RETRIEVE} where that works;
     * else {@link #COORDINATOR}. The log and the report say which one was taken, and why.
     */
    AUTO
}
