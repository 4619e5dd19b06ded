package io.mppconnect.format.avro;

import io.mppconnect.format.value.ElementText;
import java.util.List;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.Container;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.ReaderUnion;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Resolver.WriterUnion;
import org.apache.avro.Schema;

/** Makes the steps that add arrays to the scratch as array literals; what is no scalar in them becomes JSON. */
final class AvroArrayText {

    private final AvroJsonText json;
    private final char delimiter;
    private final ElementText element = new ElementText();

    /** How many elements the literal has so far. */
    private long elements;

    AvroArrayText(AvroJsonText json, char delimiter) {
        this.json = json;
        this.delimiter = delimiter;
    }

    /** @param array of an array */
    AvroStep of(Container array) {
        AvroStep level = level(array);
        return (in, values) -> {
            int start = values.scratch().length();
            elements = 0;
            level.run(in, values);
            if (elements == 0) {
                values.scratch().cut(start);
                values.scratch().addAscii("{}");
            }
        };
    }

    private AvroStep level(Container array) {
        return AvroJsonText.elements('{', delimiter, element(array.elementAction), '}');
    }

    private AvroStep element(Action action) {
        if (action instanceof Container inner && action.reader.getType() == Schema.Type.ARRAY) {
            return level(inner);
        }
        if (action instanceof ReaderUnion union) {
            return element(union.actualAction);
        }
        if (action instanceof WriterUnion union) {
            return new AvroUnion(
                    List.of(union.actions).stream().map(this::element).toArray(AvroStep[]::new));
        }
        if (action instanceof ErrorAction error) {
            return AvroJsonText.failing(error);
        }
        if (action instanceof RecordAdjust || action instanceof Container) {
            return quoted(json.of(action));
        }
        AvroStep scalar = action instanceof EnumAdjust symbols
                ? AvroScalars.of(symbols, 0)
                : AvroScalars.of(action.writer, action.reader, 0);
        return (in, values) -> {
            elements++;
            element.value().reset(in.bytes);
            scalar.run(in, element.value());
            element.addElement(values.scratch());
        };
    }

    private AvroStep quoted(AvroStep text) {
        return (in, values) -> {
            elements++;
            int start = values.scratch().length();
            text.run(in, values);
            element.quote(start, values.scratch());
        };
    }
}
