package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.SchemaSource;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Takes fields out of Avro records, straight from their bytes. A plan is made for each writer's schema that comes. */
final class AvroDecoder implements ValueDecoder {

    /** The plans that are kept of the schemas that came last. */
    private static final int PLANS = 64;

    private static final int HEADER = 5;

    /** How a schema's records are read, or which fields they have that are not known. */
    private record Plan(AvroStep step, List<Field> unknown) {}

    private final AvroFields fields;
    private final @Nullable SchemaSource schemas;
    private final FieldValues values;
    private final AvroInput in = AvroInput.ofRecords();
    private final Map<Integer, Plan> plans = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Plan> eldest) {
            return size() > PLANS;
        }
    };
    private @Nullable Plan last;
    private int lastId;

    /** Of records that are all of one schema. */
    AvroDecoder(AvroFields fields, Schema writer) {
        this.fields = fields;
        this.schemas = null;
        this.values = new FieldValues(fields.chosen().size());
        this.last = plan(writer);
    }

    /** Of records that begin with the numbers of their schemas. */
    AvroDecoder(AvroFields fields, SchemaSource schemas) {
        this.fields = fields;
        this.schemas = schemas;
        this.values = new FieldValues(fields.chosen().size());
    }

    @Override
    public FieldValues values() {
        return values;
    }

    @Override
    public List<Field> fields() {
        return fields.announced();
    }

    @Override
    public void decode(byte[] bytes, int from, int to) throws Exception {
        values.reset(bytes);
        Plan plan = schemas == null ? last : plan(bytes, from, to, schemas);
        int start = schemas == null ? from : from + HEADER;
        if (plan == null) {
            throw new IllegalStateException("no schema");
        }
        if (!plan.unknown().isEmpty()) {
            List<Field> all = new ArrayList<>(fields.announced());
            all.addAll(plan.unknown());
            throw new FieldsChangedException(all);
        }
        in.reset(bytes, from, start, to);
        plan.step().run(in, values);
        in.end();
        fields.checkRequired(values);
    }

    private @Nullable Plan plan(byte[] bytes, int from, int to, SchemaSource source) throws Exception {
        if (to - from < HEADER || bytes[from] != 0) {
            throw new BadRecordException("it does not begin with the number of a schema");
        }
        int id = (bytes[from + 1] & 0xFF) << 24
                | (bytes[from + 2] & 0xFF) << 16
                | (bytes[from + 3] & 0xFF) << 8
                | (bytes[from + 4] & 0xFF);
        if (last == null || id != lastId) {
            Plan known = plans.get(id);
            if (known == null) {
                known = plan(AvroSchemas.parse(source.schema(id)));
                plans.put(id, known);
            }
            last = known;
            lastId = id;
        }
        return last;
    }

    private Plan plan(Schema writer) {
        return new Plan(fields.plan(writer), fields.unknown(writer));
    }
}
