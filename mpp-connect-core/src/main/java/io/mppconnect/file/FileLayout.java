package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowFormat;
import java.nio.charset.Charset;
import java.util.List;

/** What the files of one unload look like, whatever they are called. */
final class FileLayout {

    private final FileFormat format;
    private final RowFormat wire;
    private final boolean asItComes;
    private final RowText text;
    private final List<Column> columns;
    private final Compression compression;
    private final String header;

    /**
     * Files of rows with the context's columns.
     *
     * @throws MppConnectException when the format is not possible
     */
    FileLayout(FileFormat format, UnloadContext context, Compression compression, boolean header) {
        this.format = format;
        this.asItComes = format.onTheWire() && format.endsRowsAsSegmentsDo();
        this.wire = asItComes ? format.wire() : RowFormat.text();
        this.text = new RowText(format.delimited());
        this.columns = context.columns();
        this.compression = compression;
        if (!format.encoding().charset().canEncode()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid encoding: " + format.encoding().charset() + " can be read but not written");
        }
        this.header = header ? headerRow() : "";
    }

    private String headerRow() {
        Charset charset = format.encoding().charset();
        List<String> names = columns.stream().map(Column::name).toList();
        for (String name : names) {
            if (!text.holds(name)) {
                throw cannotWriteHeader(name, "a delimiter or a line end, which the format has no escape for");
            }
            if (!charset.newEncoder().canEncode(name)) {
                throw cannotWriteHeader(name, "a character that " + charset + " does not have");
            }
        }
        return text.row(names);
    }

    private static MppConnectException cannotWriteHeader(String name, String what) {
        return new MppConnectException(
                ErrorCode.INVALID_OPTION, "Cannot write the header: the name of column " + name + " holds " + what);
    }

    /** How segments shall write: as the files are, where they can. */
    RowFormat wire() {
        return wire;
    }

    Compression compression() {
        return compression;
    }

    /** The end of the names of such files. */
    String suffix() {
        return (format.isCsv() ? ".csv" : ".txt") + compression.suffix();
    }

    /** A new file, its header written. */
    PartFile start(Staging staging, String name) {
        PartFile file = staging.part(name, compression, format.encoding().charset());
        file.writeText(header);
        return file;
    }

    /** What brings the rows of one segment into a file. */
    RowSink sink(PartFile file) {
        return asItComes
                ? file::write
                : new RecodedRows(file, text, format.encoding().charset(), columns);
    }
}
