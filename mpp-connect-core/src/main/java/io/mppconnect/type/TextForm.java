package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes one value after the other and keeps the text form of the last: what stands between an array's braces. */
final class TextForm implements RowWriter {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private @Nullable String text;

    /** The text form of the value that was written last, without any quotes; null for NULL. */
    @Nullable
    String text() {
        return text;
    }

    @Override
    public void writeNull() {
        text = null;
    }

    @Override
    public void writeBoolean(boolean value) {
        text = value ? "t" : "f";
    }

    @Override
    public void writeInt(int value) {
        text = Integer.toString(value);
    }

    @Override
    public void writeLong(long value) {
        text = Long.toString(value);
    }

    @Override
    public void writeFloat(float value) {
        text = Float.toString(value);
    }

    @Override
    public void writeDouble(double value) {
        text = Double.toString(value);
    }

    @Override
    public void writeDecimal(BigDecimal value) {
        text = value.toPlainString();
    }

    @Override
    public void writeDecimal(long unscaled, int scale) {
        text = BigDecimal.valueOf(unscaled, scale).toPlainString();
    }

    @Override
    public void writeText(CharSequence value) {
        text = value.toString();
    }

    @Override
    public void writeUtf8(byte[] bytes, int from, int to) {
        text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void writeBytes(byte[] bytes, int from, int to) {
        text = "\\x" + HexFormat.of().formatHex(bytes, from, to);
    }

    @Override
    public void writeDate(long epochDay) {
        text = IsoText.date(new StringBuilder(), LocalDate.ofEpochDay(epochDay)).toString();
    }

    @Override
    public void writeTime(long micros) {
        text = IsoText.time(new StringBuilder(), micros).toString();
    }

    @Override
    public void writeTimestamp(long epochMicros) {
        text = timestamp(epochMicros, "");
    }

    @Override
    public void writeInstant(long epochMicros) {
        text = timestamp(epochMicros, "+00");
    }

    @Override
    public void writeUuid(UUID value) {
        text = value.toString();
    }

    @Override
    public void failRow(String reason, byte[] raw, int from, int to) {
        throw new IllegalStateException("A text form is one value, not a row");
    }

    @Override
    public void failRow(RuntimeException cause, byte[] raw, int from, int to) {
        throw cause;
    }

    @Override
    public void abandonRow() {
        throw new IllegalStateException("A text form is one value, not a row");
    }

    @Override
    public void endRow() {
        throw new IllegalStateException("A text form is one value, not a row");
    }

    private static String timestamp(long epochMicros, String offset) {
        long seconds = Math.floorDiv(epochMicros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(epochMicros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
        LocalDateTime value = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
        return IsoText.timestamp(new StringBuilder(), value, offset).toString();
    }
}
