package io.mppconnect.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values from their text forms, as the database prints them. Dates and times are in {@link IsoParsing}. */
final class Parsing {

    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private Parsing() {}

    static boolean booleanOf(String text) {
        return switch (text) {
            case "t", "true" -> true;
            case "f", "false" -> false;
            default -> throw notA("boolean");
        };
    }

    static long wholeNumber(String text) {
        return number(text, "whole number", Long::parseLong);
    }

    static float floatOf(String text) {
        return number(text, "floating point number", Float::parseFloat);
    }

    static double doubleOf(String text) {
        return number(text, "floating point number", Double::parseDouble);
    }

    static BigDecimal decimal(String text) {
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            throw notFinite();
        }
        return number(text, "decimal number", BigDecimal::new);
    }

    static InvalidValueException notFinite() {
        return new InvalidValueException("the value is not a finite number, which BigDecimal cannot hold; read String");
    }

    static short narrowToShort(long value) {
        if (value != (short) value) {
            throw tooLarge("short");
        }
        return (short) value;
    }

    static int narrowToInt(long value) {
        if (value != (int) value) {
            throw tooLarge("int");
        }
        return (int) value;
    }

    static short wholeShort(BigDecimal value) {
        return narrowToShort(wholeLong(value));
    }

    static int wholeInt(BigDecimal value) {
        return narrowToInt(wholeLong(value));
    }

    static long wholeLong(BigDecimal value) {
        BigInteger whole = whole(value);
        if (whole.bitLength() >= Long.SIZE) {
            throw tooLarge("long");
        }
        return whole.longValue();
    }

    static BigInteger whole(BigDecimal value) {
        try {
            return value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new InvalidValueException("the value has a fraction; read BigDecimal", e);
        }
    }

    static char character(String text) {
        if (text.length() != 1) {
            throw new InvalidValueException("the value is not exactly one char; read String");
        }
        return text.charAt(0);
    }

    static byte[] bytes(String text) {
        if (!text.startsWith("\\x")) {
            throw notA("bytea in hex form");
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw notA("bytea in hex form");
        }
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notA("uuid");
        }
    }

    static InetAddress address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new InvalidValueException("the value is no single address; read String");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new InvalidValueException("the value is no single address; read String");
        }
    }

    /** Constants of an enum class by their names. */
    static <E> Reading.Parse<E> constants(Class<E> enumType) {
        Map<String, E> constants = Arrays.stream(enumType.getEnumConstants())
                .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), Function.identity()));
        return text -> {
            E constant = constants.get(text);
            if (constant == null) {
                throw new InvalidValueException("the value is no constant of " + Classes.name(enumType));
            }
            return constant;
        };
    }

    private static <N> N number(String text, String what, Function<String, N> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw notA(what);
        }
    }

    /** Without a parser's exception as its cause: that one's message repeats the value. */
    static InvalidValueException notA(String what) {
        return new InvalidValueException("the value is no " + what);
    }

    private static InvalidValueException tooLarge(String javaType) {
        return new InvalidValueException("the value does not fit " + javaType);
    }
}
