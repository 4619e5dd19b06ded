package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.text.HexText;

/** Reads the text of one bytea after the other, into memory that is used again. */
public final class ByteaText {

    /** Beyond this, what one value needed is given back with the next. */
    private static final int KEPT = 1 << 20;

    private byte[] bytes = {};
    private int length;

    /**
     * Reads another value.
     *
     * @throws BadRecordException when the text is no bytea
     */
    public void read(byte[] text, int from, int to) throws BadRecordException {
        int most = HexText.maxLength(text, from, to);
        if (bytes.length < most || bytes.length > Math.max(KEPT, most)) {
            bytes = new byte[most];
        }
        length = HexText.parseBytea(text, from, to, bytes);
        if (length < 0) {
            throw new BadRecordException("its text is no bytea");
        }
    }

    /** What was read last, from the beginning. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }
}
