package io.mppconnect.format.avro;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.field.ChosenColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A schema, and which column goes into which part of it. */
public final class AvroPlanned {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern RECORD_NAME = Pattern.compile(NAME + "(\\." + NAME + ")*");

    /**
     * A field of a record, or a value alone.
     *
     * @param column empty for none: always null
     */
    private record Part(String name, Optional<ChosenColumn> column, Schema schema) {

        AvroPlace place() {
            return column.map(known -> AvroPlace.of(known, schema)).orElseGet(() -> AvroPlace.without(name, schema));
        }
    }

    private final Schema schema;

    /** In the schema's order; the only one for a schema of no record. */
    private final List<Part> parts;

    /** @throws MppConnectException when a part does not take its column's values */
    private AvroPlanned(Schema schema, List<Part> parts) {
        this.schema = schema;
        this.parts = List.copyOf(parts);
        parts.forEach(Part::place);
    }

    /**
     * A schema with a field for each column.
     *
     * @throws MppConnectException when the record or one of the columns has no name that Avro takes
     */
    public static AvroPlanned derived(String recordName, List<ChosenColumn> columns) {
        checkName(recordName);
        List<Schema.Field> fields = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (ChosenColumn column : columns) {
            Schema type = AvroDerivation.nullable(column.type());
            fields.add(field(column.name(), type));
            parts.add(new Part(column.name(), Optional.of(column), type));
        }
        try {
            return new AvroPlanned(Schema.createRecord(recordName, null, null, false, fields), parts);
        } catch (AvroRuntimeException e) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot write Avro: " + recordName + " is no name of a record", e);
        }
    }

    /** Avro's library lets letters of all languages pass, and others that read the schema do not. */
    private static void checkName(String recordName) {
        if (!RECORD_NAME.matcher(recordName).matches()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write Avro: " + recordName + " is no name of a record, each part of which begins with an"
                            + " ASCII letter or _, and has letters, digits and _ alone");
        }
    }

    private static Schema.Field field(String name, Schema type) {
        if (!NAME.matcher(name).matches()) {
            throw ChosenColumn.mismatch("Cannot write Avro: " + name + " is no name of a field, which begins with an"
                    + " ASCII letter or _, and has letters, digits and _ alone; name the column by AS in the query");
        }
        return new Schema.Field(name, type, null, Schema.Field.NULL_DEFAULT_VALUE);
    }

    /**
     * A schema whose fields are found among the columns.
     *
     * @throws MppConnectException when fields and columns do not go together
     */
    public static AvroPlanned given(String json, List<ChosenColumn> columns) {
        Schema schema = AvroSchemas.parse(List.of(json));
        return schema.getType() == Schema.Type.RECORD ? record(schema, columns) : single(schema, columns);
    }

    private static AvroPlanned single(Schema schema, List<ChosenColumn> columns) {
        if (columns.size() != 1) {
            throw ChosenColumn.mismatch("Cannot write Avro: the schema is of one value, and there are " + columns.size()
                    + " columns; name one with columns(...)");
        }
        ChosenColumn column = columns.get(0);
        return new AvroPlanned(schema, List.of(new Part(column.name(), Optional.of(column), schema)));
    }

    private static AvroPlanned record(Schema schema, List<ChosenColumn> columns) {
        List<Part> parts = new ArrayList<>();
        List<String> left =
                new ArrayList<>(columns.stream().map(ChosenColumn::name).toList());
        for (Schema.Field field : schema.getFields()) {
            Optional<ChosenColumn> column = columns.stream()
                    .filter(known -> known.name().equals(field.name()))
                    .findFirst();
            parts.add(new Part(field.name(), column, field.schema()));
            left.remove(field.name());
        }
        if (!left.isEmpty()) {
            throw ChosenColumn.mismatch("Cannot write Avro: the schema has no field for " + String.join(", ", left)
                    + "; name the others with columns(...)");
        }
        return new AvroPlanned(schema, parts);
    }

    /** The schema. */
    public String json() {
        return schema.toString();
    }

    /**
     * Makes an encoder, which is for one thread.
     *
     * @param head what stands before each record
     */
    public RecordEncoder encoder(byte[] head) {
        return new AvroEncoder(head, parts.stream().map(Part::place).toList());
    }
}
