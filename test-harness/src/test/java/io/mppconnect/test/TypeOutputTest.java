package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays what the segments of a real cluster wrote for values of many types, under several settings. */
class TypeOutputTest extends ClusterTest {

    /** Greenplum 6 writes 9 and 18 digits, PostgreSQL 12 the shortest that give back the same value. */
    private static final String MORE_DIGITS = "extra_float_digits=3";

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)", Pattern.DOTALL);

    record Value(String type, String literal, String setting, String text, String csv) {

        static Value parse(String line) {
            String[] fields = line.split("\t", -1);
            return new Value(fields[0], unescaped(fields[1]), fields[2], unescaped(fields[3]), unescaped(fields[4]));
        }

        @Override
        public String toString() {
            return type + " " + literal + " with " + setting;
        }
    }

    static Stream<Value> values() throws Exception {
        try (InputStream in = TypeOutputTest.class.getResourceAsStream("/greenplum6/type-output.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(Value::parse)
                            .filter(value -> !value.setting().equals(MORE_DIGITS))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void segmentsWriteTheRecordedText(Value value) throws Exception {
        run("set timezone = 'UTC'");
        run("set extra_float_digits = 0");
        run("set intervalstyle = 'postgres'");
        run("create extension if not exists hstore");
        if (!value.setting().equals("default")) {
            run("set " + value.setting().replaceFirst("=(.*)", " = '$1'"));
        }

        assertThat(written(value, "'text' (delimiter '|')")).isEqualTo(value.text());
        assertThat(written(value, "'csv'")).isEqualTo(value.csv());
    }

    private String written(Value value, String format) throws SQLException {
        String path = format.replaceAll("\\W", "");
        server.take(path);
        run("create writable external temp table " + path + "(v " + value.type() + ") location('" + server.url(path)
                + "') format " + format);
        run("insert into " + path + " select '" + value.literal().replace("'", "''") + "'::" + value.type());
        return server.posted(path);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(plain(match.group(1))));
    }

    private static String plain(String escape) {
        return switch (escape.charAt(0)) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'x', 'u', 'U' -> Character.toString(Integer.parseInt(escape.substring(1), 16));
            default -> escape;
        };
    }
}
