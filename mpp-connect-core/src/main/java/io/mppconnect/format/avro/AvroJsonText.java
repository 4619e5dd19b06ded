package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.ElementText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.Container;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.ReaderUnion;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Resolver.Skip;
import org.apache.avro.Resolver.WriterUnion;
import org.apache.avro.Schema;

/** Makes the steps that add a value to the scratch as JSON. */
final class AvroJsonText {

    private final AvroSkips skips;
    private final ElementText element = new ElementText();
    private final IdentityHashMap<Action, AvroStep> records = new IdentityHashMap<>();

    AvroJsonText(AvroSkips skips) {
        this.skips = skips;
    }

    AvroStep of(Action action) {
        if (action instanceof RecordAdjust record) {
            return record(record);
        }
        if (action instanceof Container container) {
            AvroStep value = of(container.elementAction);
            return action.reader.getType() == Schema.Type.ARRAY
                    ? elements('[', ',', value, ']')
                    : elements('{', ',', entry(value), '}');
        }
        if (action instanceof WriterUnion union) {
            AvroStep[] branches = new AvroStep[union.actions.length];
            for (int i = 0; i < branches.length; i++) {
                branches[i] = of(union.actions[i]);
            }
            return new AvroUnion(branches);
        }
        if (action instanceof ReaderUnion union) {
            return of(union.actualAction);
        }
        if (action instanceof ErrorAction error) {
            return failing(error);
        }
        AvroStep scalar = action instanceof EnumAdjust symbols
                ? AvroScalars.of(symbols, 0)
                : AvroScalars.of(action.writer, action.reader, 0);
        return (in, values) -> {
            element.value().reset(in.bytes);
            scalar.run(in, element.value());
            element.addJson(values.scratch());
        };
    }

    /** Finds the record bad, for its writer's schema does not go with the reader's. */
    static AvroStep failing(ErrorAction error) {
        String reason = "the writer's schema does not go with the reader's: " + error;
        return (in, values) -> {
            throw new BadRecordException(reason);
        };
    }

    private AvroStep record(RecordAdjust action) {
        AvroStep known = records.get(action);
        if (known != null) {
            return known;
        }
        List<String> names = new ArrayList<>();
        List<AvroStep> steps = new ArrayList<>();
        AvroRecord record = new AvroRecord(names);
        records.put(action, (in, values) -> {
            values.scratch().add('{');
            record.run(in, values);
            values.scratch().add('}');
        });
        int place = 0;
        for (int i = 0; i < action.fieldActions.length; i++) {
            Action field = action.fieldActions[i];
            names.add(action.writer.getFields().get(i).name());
            if (field instanceof Skip) {
                steps.add(skips.of(field.writer));
            } else {
                steps.add(member(place, action.readerOrder[place].name(), of(field)));
                place++;
            }
        }
        for (; place < action.readerOrder.length; place++) {
            Schema.Field field = action.readerOrder[place];
            names.add(field.name());
            steps.add(member(place, field.name(), AvroDefault.of(field, this::of)));
        }
        record.steps(steps.toArray(AvroStep[]::new));
        return records.get(action);
    }

    private static AvroStep member(int place, String name, AvroStep value) {
        byte[] start = ((place == 0 ? "\"" : ",\"") + name + "\":").getBytes(StandardCharsets.UTF_8);
        return (in, values) -> {
            values.scratch().add(start, 0, start.length);
            value.run(in, values);
        };
    }

    /** Adds the elements of an array or a map, with delimiters between them. */
    static AvroStep elements(char opening, char delimiter, AvroStep element, char closing) {
        return (in, values) -> {
            in.enter();
            values.scratch().add(opening);
            for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (long i = 0; i < count; i++) {
                    values.scratch().separate(opening, delimiter);
                    element.run(in, values);
                }
            }
            values.scratch().add(closing);
            in.leave();
        };
    }

    private static AvroStep entry(AvroStep value) {
        return (in, values) -> {
            int length = in.readLength();
            in.checkText(in.position, in.position + length);
            ElementText.addJsonText(in.bytes, in.position, in.position + length, values.scratch());
            in.skip(length);
            values.scratch().add(':');
            value.run(in, values);
        };
    }
}
