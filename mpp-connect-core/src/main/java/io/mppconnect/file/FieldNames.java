package io.mppconnect.file;

import io.mppconnect.text.FieldScanner;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Reads the names in a header. */
final class FieldNames {

    private FieldNames() {}

    /** The names in a header row. */
    static List<String> of(DataFile file, String row, FileFormat format) {
        try (DecodedRows rows = DecodedRows.of(file, new StringReader(row), format, row.length())) {
            return first(rows);
        }
    }

    /** The names in the first row of a file that is decoded here. */
    static List<String> read(DataFile file, FileFormat format, int maxRowChars) {
        try (DecodedRows rows = DecodedRows.open(file, format, maxRowChars)) {
            return first(rows);
        }
    }

    private static List<String> first(DecodedRows rows) {
        List<String> names = new ArrayList<>();
        if (rows.next()) {
            FieldScanner row = rows.row();
            for (int field = 0; field < row.fields(); field++) {
                names.add(row.field(field).toString());
            }
        }
        return names;
    }

    /** In what two headers differ first. */
    static String difference(List<String> names, List<String> others) {
        if (names.size() != others.size()) {
            return names.size() + " names against " + others.size();
        }
        int index = 0;
        while (names.get(index).equals(others.get(index))) {
            index++;
        }
        return "name " + (index + 1) + " is " + names.get(index) + " and not " + others.get(index);
    }
}
