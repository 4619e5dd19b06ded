package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowBoundaryTest {

    @Test
    void findsTheLastRowEnd() {
        RowBoundary boundary = RowBoundary.of(RowFormat.text());

        assertThat(scan(boundary, "a\tb\nc\td\ne")).isEqualTo(8);
        assertThat(boundary.rows()).isEqualTo(2);
        assertThat(boundary.open()).isTrue();
        assertThat(scan(boundary, "f")).isEqualTo(-1);
        assertThat(boundary.rows()).isZero();
        assertThat(boundary.open()).isTrue();
        assertThat(scan(boundary, "\n")).isEqualTo(1);
        assertThat(boundary.open()).isFalse();
        assertThat(scan(boundary, "")).isEqualTo(-1);
        assertThat(boundary.open()).isFalse();
    }

    @Test
    void anEscapeBeforeALineEndDoesNotKeepTextTogether() {
        RowBoundary boundary = RowBoundary.of(RowFormat.text());

        assertThat(scan(boundary, "a\\\nb")).isEqualTo(3);
        assertThat(boundary.rows()).isEqualTo(1);
    }

    @Test
    void lineEndsBetweenQuotesAreData() {
        RowBoundary boundary = RowBoundary.of(RowFormat.csv());

        assertThat(scan(boundary, "1,\"a\nb")).isEqualTo(-1);
        assertThat(boundary.insideQuotes()).isTrue();
        assertThat(scan(boundary, "\"\"\n\"")).isEqualTo(-1);
        assertThat(boundary.insideQuotes()).isFalse();
        assertThat(scan(boundary, "\n2,x")).isEqualTo(1);
        assertThat(boundary.open()).isTrue();
    }

    @Test
    void anEscapeAtTheEndOfAPieceEscapesTheNextQuote() {
        RowBoundary boundary = RowBoundary.of(RowFormat.csv().withEscape('\\'));

        assertThat(scan(boundary, "\"a\\")).isEqualTo(-1);
        assertThat(scan(boundary, "\"\n")).isEqualTo(-1);
        assertThat(scan(boundary, "\\\\\"\n")).isEqualTo(4);
    }

    @Test
    void aPairMayBeCutInTwo() {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            RowBoundary boundary = RowBoundary.of(format.withNewline(Newline.CRLF));

            assertThat(scan(boundary, "a\nb\r")).isEqualTo(-1);
            assertThat(scan(boundary, "\nc\rd")).isEqualTo(1);
            assertThat(scan(boundary, "\n\r\r\n")).isEqualTo(4);
            assertThat(boundary.rows()).isEqualTo(1);
            assertThat(boundary.open()).isFalse();
        }
    }

    @Test
    void otherLineEndsAreDataOutsideQuotesToo() {
        RowBoundary lines = RowBoundary.of(RowFormat.csv());
        RowBoundary returns = RowBoundary.of(RowFormat.csv().withNewline(Newline.CR));

        assertThat(scan(lines, "a\rb\n")).isEqualTo(4);
        assertThat(scan(returns, "a\nb\rc")).isEqualTo(4);
        assertThat(lines.rows()).isEqualTo(1);
        assertThat(returns.rows()).isEqualTo(1);
    }

    @Test
    void stopsAfterSoManyRows() {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            RowBoundary boundary = RowBoundary.of(format);
            byte[] bytes = "head\na\nb\nc".getBytes(StandardCharsets.UTF_8);

            assertThat(boundary.scanRows(bytes, 0, bytes.length, 0)).isEqualTo(-1);
            assertThat(boundary.scanRows(bytes, 0, bytes.length, 1)).isEqualTo(5);
            assertThat(boundary.rows()).isEqualTo(1);
            assertThat(boundary.open()).isFalse();
            assertThat(boundary.scanRows(bytes, 5, bytes.length, 7)).isEqualTo(9);
            assertThat(boundary.rows()).isEqualTo(2);
            assertThat(boundary.open()).isTrue();
        }
    }

    @Test
    void startsAgainAfterReset() {
        RowBoundary boundary = RowBoundary.of(RowFormat.csv().withNewline(Newline.CRLF));

        scan(boundary, "\"a\r");
        boundary.reset();

        assertThat(boundary.open()).isFalse();
        assertThat(boundary.insideQuotes()).isFalse();
        assertThat(scan(boundary, "\na\r\n")).isEqualTo(4);
        assertThat(boundary.rows()).isEqualTo(1);
    }

    @Test
    void agreesWithTheReferenceHoweverBytesAreCut() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            RowFormat format = random.nextBoolean() ? Samples.text(random) : Samples.csv(random);
            byte[] bytes = noise(random, format);
            checkSplits(bytes, format, random);
            checkLimited(bytes, format, random);
        }
    }

    private static void checkSplits(byte[] bytes, RowFormat format, Random random) {
        List<Integer> ends = ReferenceReader.rowEnds(bytes, format);
        RowBoundary boundary = RowBoundary.of(format);
        int from = 0;
        while (from < bytes.length) {
            int start = from;
            int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 3 : 40));
            List<Integer> within =
                    ends.stream().filter(end -> end > start && end <= to).toList();
            assertThat(boundary.scan(bytes, from, to)).isEqualTo(within.isEmpty() ? -1 : within.get(within.size() - 1));
            assertThat(boundary.rows()).isEqualTo(within.size());
            assertThat(boundary.open()).isEqualTo(to > 0 && !ends.contains(to));
            from = to;
        }
    }

    private static void checkLimited(byte[] bytes, RowFormat format, Random random) {
        List<Integer> ends = ReferenceReader.rowEnds(bytes, format);
        RowBoundary boundary = RowBoundary.of(format);
        int from = 0;
        int row = 0;
        while (row < ends.size()) {
            int wanted = 1 + random.nextInt(3);
            int last = Math.min(row + wanted, ends.size());
            assertThat(boundary.scanRows(bytes, from, bytes.length, wanted)).isEqualTo(ends.get(last - 1));
            assertThat(boundary.rows()).isEqualTo(last - row);
            from = ends.get(last - 1);
            row = last;
        }
    }

    /** Bytes of any kind, most of them special. */
    static byte[] noise(Random random, RowFormat format) {
        byte[] bytes = new byte[random.nextInt(60)];
        byte[] special = {
            '\n',
            '\r',
            '\n',
            (byte) format.delimiter(),
            (byte) format.quote(),
            (byte) format.escape().getAsInt(),
            '\\'
        };
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(3) == 0
                    ? special[random.nextInt(special.length)]
                    : (byte) ('a' + random.nextInt(26));
        }
        return bytes;
    }

    private static int scan(RowBoundary boundary, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return boundary.scan(bytes, 0, bytes.length);
    }

    @Test
    void linesCountThoseWithinQuotesWithTheRowTheyAreIn() {
        RowBoundary boundary = RowBoundary.of(RowFormat.csv());
        byte[] bytes = "a,\"b\nc\n\"\nd\n\"e\n".getBytes(StandardCharsets.US_ASCII);
        boundary.scan(bytes, 0, bytes.length);
        assertThat(boundary.rows()).isEqualTo(2);
        assertThat(boundary.lines()).isEqualTo(4);

        byte[] rest = "\"\n".getBytes(StandardCharsets.US_ASCII);
        boundary.scan(rest, 0, rest.length);
        assertThat(boundary.lines()).isEqualTo(2);
    }
}
