package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into blocks, byte for byte as the segments read a {@link RowFormat}. Whole blocks are sent by themselves;
 * {@link #flush} sends the rest. Used by one thread.
 *
 * <p>When a write throws, the started row is taken back and the next write starts a new row. Messages count rows from 1, or as
 * {@link #numberRows} says, those taken back not included.
 */
public abstract sealed class RowEncoder implements RowWriter permits TextRowEncoder, CsvRowEncoder {

    /** Every character that numbers, booleans, dates, UUIDs and hex digits are written with. */
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.: ";

    private static final byte[] BYTEA = {'\\', 'x'};

    /** How much is encoded between two looks at the room that is left. */
    private static final int PIECE = 4096;

    /** One byte becomes an escape and three octal digits at most. */
    private static final int MAX_EXPANSION = 4;

    private final List<String> fieldNames;
    private final int fields;
    private final byte delimiter;
    private final byte[] nullBytes;
    private final Newline newline;
    private byte[] rowEnd;

    /** Whether no character of the {@link #ALPHABET} is special. */
    private final boolean verbatim;

    /** Whether, besides, nothing that is written with it reads as NULL. */
    private final boolean plain;

    private final byte[] bytea;
    private final Utf8Chunks chunks = new Utf8Chunks();
    private byte[] scratch = new byte[TemporalText.MAX_LENGTH];

    /** Where rows are put together. */
    final RowBuffer out;

    final OrdinaryBytes ordinary;

    private @Nullable FailedRows failedRows;

    /** Takes rows that are set aside. */
    public interface FailedRows {

        /** The next row, when all before it were sent: it is not to be written. */
        void take(String reason, byte[] raw, int from, int to);
    }

    /**
     * An encoder whose subclass knows the format's special characters.
     *
     * @param actions what to do with each byte; 0 to leave it as it is
     * @param bytea how {@code \x} is encoded
     */
    RowEncoder(RowFormat format, List<String> fieldNames, BlockWriter blocks, byte[] actions, byte[] bytea) {
        this.fieldNames = List.copyOf(fieldNames);
        this.fields = fieldNames.size();
        this.delimiter = (byte) format.delimiter();
        this.nullBytes = format.nullString().getBytes(StandardCharsets.UTF_8);
        this.newline = format.newline();
        this.rowEnd = newline.characters().getBytes(StandardCharsets.US_ASCII);
        this.verbatim = ALPHABET.chars().allMatch(character -> actions[character] == 0);
        this.plain = verbatim
                && (nullBytes.length == 0
                        || format.nullString().chars().anyMatch(character -> ALPHABET.indexOf(character) < 0));
        this.ordinary = new OrdinaryBytes(actions);
        this.bytea = verbatim ? bytea : BYTEA;
        this.out = new RowBuffer(blocks);
    }

    /**
     * An encoder for rows of the given fields.
     *
     * @throws MppConnectException when the format is not possible, or its encoding is not UTF8
     */
    public static RowEncoder of(RowFormat format, List<String> fieldNames, BlockWriter blocks) {
        requireUtf8(format.validated());
        return format.isCsv()
                ? new CsvRowEncoder(format, fieldNames, blocks)
                : new TextRowEncoder(format, fieldNames, blocks);
    }

    static void requireUtf8(RowFormat format) {
        if (!format.encoding().equals("UTF8")) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid encoding of rows: " + format.encoding() + "; only UTF8 is possible");
        }
    }

    /** Sets failed rows aside from here on, instead of throwing. */
    public final void settingAside(FailedRows taker) {
        failedRows = taker;
    }

    /** Gives every row, from here on, one more field behind its last: this number, whoever writes the row. */
    public final void endingRowsWith(int number) {
        String end = (char) delimiter + Integer.toString(number) + newline.characters();
        rowEnd = end.getBytes(StandardCharsets.US_ASCII);
    }

    /** How many rows were ended. */
    public final long rows() {
        return out.rows();
    }

    /** Counts rows in messages on from here: the next row is this one. */
    public final void numberRows(long next) {
        out.numberRows(next);
    }

    /** Sends the whole rows that no block has been sent with yet; a started row stays started. */
    public final void flush() throws InterruptedException {
        out.flush();
    }

    /** Gives up the rows that no block has been sent with yet, the started one too. */
    public final void discard() {
        out.discard();
    }

    /** Whether a row has values and is not ended. */
    public final boolean isRowStarted() {
        return out.values > 0;
    }

    @Override
    public final void abandonRow() {
        out.abandonRow();
    }

    @Override
    public final void writeNull() throws InterruptedException {
        int at = room(nullBytes.length);
        for (byte b : nullBytes) {
            out.bytes[at++] = b;
        }
        out.position = at;
        out.values++;
    }

    @Override
    public final void writeBoolean(boolean value) throws InterruptedException {
        int at = beginPlain(1);
        out.bytes[at] = (byte) (value ? 't' : 'f');
        endPlain(at + 1);
    }

    @Override
    public final void writeInt(int value) throws InterruptedException {
        writeLong(value);
    }

    @Override
    public final void writeLong(long value) throws InterruptedException {
        int at = beginPlain(Digits.LONG);
        endPlain(Digits.writeLong(value, out.bytes, at));
    }

    @Override
    public final void writeFloat(float value) throws InterruptedException {
        int at = beginPlain(FloatText.MAX_LENGTH);
        endPlain(FloatText.write(value, out.bytes, at));
    }

    @Override
    public final void writeDouble(double value) throws InterruptedException {
        int at = beginPlain(FloatText.MAX_LENGTH);
        endPlain(FloatText.write(value, out.bytes, at));
    }

    @Override
    public final void writeDecimal(BigDecimal value) throws InterruptedException {
        int scale = value.scale();
        if (value.precision() > Digits.LONG_DIGITS) {
            writeAscii(value.toString());
            return;
        }
        // Not unscaledValue(), which makes a BigInteger; the compiler does away with this BigDecimal.
        long unscaled = value.scaleByPowerOfTen(scale).longValue();
        if (scale >= 0 && scale <= Digits.MAX_SCALE) {
            writeDecimal(unscaled, scale);
        } else {
            int at = beginPlain(Digits.DECIMAL);
            int next = Digits.writeLong(unscaled, out.bytes, at);
            out.bytes[next] = 'e';
            endPlain(Digits.writeLong(-(long) scale, out.bytes, next + 1));
        }
    }

    @Override
    public final void writeDecimal(long unscaled, int scale) throws InterruptedException {
        int at = beginPlain(Digits.DECIMAL);
        if (scale < 0 || scale > Digits.MAX_SCALE) {
            throw refused("a decimal's scale must be from 0 to " + Digits.MAX_SCALE + ", not " + scale);
        }
        endPlain(Digits.writeDecimal(unscaled, scale, out.bytes, at));
    }

    @Override
    public final void writeText(CharSequence value) throws InterruptedException {
        begin(0);
        int length = value.length();
        for (int next = 0; next < length; ) {
            next = chunks.next(value, next);
            if (next < 0) {
                throw refused("it contains half a surrogate pair, which is no character");
            }
            append(chunks.bytes(), 0, chunks.length(), length - next);
        }
        endText();
    }

    @Override
    public final void writeUtf8(byte[] bytes, int from, int to) throws InterruptedException {
        if (!writeOrdinary(bytes, from, to - from)) {
            begin(0);
            append(bytes, from, to, 0);
            endText();
        }
    }

    @Override
    public final void writeBytes(byte[] bytes, int from, int to) throws InterruptedException {
        begin(bytea.length);
        System.arraycopy(bytea, 0, out.bytes, out.position, bytea.length);
        out.position += bytea.length;
        for (int next = from; next < to; ) {
            int end = Math.min(to, next + PIECE);
            if (!out.has(2 * (end - next))) {
                out.reserve((int) Math.min(Integer.MAX_VALUE, 2L * (to - next)));
            }
            out.position = Digits.writeHex(bytes, next, end, out.bytes, out.position);
            next = end;
        }
        endHex();
    }

    @Override
    public final void writeDate(long epochDay) throws InterruptedException {
        int at = beginPlain(TemporalText.MAX_LENGTH);
        if (epochDay < -Calendar.MAX_EPOCH_DAY || epochDay > Calendar.MAX_EPOCH_DAY) {
            throw refused("it is a day that no calendar has");
        }
        endPlain(TemporalText.writeDate(epochDay, out.bytes, at));
    }

    @Override
    public final void writeTime(long micros) throws InterruptedException {
        int at = beginPlain(TemporalText.MAX_LENGTH);
        if (micros < 0 || micros > Calendar.MICROS_PER_DAY) {
            throw refused("it is a time before 00:00:00 or after 24:00:00");
        }
        endPlain(TemporalText.writeTime(micros, out.bytes, at));
    }

    @Override
    public final void writeTimestamp(long epochMicros) throws InterruptedException {
        int at = beginPlain(TemporalText.MAX_LENGTH);
        endPlain(TemporalText.writeTimestamp(epochMicros, out.bytes, at));
    }

    @Override
    public final void writeInstant(long epochMicros) throws InterruptedException {
        int at = beginPlain(TemporalText.MAX_LENGTH);
        endPlain(TemporalText.writeInstant(epochMicros, out.bytes, at));
    }

    @Override
    public final void writeUuid(UUID value) throws InterruptedException {
        int at = beginPlain(Digits.UUID);
        endPlain(Digits.writeUuid(value, out.bytes, at));
    }

    @Override
    public final void failRow(String reason, byte[] raw, int from, int to) throws InterruptedException {
        String message = "Cannot write row " + out.rowNumber() + ": " + reason;
        out.abandonRow();
        FailedRows taker = failedRows;
        if (taker == null) {
            throw new MppConnectException(ErrorCode.BAD_DATA, message);
        }
        out.flush();
        taker.take(reason, raw, from, to);
    }

    @Override
    public final void failRow(RuntimeException cause, byte[] raw, int from, int to) throws InterruptedException {
        if (failedRows == null) {
            out.abandonRow();
            throw cause;
        }
        failRow(cause instanceof MppConnectException known ? known.getMessage() : cause.toString(), raw, from, to);
    }

    @Override
    public final void endRow() throws InterruptedException {
        if (out.values != fields) {
            throw wrongCount(counted(out.values, "value"));
        }
        out.reserve(rowEnd.length);
        for (byte b : rowEnd) {
            out.bytes[out.position++] = b;
        }
        out.endRow();
    }

    /** A value starts. */
    abstract void startValue();

    /** How many bytes these become; of a value that may yet turn out to need quotes, without them. */
    abstract int encodedLength(byte[] utf8, int from, int to);

    /** Encodes a piece of a value that there is room for. */
    abstract void appendPiece(byte[] utf8, int from, int to) throws InterruptedException;

    /** The value is complete: sees to it that it cannot be taken for NULL or for anything else. */
    abstract void endValue() throws InterruptedException;

    /** Whether the value, as it is encoded so far, reads as NULL. */
    final boolean readsAsNull() {
        return readsAsNull(out.bytes, out.valueStart(), out.position);
    }

    private boolean readsAsNull(byte[] bytes, int from, int to) {
        return to - from == nullBytes.length && Arrays.equals(bytes, from, to, nullBytes, 0, nullBytes.length);
    }

    /** Whether the value reads as the end of all rows, which is a backslash and a dot alone in a row. */
    static boolean isEndMark(byte[] bytes, int from, int length) {
        return length == 2 && bytes[from] == '\\' && bytes[from + 1] == '.';
    }

    /** Takes the started row back because of the value that is being written. */
    final MppConnectException refused(String reason) {
        String message =
                "Cannot write row " + out.rowNumber() + ", field " + fieldNames.get(out.values) + ": " + reason;
        out.abandonRow();
        return new MppConnectException(ErrorCode.BAD_DATA, message);
    }

    /** A value of any bytes starts. */
    private void begin(int length) throws InterruptedException {
        out.position = room(length);
        out.startValue();
        startValue();
    }

    /** A value of the {@link #ALPHABET} starts; returns where. */
    private int beginPlain(int length) throws InterruptedException {
        if (!plain) {
            begin(length);
            return out.position;
        }
        return room(length);
    }

    /** Writes the delimiter, if there is a value before, and returns where room for so many bytes is. */
    private int room(int length) throws InterruptedException {
        if (out.values == fields) {
            throw wrongCount("more than " + counted(fields, "value"));
        }
        out.reserve(length + 1);
        int at = out.position;
        // Without a branch: the first value's bytes come in its place.
        out.bytes[at] = delimiter;
        return at + Math.min(out.values, 1);
    }

    /** Most values are short and stand for themselves; false, and nothing is written, when this one may not. */
    private boolean writeOrdinary(byte[] value, int from, int length) {
        int at = out.position + Math.min(out.values, 1);
        byte[] bytes = out.bytes;
        if (out.values == fields || bytes.length - at < length + Words.BYTES) {
            return false;
        }
        bytes[out.position] = delimiter;
        if (ordinary.copy(value, from, from + length, bytes, at) < length
                || readsAsNull(bytes, at, at + length)
                || isEndMark(bytes, at, length)) {
            return false;
        }
        out.position = at + length;
        out.values++;
        return true;
    }

    /** Encodes some bytes of a value, after which at least {@code rest} more will come. */
    private void append(byte[] utf8, int from, int to, int rest) throws InterruptedException {
        for (int next = from; next < to; ) {
            int end = Math.min(to, next + PIECE);
            if (!out.has(MAX_EXPANSION * (end - next))) {
                long atLeast = (long) encodedLength(utf8, next, end) + (to - end) + rest;
                out.reserve((int) Math.min(Integer.MAX_VALUE, atLeast));
            }
            appendPiece(utf8, next, end);
            next = end;
        }
    }

    /** Ends a value of the {@link #ALPHABET}, which was written as if no character of it were special. */
    private void endPlain(int end) throws InterruptedException {
        out.position = end;
        if (plain) {
            out.values++;
        } else {
            endHex();
        }
    }

    /** Ends a value of the {@link #ALPHABET} and, in front of it, what a {@code bytea} begins with. */
    private void endHex() throws InterruptedException {
        if (!verbatim) {
            int start = out.valueStart();
            int length = out.position - start;
            if (scratch.length < length) {
                scratch = new byte[length];
            }
            System.arraycopy(out.bytes, start, scratch, 0, length);
            out.position = start;
            append(scratch, 0, length, 0);
        }
        endText();
    }

    private void endText() throws InterruptedException {
        endValue();
        out.values++;
    }

    private void writeAscii(String value) throws InterruptedException {
        int at = beginPlain(value.length());
        for (int i = 0; i < value.length(); i++) {
            out.bytes[at++] = (byte) value.charAt(i);
        }
        endPlain(at);
    }

    private MppConnectException wrongCount(String values) {
        String message = "Cannot write row " + out.rowNumber() + ": it has " + values + ", but the source has "
                + counted(fields, "field") + " (" + String.join(", ", fieldNames) + ")";
        out.abandonRow();
        return new MppConnectException(ErrorCode.BAD_DATA, message);
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
