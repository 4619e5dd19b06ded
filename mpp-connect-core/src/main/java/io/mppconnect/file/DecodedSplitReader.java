package io.mppconnect.file;

import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.FieldScanner;

/** Hands over the fields of a file that the database cannot read itself. */
final class DecodedSplitReader implements SplitReader {

    private static final int ROWS_PER_READ = 1000;

    private final DataFile file;
    private final DecodedRows rows;
    private final int fields;
    private boolean headerAhead;
    private long row = 1;

    DecodedSplitReader(DataFile file, DecodedRows rows, boolean header, int fields) {
        this.file = file;
        this.rows = rows;
        this.fields = fields;
        this.headerAhead = header;
    }

    @Override
    public boolean read(SplitOutput output) throws InterruptedException {
        if (headerAhead) {
            headerAhead = false;
            rows.next();
            row++;
        }
        output.origin(file.name(), row);
        RowWriter writer = output.rows();
        for (int count = 0; count < ROWS_PER_READ; count++) {
            if (!rows.next()) {
                file.checkUnchanged();
                return false;
            }
            write(rows.row(), writer);
            row++;
        }
        return true;
    }

    private void write(FieldScanner fieldsOfRow, RowWriter writer) throws InterruptedException {
        if (fieldsOfRow.fields() != fields) {
            throw file.badData(
                    "row " + row + " has " + fieldsOfRow.fields() + " fields, and " + fields + " are expected");
        }
        for (int field = 0; field < fields; field++) {
            if (fieldsOfRow.isNull(field)) {
                writer.writeNull();
            } else {
                writer.writeText(fieldsOfRow.field(field));
            }
        }
        writer.endRow();
    }

    @Override
    public void close() {
        rows.close();
    }
}
