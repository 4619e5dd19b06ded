package io.mppconnect.file;

/**
 * Where a row starts.
 *
 * @param offset in uncompressed bytes from the start of the file
 * @param row its number in the file, from 1, headers counted; 0 when unknown
 */
record RowStart(long offset, long row) {

    boolean rowKnown() {
        return row > 0;
    }
}
