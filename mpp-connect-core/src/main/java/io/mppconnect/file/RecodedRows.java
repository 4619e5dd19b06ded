package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowFormat;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;

/** Decodes what a segment writes, and writes it anew as the segment cannot. */
final class RecodedRows implements RowSink {

    private final PartFile file;
    private final List<Column> columns;
    private final RowDecoder decoder;
    private final RowText text;
    private final CharsetEncoder encoder;
    private final StringBuilder out = new StringBuilder();
    private long row;

    RecodedRows(PartFile file, RowText text, Charset charset, List<Column> columns) {
        this.file = file;
        this.columns = columns;
        this.decoder = RowDecoder.of(RowFormat.text(), columns);
        this.text = text;
        this.encoder = charset.newEncoder();
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        out.setLength(0);
        decoder.reset(bytes, from, to);
        while (decoder.next()) {
            row++;
            for (int column = 0; column < columns.size(); column++) {
                if (column > 0) {
                    text.delimiter(out);
                }
                value(column);
            }
            text.end(out);
        }
        file.writeText(out);
    }

    private void value(int column) {
        if (decoder.isNull(column)) {
            text.value(out, null);
            return;
        }
        String value = decoder.textAt(column);
        if (!encoder.canEncode(value)) {
            throw refused(column, "it holds a character that " + encoder.charset() + " does not have");
        }
        if (!text.holds(value)) {
            throw refused(column, "it holds a delimiter or a line end, which the format has no escape for");
        }
        text.value(out, value);
    }

    private MppConnectException refused(int column, String reason) {
        return new MppConnectException(
                ErrorCode.BAD_DATA,
                "Cannot write column " + columns.get(column).name() + " of row " + row + " of a segment into "
                        + file.target().getFileName() + ": " + reason);
    }
}
