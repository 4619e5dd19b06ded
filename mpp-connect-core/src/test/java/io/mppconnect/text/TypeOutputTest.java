package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the segments of a real Greenplum 6.24.3 wrote, byte for byte. */
class TypeOutputTest {

    private static final RowFormat TEXT = RowFormat.text().withDelimiter('|');
    private static final RowFormat CSV = RowFormat.csv();

    /**
     * A line of the recording.
     *
     * @param text the row in TEXT
     * @param csv the row in CSV
     */
    record Recorded(String type, String literal, String setting, String text, String csv) {}

    static Stream<Recorded> recorded() throws IOException {
        try (InputStream in = TypeOutputTest.class.getResourceAsStream("/greenplum6/type-output.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("\t", -1))
                            .map(parts -> new Recorded(
                                    parts[0], unescaped(parts[1]), parts[2], unescaped(parts[3]), unescaped(parts[4])))
                            .toList()
                            .stream();
        }
    }

    @Test
    void theRecordingIsWhole() throws IOException {
        assertThat(recorded()).hasSize(101);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void textAndCsvHoldTheSameValue(Recorded recorded) {
        RowDecoder text = decoder(TEXT, recorded.text());
        RowDecoder csv = decoder(CSV, recorded.csv());

        assertThat(text.isNull(0)).isFalse();
        assertThat(csv.isNull(0)).isFalse();
        assertThat(text.textAt(0)).isEqualTo(csv.textAt(0));
        if (List.of("text", "json", "xml", "date", "timestamp", "time", "uuid", "inet", "oid")
                .contains(recorded.type())) {
            assertThat(text.textAt(0)).isEqualTo(recorded.literal());
        }
        checkValue(recorded, text);
        checkValue(recorded, csv);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void theEncoderWritesTheSameBytes(Recorded recorded) throws InterruptedException {
        assertThat(encoded(TEXT, recorded.text())).isEqualTo(recorded.text());
        assertThat(encoded(CSV, recorded.csv())).isEqualTo(recorded.csv());
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void aRowEndsWhereTheSegmentEndedIt(Recorded recorded) {
        byte[] text = recorded.text().getBytes(UTF_8);
        byte[] csv = recorded.csv().getBytes(UTF_8);
        assertThat(RowBoundary.of(TEXT).scan(text, 0, text.length)).isEqualTo(text.length);
        assertThat(RowBoundary.of(CSV).scan(csv, 0, csv.length)).isEqualTo(csv.length);
    }

    private static void checkValue(Recorded recorded, RowDecoder row) {
        boolean allDigits = recorded.setting().equals("extra_float_digits=3");
        switch (recorded.type()) {
            case "bool" -> assertThat(row.booleanAt(0)).isEqualTo(Boolean.parseBoolean(recorded.literal()));
            case "int2", "int8", "oid" -> assertThat(row.longAt(0)).isEqualTo(Long.parseLong(recorded.literal()));
            case "float4" ->
                assertThat(Float.toString(row.floatAt(0)))
                        .isEqualTo(Float.toString(Float.parseFloat(allDigits ? recorded.literal() : row.textAt(0))));
            case "float8" ->
                assertThat(Double.toString(row.doubleAt(0)))
                        .isEqualTo(Double.toString(Double.parseDouble(allDigits ? recorded.literal() : row.textAt(0))));
            case "bytea" ->
                assertThat(row.bytesAt(0))
                        .isEqualTo(recorded.literal().equals("\\x") ? new byte[0] : new byte[] {0, -1, '\\', '\n'});
            case "uuid" -> assertThat(row.uuidAt(0)).hasToString(recorded.literal());
            default -> assertThat(row.textAt(0)).isNotNull();
        }
    }

    /** Reads the row as what it is and writes that again. */
    private static String encoded(RowFormat format, String row) throws InterruptedException {
        RowDecoder decoder = decoder(format, row);
        SentBlocks blocks = SentBlocks.of(1000);
        RowEncoder encoder = RowEncoder.of(format, List.of("f0"), blocks);
        String text = decoder.textAt(0);
        if (text.equals("-0")) {
            encoder.writeDouble(decoder.doubleAt(0));
        } else if (text.matches("-?\\d{1,18}")) {
            encoder.writeLong(decoder.longAt(0));
        } else if (text.matches("-?\\d+\\.\\d+")) {
            encoder.writeDecimal(decoder.decimalAt(0));
        } else if (text.startsWith("\\x")) {
            byte[] bytes = decoder.bytesAt(0);
            encoder.writeBytes(bytes, 0, bytes.length);
        } else if (text.matches("\\d+-\\d\\d-\\d\\d( BC)?")) {
            encoder.writeDate(decoder.epochDayAt(0));
        } else if (text.matches("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?")) {
            encoder.writeTime(decoder.timeMicrosAt(0));
        } else if (text.matches("\\d+-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?( BC)?")
                && !text.startsWith("294276")) {
            encoder.writeTimestamp(decoder.timestampMicrosAt(0));
        } else if (text.matches("\\d+-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?\\+00")) {
            encoder.writeInstant(decoder.instantMicrosAt(0));
        } else {
            encoder.writeText(text);
        }
        encoder.endRow();
        encoder.flush();
        return blocks.text();
    }

    private static RowDecoder decoder(RowFormat format, String row) {
        RowDecoder decoder = RowDecoder.of(format, RowDecoderTest.columns(1));
        byte[] bytes = row.getBytes(UTF_8);
        decoder.reset(bytes, 0, bytes.length);
        assertThat(decoder.next()).isTrue();
        return decoder;
    }

    /** The recording shows what is not printable in the way of Python. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\(?:x(..)|u(.{4})|U(.{8})|(.))")
                .matcher(text)
                .replaceAll(match -> {
                    String hex = Stream.of(1, 2, 3)
                            .map(match::group)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse("");
                    String character = hex.isEmpty()
                            ? switch (match.group(4)) {
                                case "n" -> "\n";
                                case "t" -> "\t";
                                case "r" -> "\r";
                                default -> match.group(4);
                            }
                            : Character.toString(Integer.parseInt(hex, 16));
                    return Matcher.quoteReplacement(character);
                });
    }
}
