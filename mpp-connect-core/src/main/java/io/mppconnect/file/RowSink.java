package io.mppconnect.file;

/** Where the rows of one segment go. */
interface RowSink {

    /** Takes whole rows as segments write them. */
    void write(byte[] bytes, int from, int to);
}
