package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.text.FieldScanner;
import java.io.IOException;
import java.io.Reader;
import java.util.Locale;

/** The rows of a file, field by field. Every failure names the file. */
final class DecodedRows implements AutoCloseable {

    private final DataFile file;
    private final Reader characters;
    private final FieldScanner scanner;

    private DecodedRows(DataFile file, Reader characters, FieldScanner scanner) {
        this.file = file;
        this.characters = characters;
        this.scanner = scanner;
    }

    /** Opens a file. */
    static DecodedRows open(DataFile file, FileFormat format, int maxRowChars) {
        return of(file, Characters.open(file, format.encoding()), format, maxRowChars);
    }

    /** Takes characters of a file that were read already. */
    static DecodedRows of(DataFile file, Reader characters, FileFormat format, int maxRowChars) {
        return new DecodedRows(file, characters, FieldScanner.of(format.delimited(), characters, maxRowChars));
    }

    /**
     * Moves to the next row.
     *
     * @return whether there is one
     * @throws MppConnectException when the row is not what the format says, or the file cannot be read
     */
    boolean next() {
        try {
            return scanner.nextRow();
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        } catch (MppConnectException failure) {
            if (failure.code() != ErrorCode.BAD_DATA) {
                throw failure;
            }
            String message = String.valueOf(failure.getMessage());
            throw file.badData(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1), failure);
        }
    }

    /** The row that {@link #next} moved to. */
    FieldScanner row() {
        return scanner;
    }

    @Override
    public void close() {
        try {
            characters.close();
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        }
    }
}
