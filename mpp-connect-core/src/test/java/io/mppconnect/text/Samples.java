package io.mppconnect.text;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Formats and texts that are likely to be trouble, the same ones for the same seed. */
final class Samples {

    private static final String CHARACTERS =
            "\\\\\\\"\"'',,||\t\n\r\b\f\u000B^~.N01234567xbfnrtvABCabc \u0001\u0007\u007Fé߿ࠀ日\uFFFF\uFEFF";

    private Samples() {}

    static RowFormat text(Random random) {
        RowFormat format = RowFormat.text()
                .withDelimiter(character(random, "\t|, -:+\u0001\"\b"))
                .withNullString(pick(random, "\\N", "NULL", "\\n", "0", "t", "-", "né", "é", "\\101", "a", "\\\\-"));
        if (random.nextInt(3) == 0) {
            format = format.withEscape(character(random, "^~n1x\u0002N"));
        }
        return usable(format.withNewline(pick(random, Newline.values())), random);
    }

    static RowFormat csv(Random random) {
        RowFormat format = RowFormat.csv()
                .withDelimiter(character(random, ",;\t|1e- \u0001"))
                .withQuote(character(random, "\"'|0"))
                .withNullString(pick(random, "", "\\N", "NULL", "0", "t", "é"));
        format = format.withEscape(random.nextBoolean() ? format.quote() : character(random, "\\^2"));
        return usable(format.withNewline(pick(random, Newline.values())), random);
    }

    static String string(Random random) {
        if (random.nextInt(8) == 0) {
            return pick(random, "", "\\N", "NULL", "\\.", ".", "\\", "0", "t", "é", "né", "\n", "\r\n", "A", "a", "-");
        }
        // Often longer than a chunk or a word, to have things lie across the seams.
        int length = random.nextInt(10) == 0 ? random.nextInt(9000) : random.nextInt(40);
        int plain = random.nextInt(3) == 0 ? 4 : 40;
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            if (random.nextInt(30) == 0) {
                text.appendCodePoint(0x10000 + random.nextInt(0x100000));
            } else if (random.nextInt(plain) > 2) {
                text.append((char) ('a' + random.nextInt(26)));
            } else {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
        }
        return text.toString();
    }

    static char character(Random random, String choices) {
        return choices.charAt(random.nextInt(choices.length()));
    }

    @SafeVarargs
    static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Replaces what does not go together. */
    private static RowFormat usable(RowFormat format, Random random) {
        boolean clash = format.nullString().endsWith("" + (char) format.escape().getAsInt())
                || format.nullString().indexOf(format.delimiter()) >= 0
                || format.escape().getAsInt() == format.delimiter()
                || (format.isCsv()
                        && (format.delimiter() == format.quote()
                                || format.nullString().indexOf(format.quote()) >= 0));
        if (!clash) {
            return format.validated();
        }
        return format.isCsv() ? csv(random) : text(random);
    }

    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "f" + i).toList();
    }
}
