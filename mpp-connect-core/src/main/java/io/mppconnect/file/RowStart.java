package io.mppconnect.file;

/**
 * Where a row starts.
 *
 * @param offset in uncompressed bytes from the start of the file
 * @param line the number of its line in the file, from 1, headers counted; 0 when unknown
 */
record RowStart(long offset, long line) {

    boolean lineKnown() {
        return line > 0;
    }
}
