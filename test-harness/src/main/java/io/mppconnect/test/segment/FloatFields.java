package io.mppconnect.test.segment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Says the floats in rows as Greenplum 6 does, and leaves all else in them as it is. */
public final class FloatFields {

    private final boolean csv;
    private final int delimiter;
    private final int escape;
    private final int quote;
    private final String nullText;
    private final List<Optional<FloatText>> columns;

    /**
     * The rows of a format.
     *
     * @param columns how to say each column; those that hold no floats have nothing
     */
    public FloatFields(RowFormat format, List<Optional<FloatText>> columns) {
        this.csv = format.csv();
        this.delimiter = RowTranscoder.character(format.delimiter());
        this.escape = RowTranscoder.character(format.escape());
        this.quote = RowTranscoder.character(format.quote());
        this.nullText = format.nullText();
        this.columns = List.copyOf(columns);
    }

    /** The row, both with their line ends. */
    public byte[] said(byte[] row) {
        Bytes out = new Bytes(row.length + 16);
        int last = row.length - 1;
        int from = 0;
        for (int column = 0; column < columns.size(); column++) {
            int end = fieldEnd(row, from, last);
            field(row, from, end, columns.get(column), out);
            out.add(row, end, Math.min(end + 1, row.length));
            from = end + 1;
        }
        return out.toArray();
    }

    /** The offset of the delimiter or line end behind the field. */
    private int fieldEnd(byte[] row, int from, int last) {
        boolean quoted = false;
        int at = from;
        while (at < last && (quoted || row[at] != delimiter)) {
            boolean escapes = !csv || (quoted && (row[at + 1] == quote || row[at + 1] == escape));
            if (row[at] == escape && escapes) {
                at++;
            } else if (row[at] == quote) {
                quoted = !quoted;
            }
            at++;
        }
        return Math.min(at, last);
    }

    private void field(byte[] row, int from, int end, Optional<FloatText> floats, Bytes out) {
        String text = new String(row, from, end - from, StandardCharsets.ISO_8859_1);
        if (floats.isEmpty() || text.equals(nullText)) {
            out.add(row, from, end);
        } else {
            byte[] said = floats.get().of(text).getBytes(StandardCharsets.ISO_8859_1);
            out.add(said, 0, said.length);
        }
    }
}
