package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays what the segments of a real cluster wrote for values of many types, under several settings. */
class TypeOutputTest extends ClusterTest {

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
                    .lines().filter(line -> !line.startsWith("#")).map(Value::parse).toList().stream();
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

    @Test
    void theRecordingIsWhole() throws Exception {
        assertThat(values()).hasSize(101);
    }

    @Test
    void floatsWithinOtherValuesHaveAsManyDigits() throws Exception {
        run("set extra_float_digits = 3");
        run("drop type if exists span");
        run("drop domain if exists share");
        run("create type span as range (subtype = float8)");
        run("create domain share as float4");
        String columns = "(v float8[], w float4[], x point, y path, z circle, s span, d share, t text, n float8)";
        String values = "select '[0:1]={0.1,NULL}'::float8[], '{{0.1,1e10},{-0.3,NaN}}'::float4[], '(0.1,-1)'::point,"
                + " '((1,2),(0.1,4))'::path, '<(0.1,2),3>'::circle, '[0.1,)'::span, 0.1::share, '0.1, \"0.1'::text,"
                + " null::float8";
        for (String format : List.of("'text'", "'csv'", "'text' (delimiter '|' escape '@' null '0.1')")) {
            String path = format.replaceAll("\\W", "");
            server.take(path);
            run("drop external table if exists floats");
            run("create writable external temp table floats" + columns + " location('" + server.url(path) + "') format "
                    + format);
            run("insert into floats " + values);
        }

        String array = "[0:1]={0.100000000000000006,NULL}";
        String matrix = "{{0.100000001,1e+10},{-0.300000012,NaN}}";
        String path = "((1,2),(0.100000000000000006,4))";
        String circle = "<(0.100000000000000006,2),3>";
        List<String> said = List.of(
                array, matrix, "(0.100000000000000006,-1)", path, circle, "[0.100000000000000006,)", "0.100000001");
        assertThat(server.posted("text")).isEqualTo(String.join("\t", said) + "\t0.1, \"0.1\t\\N\n");
        assertThat(server.posted("csv"))
                .isEqualTo("\"" + String.join("\",\"", said.subList(0, 6)) + "\",0.100000001,\"0.1, \"\"0.1\",\n");
        assertThat(server.posted("textdelimiterescapenull01")).isEqualTo(String.join("|", said) + "|0.1, \"0.1|0.1\n");
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
