package io.mppconnect;

/**
 * How much of a served source was read.
 *
 * @param scansOpen how many scans are open now
 * @param scansEnded how many have ended, however
 * @param scansFailed how many of these have failed
 * @param rows how many rows segments have taken in all
 * @param bytes how many bytes these were
 */
public record ServedProgress(int scansOpen, long scansEnded, long scansFailed, long rows, long bytes) {}
