package io.mppconnect.file;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.text.RowFormat;
import java.util.List;

/** A planned pass over files. It holds nothing open: every split opens what it reads. */
record FileScan(List<Field> fields, RowFormat format, List<Split> splits) implements SourceScan {

    FileScan {
        fields = List.copyOf(fields);
        splits = List.copyOf(splits);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
