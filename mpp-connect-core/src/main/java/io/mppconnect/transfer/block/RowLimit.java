package io.mppconnect.transfer.block;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;

/**
 * How long a row may be.
 *
 * @param bytes the length, as it is sent
 * @param option what the application calls the limit
 */
public record RowLimit(int bytes, String option) {

    /** That of a transfer, as its options say. */
    public static RowLimit transfer(DataSize size) {
        return transfer((int) size.bytes());
    }

    /** That of a transfer. */
    public static RowLimit transfer(int bytes) {
        return new RowLimit(bytes, "TransferOptions.maxRow");
    }

    /** That of a served source. */
    public static RowLimit exposure(DataSize size) {
        return new RowLimit((int) size.bytes(), "ExposureOptions.maxRow");
    }

    /** Whether memory for a row of this length is to be had. */
    public boolean allows(int capacity) {
        return capacity <= bytes;
    }

    /**
     * What is wrong with a row that it does not allow.
     *
     * @param place where the row is
     */
    public MppConnectException exceeded(String place) {
        return new MppConnectException(
                ErrorCode.BAD_DATA,
                "Cannot send a row of " + place + ": it is longer than " + DataSize.ofBytes(bytes) + "; raise "
                        + option);
    }

    /** How large a block is to become that holds a row which needs so much; allowed already. */
    public int grown(int from, int needed) {
        return (int) Math.max(needed, Math.min(bytes, 2L * from));
    }
}
