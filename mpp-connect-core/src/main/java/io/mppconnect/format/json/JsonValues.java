package io.mppconnect.format.json;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.ArrayTokens;
import io.mppconnect.format.value.ByteaText;
import io.mppconnect.format.value.ElementText;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;

/** How the text of a value becomes JSON, by its type. */
final class JsonValues {

    private static final int HOURS_ALONE = 3;

    private JsonValues() {}

    static TextStep of(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> (text, from, to, record) -> record.addAscii(text[from] == 't' ? "true" : "false");
            case INT2, INT4, INT8, OID, JSON, JSONB -> (text, from, to, record) -> record.add(text, from, to);
            case FLOAT4, FLOAT8, NUMERIC -> JsonValues::number;
            case TIMESTAMP -> (text, from, to, record) -> time(text, from, to, false, record);
            case TIMETZ, TIMESTAMPTZ -> (text, from, to, record) -> time(text, from, to, true, record);
            case BYTEA -> bytes();
            case ARRAY -> array(type);
            default -> ElementText::addJsonText;
        };
    }

    /** The database writes numbers as JSON does, but for NaN and the infinite ones. */
    private static void number(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        if (endsWithDigit(text, from, to)) {
            record.add(text, from, to);
        } else {
            ElementText.addJsonText(text, from, to, record);
        }
    }

    private static boolean endsWithDigit(byte[] text, int from, int to) {
        return from < to && text[to - 1] >= '0' && text[to - 1] <= '9';
    }

    private static void time(byte[] text, int from, int to, boolean zoned, Scratch record) throws BadRecordException {
        if (!endsWithDigit(text, from, to)) {
            // It is infinite, or before Christ.
            ElementText.addJsonText(text, from, to, record);
            return;
        }
        int zone = zoned ? zone(text, from, to) : to;
        record.add('"');
        int start = record.length();
        record.add(text, from, zone);
        for (int at = start; at < record.length(); at++) {
            if (record.bytes()[at] == ' ') {
                record.bytes()[at] = 'T';
            }
        }
        if (to - zone == HOURS_ALONE && text[zone + 1] == '0' && text[zone + 2] == '0') {
            record.add('Z');
        } else {
            record.add(text, zone, to);
            if (to - zone == HOURS_ALONE) {
                record.addAscii(":00");
            }
        }
        record.add('"');
    }

    /** Where the offset from UTC begins. */
    private static int zone(byte[] text, int from, int to) {
        int at = to - 1;
        while (at > from && text[at] != '+' && text[at] != '-') {
            at--;
        }
        return at > from ? at : to;
    }

    /** Old databases have an older form than hex digits. */
    private static TextStep bytes() {
        ByteaText bytea = new ByteaText();
        return (text, from, to, record) -> {
            if (to - from >= 2 && text[from] == '\\' && text[from + 1] == 'x') {
                ElementText.addJsonText(text, from, to, record);
                return;
            }
            bytea.read(text, from, to);
            record.addAscii("\"\\\\x");
            for (int i = 0; i < bytea.length(); i++) {
                record.addHex(bytea.bytes()[i]);
            }
            record.add('"');
        };
    }

    private static TextStep array(ColumnType type) {
        TextStep element = type.element().map(JsonValues::of).orElseGet(() -> of(ColumnType.of(TypeKind.TEXT, "text")));
        ArrayTokens tokens = new ArrayTokens(type);
        return (text, from, to, record) -> {
            tokens.reset(text, from, to);
            boolean first = true;
            for (int token = tokens.next(); token != ArrayTokens.END; token = tokens.next()) {
                if (!first && token != ArrayTokens.CLOSE) {
                    record.add(',');
                }
                switch (token) {
                    case ArrayTokens.OPEN -> record.add('[');
                    case ArrayTokens.CLOSE -> record.add(']');
                    case ArrayTokens.NULL -> record.addAscii("null");
                    default -> element.add(tokens.element(), tokens.elementFrom(), tokens.elementTo(), record);
                }
                first = token == ArrayTokens.OPEN;
            }
        };
    }
}
