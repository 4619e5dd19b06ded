package io.mppconnect.format.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.format.value.ArrayTokens;
import io.mppconnect.format.value.ByteaText;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.text.NumberParser;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** How the text of a value becomes Avro, by the schema and the column's type. */
final class AvroValues {

    private static final int UUID_BYTES = 16;

    private AvroValues() {}

    /**
     * What writes the values of a column by a schema that is no union.
     *
     * @throws io.mppconnect.MppConnectException when it does not take them
     */
    static TextStep of(String column, Schema schema, ColumnType type) {
        return step(column, schema, type)
                .orElseThrow(() -> ChosenColumn.mismatch("Cannot write Avro: column " + column + " is " + type
                        + ", which " + named(schema) + " of the schema does not take; change one of them, or cast the"
                        + " column in the query"));
    }

    private static String named(Schema schema) {
        String logical = AvroLogical.of(schema);
        return schema.getType().getName() + (logical.isEmpty() ? "" : " (" + logical + ")");
    }

    private static Optional<TextStep> step(String column, Schema schema, ColumnType type) {
        TypeKind kind = type.kind();
        return switch (schema.getType()) {
            case BOOLEAN -> when(kind == TypeKind.BOOLEAN, AvroValues::truth);
            case INT, LONG -> integral(schema, kind);
            case FLOAT -> when(isNumber(kind), real(true));
            case DOUBLE -> when(isNumber(kind), real(false));
            case STRING -> Optional.of(AvroBytes::addCounted);
            case BYTES, FIXED -> binary(schema, kind);
            case ENUM -> when(isText(kind), symbol(schema, kind == TypeKind.CHAR));
            case ARRAY -> type.element().map(element -> array(column, schema, type, element));
            default -> Optional.empty();
        };
    }

    private static Optional<TextStep> when(boolean goesTogether, TextStep step) {
        return goesTogether ? Optional.of(step) : Optional.empty();
    }

    private static boolean isWhole(TypeKind kind) {
        return switch (kind) {
            case INT2, INT4, INT8, OID -> true;
            default -> false;
        };
    }

    private static boolean isNumber(TypeKind kind) {
        return switch (kind) {
            case FLOAT4, FLOAT8, NUMERIC -> true;
            default -> isWhole(kind);
        };
    }

    private static boolean isText(TypeKind kind) {
        return switch (kind) {
            case ENUM, CHAR, VARCHAR, TEXT -> true;
            default -> false;
        };
    }

    private static void truth(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        record.add(text[from] == 't' ? 1 : 0);
    }

    private static Optional<TextStep> integral(Schema schema, TypeKind kind) {
        String logical = AvroLogical.of(schema);
        return logical.isEmpty()
                ? when(isWhole(kind), whole(schema.getType() == Schema.Type.INT))
                : AvroTimes.of(logical, kind);
    }

    private static TextStep whole(boolean narrow) {
        NumberParser numbers = new NumberParser();
        return (text, from, to, record) -> {
            if (!numbers.parseWhole(text, from, to)) {
                throw new BadRecordException("its text is no whole number");
            }
            if (narrow && numbers.whole() != (int) numbers.whole()) {
                throw new BadRecordException("its number is beyond the range of an Avro int");
            }
            AvroBytes.addLong(numbers.whole(), record);
        };
    }

    private static TextStep real(boolean single) {
        NumberParser numbers = new NumberParser();
        return (text, from, to, record) -> {
            if (single ? !numbers.parseFloat(text, from, to) : !numbers.parseDouble(text, from, to)) {
                throw new BadRecordException("its text is no number");
            }
            double real = single ? numbers.single() : numbers.real();
            if (Double.isInfinite(real) && isDigit(text[to - 1])) {
                throw new BadRecordException(
                        "its number is beyond the range of an Avro " + (single ? "float" : "double"));
            }
            if (single) {
                AvroBytes.addFloat(numbers.single(), record);
            } else {
                AvroBytes.addDouble(real, record);
            }
        };
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static Optional<TextStep> binary(Schema schema, TypeKind kind) {
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return when(
                    kind == TypeKind.NUMERIC || isWhole(kind),
                    new AvroDecimal(decimal.getPrecision(), decimal.getScale(), size));
        }
        return switch (AvroLogical.of(schema)) {
            case "uuid" -> when(kind == TypeKind.UUID && size == UUID_BYTES, AvroValues::uuid);
            case "" -> when(kind == TypeKind.BYTEA, bytes(size));
            default -> Optional.empty();
        };
    }

    private static void uuid(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        int high = -1;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(text[at], 16);
            if (digit >= 0 && high < 0) {
                high = digit;
            } else if (digit >= 0) {
                record.add((high << 4) | digit);
                high = -1;
            }
        }
    }

    /** @param size that values must have; -1 for any */
    private static TextStep bytes(int size) {
        ByteaText bytea = new ByteaText();
        return (text, from, to, record) -> {
            bytea.read(text, from, to);
            if (size < 0) {
                AvroBytes.addCounted(bytea.bytes(), 0, bytea.length(), record);
            } else if (size == bytea.length()) {
                record.add(bytea.bytes(), 0, size);
            } else {
                throw new BadRecordException("it has " + bytea.length() + " bytes, and the schema asks for " + size);
            }
        };
    }

    /** @param padded whether blanks at the end mean nothing */
    private static TextStep symbol(Schema schema, boolean padded) {
        List<byte[]> symbols = schema.getEnumSymbols().stream()
                .map(symbol -> symbol.getBytes(UTF_8))
                .toList();
        return (text, from, to, record) -> {
            int end = padded ? withoutBlanks(text, from, to) : to;
            for (int i = 0; i < symbols.size(); i++) {
                byte[] symbol = symbols.get(i);
                if (Arrays.equals(text, from, end, symbol, 0, symbol.length)) {
                    AvroBytes.addLong(i, record);
                    return;
                }
            }
            throw new BadRecordException("its text is no symbol of the schema's enum");
        };
    }

    private static int withoutBlanks(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static TextStep array(String column, Schema schema, ColumnType type, ColumnType elementType) {
        AvroPlace element = AvroPlace.ofElements(column, schema.getElementType(), elementType);
        ArrayTokens tokens = new ArrayTokens(type);
        Scratch elements = new Scratch();
        return (text, from, to, record) -> {
            tokens.reset(text, from, to);
            elements.clear();
            int count = 0;
            tokens.next();
            for (int token = tokens.next(); token < ArrayTokens.END; token = tokens.next()) {
                switch (token) {
                    case ArrayTokens.OPEN -> throw new BadRecordException("it has more than one dimension");
                    case ArrayTokens.CLOSE -> {}
                    case ArrayTokens.NULL -> {
                        element.addNull(elements);
                        count++;
                    }
                    default -> {
                        element.add(tokens.element(), tokens.elementFrom(), tokens.elementTo(), elements);
                        count++;
                    }
                }
            }
            if (count > 0) {
                AvroBytes.addLong(count, record);
                record.add(elements.bytes(), 0, elements.length());
            }
            AvroBytes.addLong(0, record);
        };
    }
}
