package io.mppconnect.catalog;

import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns Java values into what the database keeps of them in a column: rounded to its scale, in its encoding.
 *
 * <p>Throws IllegalArgumentException, DateTimeException or ArithmeticException for a value that the column could not
 * hold, ClassCastException for one of a class that its type is not made of.
 */
final class StoredValues {

    private static final Pattern FRACTION_DIGITS = Pattern.compile("\\((\\d)\\)");

    private final ColumnType type;
    private final Charset encoding;

    StoredValues(ColumnType type, Charset encoding) {
        this.type = type;
        this.encoding = encoding;
    }

    StoredValue of(Object value) {
        return switch (type.kind()) {
            case BOOLEAN -> new StoredValue.Whole(bool(value) ? 1 : 0, 1);
            case INT2 -> new StoredValue.Whole(integer(value, Short.MIN_VALUE, Short.MAX_VALUE), Long.BYTES);
            case INT4 -> new StoredValue.Whole(integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE), Long.BYTES);
            case INT8 -> new StoredValue.Whole(integer(value, Long.MIN_VALUE, Long.MAX_VALUE), Long.BYTES);
            // Both hashes take it for a signed one.
            case OID -> new StoredValue.Whole((int) integer(value, 0, 0xffffffffL), Long.BYTES);
            case FLOAT4 ->
                new StoredValue.Real(
                        value instanceof Number number ? number.floatValue() : Float.parseFloat(real(value)), true);
            case FLOAT8 ->
                new StoredValue.Real(
                        value instanceof Number number ? number.doubleValue() : Double.parseDouble(real(value)), false);
            case NUMERIC -> numeric(value);
            case CHAR, VARCHAR, TEXT -> text(value);
            case BYTEA -> new StoredValue.Octets(bytes(value));
            case DATE ->
                new StoredValue.Whole(
                        value instanceof LocalDate date ? IsoText.days(date) : IsoText.date((String) value),
                        Integer.BYTES);
            case TIME ->
                new StoredValue.Whole(
                        fitted(value instanceof LocalTime time ? IsoText.micros(time) : IsoText.time((String) value)),
                        Long.BYTES);
            case TIMETZ -> zonedTime(value);
            case TIMESTAMP ->
                new StoredValue.Whole(
                        fitted(
                                value instanceof LocalDateTime timestamp
                                        ? micros(timestamp)
                                        : IsoText.timestamp((String) value, false)),
                        Long.BYTES);
            case TIMESTAMPTZ -> new StoredValue.Whole(fitted(instant(value)), Long.BYTES);
            case INTERVAL -> interval(value);
            case UUID -> uuid(value instanceof UUID uuid ? uuid : UUID.fromString((String) value));
            case BIT, VARBIT -> bits((String) value);
            case INET, CIDR ->
                value instanceof InetAddress address ? NetworkText.inet(address) : NetworkText.inet((String) value);
            case MACADDR -> NetworkText.macaddr((String) value);
            case ARRAY -> array(value);
            default -> throw new IllegalStateException("no hash of " + type);
        };
    }

    private static boolean bool(Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        return switch (((String) value).toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "on", "1" -> true;
            case "f", "false", "n", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("boolean");
        };
    }

    static long integer(Object value, long least, long most) {
        long integer =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte
                        ? ((Number) value).longValue()
                        : value instanceof BigInteger big
                                ? big.longValueExact()
                                : Long.parseLong(((String) value).strip());
        if (integer < least || integer > most) {
            throw new ArithmeticException("range");
        }
        return integer;
    }

    private static String real(Object value) {
        String text = ((String) value).strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "infinity", "+infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            case "nan" -> "NaN";
            default -> text;
        };
    }

    private StoredValue numeric(Object value) {
        if (notANumber(value)) {
            return new StoredValue.NotANumber();
        }
        BigDecimal decimal = value instanceof BigDecimal exact
                ? exact
                : new BigDecimal(value instanceof Number number ? number.toString() : ((String) value).strip());
        return StoredValue.Numeric.of(
                type.precision() < 0 ? decimal : decimal.setScale(type.scale(), RoundingMode.HALF_UP));
    }

    private static boolean notANumber(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Double.isNaN(((Number) value).doubleValue());
        }
        return value instanceof String text && text.strip().equalsIgnoreCase("NaN");
    }

    private StoredValue text(Object value) {
        String text = (String) value;
        boolean padded = type.kind() == TypeKind.CHAR;
        if (type.length() >= 0) {
            int end = text.codePointCount(0, text.length()) <= type.length()
                    ? text.length()
                    : text.offsetByCodePoints(0, type.length());
            // Blanks beyond the length are dropped, anything else is refused.
            if (text.chars().skip(end).anyMatch(character -> character != ' ')) {
                throw new IllegalArgumentException("length");
            }
            text = text.substring(0, end);
            if (padded && text.isEmpty()) {
                text = " ";
            }
        }
        try {
            ByteBuffer bytes = encoding.newEncoder().encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return new StoredValue.Text(encoded, padded);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        String text = (String) value;
        if (!text.startsWith("\\x")) {
            throw new IllegalArgumentException("bytea");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    private StoredValue zonedTime(Object value) {
        StoredValue.ZonedTime time = value instanceof OffsetTime offset
                ? new StoredValue.ZonedTime(
                        IsoText.micros(offset.toLocalTime()),
                        -offset.getOffset().getTotalSeconds())
                : IsoText.zonedTime((String) value);
        return new StoredValue.ZonedTime(fitted(time.micros()), time.zone());
    }

    private static long micros(LocalDateTime timestamp) {
        return Math.addExact(
                Math.multiplyExact(IsoText.days(timestamp.toLocalDate()), IsoText.MICROS_PER_DAY),
                IsoText.micros(timestamp.toLocalTime()));
    }

    private static long instant(Object value) {
        if (value instanceof Instant instant) {
            return micros(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }
        if (value instanceof OffsetDateTime offset) {
            return instant(offset.toInstant());
        }
        if (value instanceof ZonedDateTime zoned) {
            return instant(zoned.toInstant());
        }
        return IsoText.timestamp((String) value, true);
    }

    /** Rounds to the fraction digits that the type declares, halves away from zero. */
    private long fitted(long micros) {
        Matcher declared = FRACTION_DIGITS.matcher(type.sql());
        if (!declared.find() || micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros;
        }
        long unit = (long) Math.pow(10, 6 - Integer.parseInt(declared.group(1)));
        return micros >= 0 ? (micros + unit / 2) / unit * unit : -((-micros + unit / 2) / unit * unit);
    }

    private static StoredValue interval(Object value) {
        if (value instanceof Period period) {
            int months = Math.addExact(Math.multiplyExact(period.getYears(), 12), period.getMonths());
            return new StoredValue.Span(months, period.getDays(), 0);
        }
        if (value instanceof Duration duration) {
            return new StoredValue.Span(
                    0,
                    0,
                    Math.addExact(
                            Math.multiplyExact(duration.getSeconds(), 1_000_000L),
                            IsoText.rounded(duration.getNano())));
        }
        return IntervalText.parse((String) value);
    }

    private static StoredValue uuid(UUID uuid) {
        return new StoredValue.Octets(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /** The first bit is the highest of the first byte. */
    private static StoredValue bits(String text) {
        byte[] bytes = new byte[(text.length() + 7) / 8];
        for (int i = 0; i < text.length(); i++) {
            char bit = text.charAt(i);
            if (bit != '0' && bit != '1') {
                throw new IllegalArgumentException("bit");
            }
            bytes[i / 8] |= (byte) ((bit - '0') << (7 - i % 8));
        }
        return new StoredValue.Octets(bytes);
    }

    private StoredValue array(Object value) {
        StoredValues elements = new StoredValues(type.element().orElseThrow(), encoding);
        List<@Nullable StoredValue> stored = new ArrayList<>();
        for (@Nullable Object element : flat(value)) {
            stored.add(element == null ? null : elements.of(element));
        }
        return new StoredValue.Items(stored);
    }

    private static List<@Nullable Object> flat(Object value) {
        if (value instanceof String text) {
            return new ArrayList<>(ArrayText.elements(text));
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (@Nullable Object element : value instanceof Object[] array ? Arrays.asList(array) : (List<?>) value) {
            if (element instanceof List<?> || element instanceof Object[]) {
                all.addAll(flat(element));
            } else {
                all.add(element);
            }
        }
        return all;
    }
}
