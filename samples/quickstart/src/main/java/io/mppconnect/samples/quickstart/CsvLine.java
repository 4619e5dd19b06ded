package io.mppconnect.samples.quickstart;

import java.util.ArrayList;
import java.util.List;

/** A row of CSV whose values hold no line ends, as TPC-H's do. */
final class CsvLine {

    private static final char DELIMITER = ',';
    private static final char QUOTE = '"';

    private CsvLine() {}

    static String encode(List<String> values) {
        StringBuilder line = new StringBuilder();
        for (String value : values) {
            if (value.indexOf(DELIMITER) >= 0 || value.indexOf(QUOTE) >= 0) {
                line.append(QUOTE).append(value.replace("\"", "\"\"")).append(QUOTE);
            } else {
                line.append(value);
            }
            line.append(DELIMITER);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    /**
     * The values of a line.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    static List<String> decode(String line) {
        List<String> values = new ArrayList<>();
        int from = 0;
        while (from <= line.length()) {
            int end;
            if (from < line.length() && line.charAt(from) == QUOTE) {
                end = closingQuote(line, from + 1) + 1;
                values.add(line.substring(from + 1, end - 1).replace("\"\"", "\""));
            } else {
                int delimiter = line.indexOf(DELIMITER, from);
                end = delimiter < 0 ? line.length() : delimiter;
                values.add(line.substring(from, end));
            }
            from = end + 1;
        }
        return values;
    }

    private static int closingQuote(String line, int from) {
        int quote = line.indexOf(QUOTE, from);
        while (quote >= 0 && quote + 1 < line.length() && line.charAt(quote + 1) == QUOTE) {
            quote = line.indexOf(QUOTE, quote + 2);
        }
        if (quote < 0) {
            throw new IllegalArgumentException("Invalid CSV line: a quote is not closed");
        }
        return quote;
    }
}
