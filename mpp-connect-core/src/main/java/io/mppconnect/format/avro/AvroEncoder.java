package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.spi.RowReader;
import java.util.Arrays;
import java.util.List;

/** Makes Avro records of rows; but for the record itself and long decimals nothing is allocated. */
final class AvroEncoder implements RecordEncoder {

    private final byte[] head;
    private final AvroPlace[] places;
    private final Scratch record = new Scratch();

    /** @param head what stands before each record */
    AvroEncoder(byte[] head, List<AvroPlace> places) {
        this.head = head;
        this.places = places.toArray(AvroPlace[]::new);
    }

    @Override
    public byte[] encode(RowReader row) throws BadRecordException {
        record.clear();
        record.add(head, 0, head.length);
        for (AvroPlace place : places) {
            try {
                place.add(row, record);
            } catch (BadRecordException e) {
                throw e.within(place.name());
            }
        }
        return Arrays.copyOf(record.bytes(), record.length());
    }
}
