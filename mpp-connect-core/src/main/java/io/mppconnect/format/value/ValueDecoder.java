package io.mppconnect.format.value;

import io.mppconnect.format.RecordDecoder;
import io.mppconnect.spi.RowWriter;

/** A decoder that keeps what the fields hold as values, which another one may look at, and write in an order of its own. */
public interface ValueDecoder extends RecordDecoder {

    FieldValues values();

    @Override
    default void decodeNull() {
        values().clear();
    }

    @Override
    default void write(RowWriter rows) throws InterruptedException {
        values().write(rows);
    }

    @Override
    default void close() {}
}
