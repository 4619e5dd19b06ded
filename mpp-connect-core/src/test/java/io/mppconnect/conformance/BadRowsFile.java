package io.mppconnect.conformance;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A CSV file of good rows with bad ones of ten kinds among them. */
final class BadRowsFile {

    /** The columns of a table for its rows. */
    static final String COLUMNS = "id bigint, amount numeric(8,2), name varchar(10), born date, paid boolean,"
            + " kind smallint, note text DISTRIBUTED BY (id)";

    /** A kind of bad row: what it looks like, and how the database's complaint begins. */
    private record Kind(String row, String complaint) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("#x,1.50,good,2024-02-29,t,1,id", "invalid input syntax for integer: \"#x\", column id"),
            new Kind(
                    "#,1.50,good,2024-13-29,t,1,date",
                    "date/time field value out of range: \"2024-13-29\", column born"),
            new Kind("#,1.50,good", "missing data for column \"born\""),
            new Kind("#,1.50,good,2024-02-29,t,1,more,fields", "extra data after last expected column"),
            new Kind(
                    "#,1.50,much too long,2024-02-29,t,1,name",
                    "value too long for type character varying(10), column name"),
            new Kind("#,12345678.90,good,2024-02-29,t,1,amount", "numeric field overflow, column amount"),
            new Kind(
                    "#,1.50,good,2024-02-29,t,70000,kind",
                    "value \"70000\" is out of range for type smallint, column kind"),
            new Kind(
                    "#,1.50,good,2024-02-29,perhaps,1,paid",
                    "invalid input syntax for type boolean: \"perhaps\", column paid"),
            new Kind("#,1.50,good,2024-02-29,t,1,\u00ff", "invalid byte sequence for encoding \"UTF8\": 0xff"),
            new Kind("#,1.50,good,2024-02-29,t,1,\0", "invalid byte sequence for encoding \"UTF8\": 0x00"));

    private final Path path;
    private final long rows;
    private final Map<Long, Kind> bad = new TreeMap<>();

    private BadRowsFile(Path path, long rows) {
        this.path = path;
        this.rows = rows;
    }

    /**
     * Writes a file with a header.
     *
     * @param every of so many rows the last is bad
     */
    static BadRowsFile write(Path path, int rows, int every) {
        BadRowsFile file = new BadRowsFile(path, rows);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            out.write("id,amount,name,born,paid,kind,note\n".getBytes(StandardCharsets.ISO_8859_1));
            for (int row = 1; row <= rows; row++) {
                String text = row + ",1.50,good,2024-02-29,t,1,\"note, of " + row + "\"";
                if (row % every == 0) {
                    Kind kind = KINDS.get(row / every % KINDS.size());
                    file.bad.put(row + 1L, kind);
                    text = kind.row().replace("#", String.valueOf(row));
                }
                out.write((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    Path path() {
        return path;
    }

    long goodRows() {
        return rows - bad.size();
    }

    /** How many rows are bad. */
    int badRows() {
        return bad.size();
    }

    /** The lines with bad rows, and the bytes of each. */
    Map<Long, byte[]> badBytes() {
        Map<Long, byte[]> bytes = new TreeMap<>();
        bad.forEach((line, kind) -> bytes.put(
                line, kind.row().replace("#", String.valueOf(line - 1)).getBytes(StandardCharsets.ISO_8859_1)));
        return bytes;
    }

    /** The lines whose complaint is another one than expected. */
    List<String> differences(Map<Long, String> complaints) {
        List<String> differences = new ArrayList<>();
        bad.forEach((line, kind) -> {
            String expected = kind.complaint().replace("#", String.valueOf(line - 1));
            String complaint = String.valueOf(complaints.get(line));
            if (!complaint.startsWith(expected)) {
                differences.add(line + ": " + complaint + ", not " + expected);
            }
        });
        return differences;
    }
}
