package io.mppconnect.test.segment;

import java.util.List;

/**
 * The FORMAT of an external table.
 *
 * @param csv CSV, or else TEXT
 * @param delimiter one character, or empty for none
 * @param nullText what stands for NULL
 * @param escape one character, or empty for none
 * @param quote one character; empty for TEXT
 * @param newline how rows end
 * @param fillMissing whether missing trailing fields are NULL
 * @param forced the columns of FORCE NOT NULL when reading, of FORCE QUOTE when writing
 */
public record RowFormat(
        boolean csv,
        String delimiter,
        String nullText,
        String escape,
        String quote,
        boolean header,
        RowEnd newline,
        boolean fillMissing,
        List<String> forced) {

    public RowFormat {
        forced = List.copyOf(forced);
    }
}
