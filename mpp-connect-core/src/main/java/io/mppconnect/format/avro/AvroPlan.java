package io.mppconnect.format.avro;

import io.mppconnect.format.field.IndexTable;
import io.mppconnect.format.field.KeyTable;
import io.mppconnect.format.field.PathTree;
import io.mppconnect.format.value.ArrayLiterals;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.Container;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.ReaderUnion;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Resolver.Skip;
import org.apache.avro.Resolver.WriterUnion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Compiles how the records of one writer's schema are read: what is kept of them, and what is skipped. */
final class AvroPlan {

    private final List<ColumnType> types;
    private final AvroSkips skips = new AvroSkips();
    private final AvroJsonText json = new AvroJsonText(skips);

    private AvroPlan(List<ColumnType> types) {
        this.types = types;
    }

    /**
     * The step that keeps the fields of a record.
     *
     * @param tree where they are
     * @param types what the database reads each of them as
     */
    static AvroStep of(Schema writer, Schema reader, PathTree tree, List<ColumnType> types) {
        Action action = Resolver.resolve(Schema.applyAliases(writer, reader), reader, GenericData.get());
        return new AvroPlan(types).step(action, tree);
    }

    private AvroStep step(Action action, PathTree tree) {
        List<AvroStep> steps = new ArrayList<>();
        for (int field : tree.fields()) {
            steps.add(kept(action, field, true));
        }
        if (!tree.children().isEmpty()) {
            steps.add(inside(action, tree));
        }
        if (steps.size() < 2) {
            return steps.isEmpty() ? skips.of(action.writer) : steps.get(0);
        }
        AvroStep[] all = steps.toArray(AvroStep[]::new);
        return (in, values) -> {
            int start = in.position;
            long elements = in.elements;
            for (AvroStep step : all) {
                in.position = start;
                in.elements = elements;
                step.run(in, values);
            }
        };
    }

    /** Keeps a value as a field. */
    private AvroStep kept(Action action, int field, boolean onlyType) {
        TypeKind kind = types.get(field).kind();
        boolean forJson = kind == TypeKind.JSON || kind == TypeKind.JSONB;
        if (action instanceof WriterUnion union) {
            boolean one = onlyType && AvroTypes.withoutNull(action.reader).size() == 1;
            return union(union, branch -> kept(branch, field, one));
        }
        if (action instanceof ReaderUnion union) {
            boolean one = onlyType && AvroTypes.withoutNull(action.reader).size() == 1;
            return kept(union.actualAction, field, one);
        }
        if (action instanceof ErrorAction error) {
            return AvroJsonText.failing(error);
        }
        if (action instanceof Container array
                && kind == TypeKind.ARRAY
                && action.reader.getType() == Schema.Type.ARRAY) {
            return made(new AvroArrayText(json, ArrayLiterals.delimiter(types.get(field))).of(array), field);
        }
        boolean scalar = !(action instanceof RecordAdjust) && !(action instanceof Container);
        Schema.Type type = action.reader.getType();
        // A text that is all there can be is taken for JSON itself.
        if (scalar && forJson && onlyType && type == Schema.Type.STRING) {
            return AvroScalars.json(kind == TypeKind.JSONB, field);
        }
        if (scalar && (!forJson || type == Schema.Type.NULL)) {
            return action instanceof EnumAdjust symbols
                    ? AvroScalars.of(symbols, field)
                    : AvroScalars.of(action.writer, action.reader, field);
        }
        return made(json.of(action), field);
    }

    private static AvroStep made(AvroStep text, int field) {
        return (in, values) -> {
            int made = values.scratch().length();
            text.run(in, values);
            values.setMade(field, made);
        };
    }

    private static AvroStep union(WriterUnion union, Function<Action, AvroStep> branch) {
        AvroStep[] branches = new AvroStep[union.actions.length];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = branch.apply(union.actions[i]);
        }
        return new AvroUnion(branches);
    }

    /** Keeps fields that are within a value; none where it is of another kind. */
    private AvroStep inside(Action action, PathTree tree) {
        if (action instanceof RecordAdjust record) {
            return record(record, tree);
        }
        if (action instanceof WriterUnion union) {
            return union(union, branch -> inside(branch, tree));
        }
        if (action instanceof ReaderUnion union) {
            return inside(union.actualAction, tree);
        }
        if (action instanceof ErrorAction error) {
            return AvroJsonText.failing(error);
        }
        if (action instanceof Container container) {
            return action.reader.getType() == Schema.Type.ARRAY ? elements(container, tree) : members(container, tree);
        }
        return skips.of(action.writer);
    }

    private AvroStep record(RecordAdjust action, PathTree tree) {
        List<String> names = new ArrayList<>();
        List<AvroStep> steps = new ArrayList<>();
        int place = 0;
        for (int i = 0; i < action.fieldActions.length; i++) {
            Action field = action.fieldActions[i];
            names.add(action.writer.getFields().get(i).name());
            PathTree child = field instanceof Skip ? null : tree.children().get(action.readerOrder[place++].name());
            steps.add(child == null ? skips.of(field.writer) : step(field, child));
        }
        for (; place < action.readerOrder.length; place++) {
            Schema.Field field = action.readerOrder[place];
            PathTree child = tree.children().get(field.name());
            if (child != null) {
                names.add(field.name());
                steps.add(AvroDefault.of(field, value -> step(value, child)));
            }
        }
        AvroRecord record = new AvroRecord(names);
        record.steps(steps.toArray(AvroStep[]::new));
        return record;
    }

    private AvroStep elements(Container array, PathTree tree) {
        AvroStep other = skips.of(array.elementAction.writer);
        Map<Integer, AvroStep> chosen = new HashMap<>();
        tree.children().forEach((step, child) -> {
            if (step instanceof Integer index) {
                chosen.put(index, step(array.elementAction, child));
            }
        });
        IndexTable<AvroStep> steps = new IndexTable<>(chosen);
        return (in, values) -> {
            int index = 0;
            for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (long i = 0; i < count; i++) {
                    @Nullable AvroStep step = steps.find(index++);
                    (step == null ? other : step).run(in, values);
                }
            }
        };
    }

    private AvroStep members(Container map, PathTree tree) {
        AvroStep other = skips.of(map.elementAction.writer);
        Map<String, AvroStep> chosen = new HashMap<>();
        tree.children().forEach((step, child) -> chosen.put(step.toString(), step(map.elementAction, child)));
        KeyTable<AvroStep> steps = new KeyTable<>(chosen);
        return (in, values) -> {
            for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (long i = 0; i < count; i++) {
                    int length = in.readLength();
                    @Nullable AvroStep step = steps.find(in.bytes, in.position, in.position + length);
                    in.position += length;
                    (step == null ? other : step).run(in, values);
                }
            }
        };
    }
}
