package io.mppconnect.format.json;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.ArrayLiterals;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;

/**
 * Makes array literals such as <code>{1,NULL,"a"}</code> of JSON arrays that were found to be good. Strings become the
 * element's text, arrays in them more dimensions, objects JSON text.
 */
final class JsonArray {

    private final byte delimiter;
    private final boolean json;
    private final Scratch plain = new Scratch();

    /** @param type of the column */
    JsonArray(ColumnType type) {
        delimiter = (byte) ArrayLiterals.delimiter(type);
        json = type.element()
                .filter(element -> element.kind() == TypeKind.JSON || element.kind() == TypeKind.JSONB)
                .isPresent();
    }

    /** Adds the literal of the array that a scanner stands at, and moves it behind the array. */
    void add(JsonScanner scanner, Scratch literal) throws BadRecordException {
        int start = literal.length();
        if (!level(scanner, literal)) {
            literal.cut(start);
            literal.addAscii("{}");
        }
    }

    /** Whether there was any element in it. */
    private boolean level(JsonScanner scanner, Scratch literal) throws BadRecordException {
        boolean any = false;
        scanner.enter();
        literal.add('{');
        for (int next = scanner.next(); next != ']'; next = scanner.next()) {
            if (next == ',') {
                scanner.position++;
                literal.add(delimiter);
                next = scanner.next();
            }
            if (next == '[' && !json) {
                any |= level(scanner, literal);
            } else {
                any = true;
                element(next, scanner, literal);
            }
        }
        literal.add('}');
        scanner.leave();
        return any;
    }

    private void element(int first, JsonScanner scanner, Scratch literal) throws BadRecordException {
        int from = scanner.position;
        scanner.skipValue();
        if (first == 'n') {
            literal.addAscii("NULL");
        } else if (first == '"' && !json) {
            plain.clear();
            JsonText.unescape(scanner.bytes, scanner.stringFrom, scanner.stringTo, plain);
            ArrayLiterals.addQuoted(plain.bytes(), 0, plain.length(), literal);
        } else if (first == '{' || first == '[' || first == '"') {
            ArrayLiterals.addQuoted(scanner.bytes, from, scanner.position, literal);
        } else {
            literal.add(scanner.bytes, from, scanner.position);
        }
    }
}
