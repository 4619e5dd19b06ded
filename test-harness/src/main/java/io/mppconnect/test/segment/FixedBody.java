package io.mppconnect.test.segment;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a length known beforehand; fewer bytes are an error. */
final class FixedBody extends InputStream {

    private final InputStream in;
    private long left;

    FixedBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("connection closed within the body");
        }
        left -= count;
        return count;
    }
}
