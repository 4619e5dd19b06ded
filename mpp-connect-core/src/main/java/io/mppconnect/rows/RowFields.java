package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.type.InvalidValueException;
import java.util.List;

/** Writes an element's fields one after the other, and says which row and column a value could not be written to. */
record RowFields<T>(List<Bound<T>> fields) implements RowPlan.ElementWriter<T> {

    /** A field bound to its column. */
    record Bound<T>(String name, FieldMapping.Writing<T> writing) {}

    @Override
    public void write(RowWriter row, T element, long number) throws InterruptedException {
        for (Bound<T> field : fields) {
            try {
                field.writing().write(row, element);
            } catch (InvalidValueException e) {
                throw new MppConnectException(
                        ErrorCode.BAD_DATA,
                        "Cannot write row " + number + ", column " + field.name() + ": " + e.reason(),
                        e);
            }
        }
        row.endRow();
    }
}
