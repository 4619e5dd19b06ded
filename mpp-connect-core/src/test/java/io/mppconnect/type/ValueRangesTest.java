package io.mppconnect.type;

import static io.mppconnect.type.ValueWriterTest.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueRangesTest {

    private enum Mood {
        GLAD
    }

    private static Stream<Arguments> valuesThatDoNotFit() throws Exception {
        String int4 = "the value does not fit int4 (-2147483648 to 2147483647)";
        String int8 = "the value does not fit int8 (-9223372036854775808 to 9223372036854775807)";
        String float4 = "the value does not fit float4 (about 1.4e-45 to 3.4e38)";
        String float8 = "the value does not fit float8 (about 4.9e-324 to 1.8e308)";
        String numeric = "the value does not fit numeric (at most 131072 digits before the point)";
        String money = "the value does not fit money (-92233720368547758.07 to 92233720368547758.07)";
        Inet6Address scoped = Inet6Address.getByAddress("host", new byte[16], 3);
        return Stream.of(
                Arguments.of(TypeKind.INT2, 32768, "the value does not fit int2 (-32768 to 32767)"),
                Arguments.of(TypeKind.INT2, -32769L, "the value does not fit int2 (-32768 to 32767)"),
                Arguments.of(TypeKind.INT4, 2147483648L, int4),
                Arguments.of(TypeKind.INT4, BigInteger.ONE.shiftLeft(64), int4),
                Arguments.of(TypeKind.INT8, BigInteger.ONE.shiftLeft(63), int8),
                Arguments.of(TypeKind.OID, -1, "the value does not fit oid (0 to 4294967295)"),
                Arguments.of(TypeKind.OID, 4294967296L, "the value does not fit oid (0 to 4294967295)"),
                Arguments.of(TypeKind.FLOAT4, 1e300, float4),
                Arguments.of(TypeKind.FLOAT4, 1e-300, float4),
                Arguments.of(TypeKind.FLOAT4, new BigDecimal("1e39"), float4),
                Arguments.of(TypeKind.FLOAT4, BigInteger.TEN.pow(39), float4),
                Arguments.of(TypeKind.FLOAT8, new BigDecimal("1e-400"), float8),
                Arguments.of(TypeKind.FLOAT8, BigInteger.TEN.pow(400), float8),
                Arguments.of(TypeKind.NUMERIC, new BigDecimal("1e131072"), numeric),
                Arguments.of(
                        TypeKind.NUMERIC,
                        new BigDecimal("1e-16384"),
                        "the value does not fit numeric (at most 16383 digits after the point)"),
                Arguments.of(
                        TypeKind.NUMERIC, Double.POSITIVE_INFINITY, "the value is infinite, which numeric cannot hold"),
                Arguments.of(
                        TypeKind.NUMERIC, Float.NEGATIVE_INFINITY, "the value is infinite, which numeric cannot hold"),
                Arguments.of(TypeKind.MONEY, new BigDecimal("92233720368547758.08"), money),
                Arguments.of(TypeKind.MONEY, Long.MAX_VALUE, money),
                Arguments.of(TypeKind.MONEY, BigInteger.TEN.pow(20), money),
                Arguments.of(TypeKind.INET, scoped, "the address has a scope, which inet cannot hold"));
    }

    @ParameterizedTest
    @MethodSource("valuesThatDoNotFit")
    void refusesWhatTheColumnCannotHold(TypeKind kind, Object value, String reason) {
        assertThatThrownBy(() -> written(Types.of(kind), value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: " + reason);
    }

    @Test
    void namesTheClassOfANumberThatPrintsNoDigits() {
        assertThatThrownBy(() -> written(Types.of(TypeKind.NUMERIC), new Ratio()))
                .hasMessage("Invalid value: a io.mppconnect.type.ValueRangesTest$Ratio does not print plain digits;"
                        + " give BigDecimal");
    }

    private static final class Ratio extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 0.5f;
        }

        @Override
        public double doubleValue() {
            return 0.5;
        }

        @Override
        public String toString() {
            return "1/2";
        }
    }

    @Test
    void countsCharactersNotUnitsOfVarchar() throws InterruptedException {
        String rockets = "\uD83D\uDE80".repeat(3);
        assertThat(written(Types.varchar(3), rockets)).isEqualTo(rockets);
        assertThatThrownBy(() -> written(Types.varchar(2), rockets))
                .hasMessage("Invalid value: the value is longer than the 2 characters of varchar(2)");
        assertThatThrownBy(() -> written(Types.varchar(3), Mood.GLAD))
                .hasMessage("Invalid value: the value is longer than the 3 characters of varchar(3)");
        assertThatThrownBy(() -> written(Types.varchar(0), 'x'))
                .hasMessage("Invalid value: the value is longer than the 0 characters of varchar(0)");
    }

    @Test
    void leavesSurplusBlanksToTheDatabase() throws InterruptedException {
        assertThat(written(Types.varchar(2), "ab   ")).isEqualTo("ab   ");
        assertThatThrownBy(() -> written(Types.varchar(2), "ab  c"))
                .hasMessage("Invalid value: the value is longer than the 2 characters of varchar(2)");
    }
}
