package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.FieldScanner;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Hands over the fields of a file that the database cannot read itself. */
final class DecodedSplitReader implements SplitReader {

    private static final int ROWS_PER_READ = 1000;

    private final DataFile file;
    private final DecodedRows rows;
    private final String delimiter;
    private final int fields;
    private boolean headerAhead;
    private long row = 1;

    /** @param delimiter what stands between the fields of a row that is set aside */
    DecodedSplitReader(DataFile file, DecodedRows rows, String delimiter, boolean header, int fields) {
        this.file = file;
        this.rows = rows;
        this.delimiter = delimiter;
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
            try {
                write(rows.row(), writer);
            } catch (MppConnectException e) {
                setAside(rows.row(), writer, e);
            }
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

    private void setAside(FieldScanner fieldsOfRow, RowWriter writer, MppConnectException cause)
            throws InterruptedException {
        if (cause.code() != ErrorCode.BAD_DATA) {
            throw cause;
        }
        StringJoiner decoded = new StringJoiner(delimiter);
        for (int field = 0; field < fieldsOfRow.fields(); field++) {
            decoded.add(fieldsOfRow.field(field));
        }
        byte[] raw = decoded.toString().getBytes(StandardCharsets.UTF_8);
        writer.failRow(cause, raw, 0, raw.length);
    }

    @Override
    public void close() {
        rows.close();
    }
}
