package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.text.RowFormat;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes column names as a first row that any reader of the format gives back unchanged. */
final class HeaderRow {

    private final RowFormat format;

    private HeaderRow(RowFormat format) {
        this.format = format;
    }

    /**
     * The row with its terminator.
     *
     * @throws MppConnectException when the format or the encoding cannot hold a name
     */
    static byte[] encode(List<String> names, RowFormat format, Encoding encoding) {
        HeaderRow row = new HeaderRow(format);
        String text = names.stream()
                .map(name -> format.isCsv() ? row.csv(name) : row.text(name))
                .collect(Collectors.joining(
                        String.valueOf(format.delimiter()), "", format.newline().characters()));
        try {
            ByteBuffer bytes = encoding.charset().newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException unmappable) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write the header: " + format.encoding() + " has not all characters of the column names",
                    unmappable);
        }
    }

    private String csv(String name) {
        boolean plain = !name.equals(format.nullString())
                && name.chars()
                        .noneMatch(character -> character == format.delimiter()
                                || character == format.quote()
                                || character == format.escape().orElse(-1)
                                || character == '\n'
                                || character == '\r');
        if (plain) {
            return name;
        }
        String quote = String.valueOf(format.quote());
        String escape = Character.toString(format.escape().orElse(format.quote()));
        String escaped = escape.equals(quote)
                ? name.replace(quote, quote + quote)
                : name.replace(escape, escape + escape).replace(quote, escape + quote);
        return quote + escaped + quote;
    }

    private String text(String name) {
        if (format.escape().isEmpty()) {
            if (name.indexOf(format.delimiter()) >= 0 || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
                throw new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot write the header: without an escape the name of column " + name
                                + " would end early; choose another delimiter");
            }
            return name;
        }
        String escape = Character.toString(format.escape().getAsInt());
        return name.replace(escape, escape + escape)
                .replace(String.valueOf(format.delimiter()), escape + format.delimiter())
                .replace("\n", escape + "n")
                .replace("\r", escape + "r");
    }
}
