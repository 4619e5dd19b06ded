package io.mppconnect.file;

/** Where the ranges that a large file is read in start: each with the first row from its nominal offset on. */
interface RowStarts {

    /**
     * The first row of a range; the end of the file when no row starts there or later. Called by many workers at once.
     *
     * @param range from 0
     * @throws InterruptedException when the transfer was cancelled while this searched
     */
    RowStart of(int range) throws InterruptedException;
}
