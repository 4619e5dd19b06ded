package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.json.JsonDecoder;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One change of a row per record, in the envelope of Debezium: {@code before}, {@code after} and {@code op}. The row's fields
 * are those named in the format of the envelope, with paths that begin at the row, or else the columns of the target. What
 * was done is a field of its own, first and called {@code op}: {@code c} for an insert, {@code r} for a row of a snapshot,
 * {@code u} for an update, {@code d} for a delete.
 *
 * <pre>{@code
 * cluster.transfer()
 *         .from(KafkaTopic.named("shop.public.orders").bootstrap("broker:9092").value(debezium(json())))
 *         .into(Table.named("public.orders").upsertBy("id").deleteWhen("op = 'd'"))
 * }</pre>
 *
 * <p>A delete has the row as it was before, all others have it as it is after. JSON may have the envelope's schema around it.
 * A record that is not there, as follows a delete in a compacted topic, is a delete of a row of NULLs: of none. A record is
 * bad when its format finds it so, when the row is missing, and when it is no change of a row, such as a truncation.
 *
 * <p>In Avro, columns that come to the row are announced, unless fields are named, and Debezium's own types of dates and
 * times are read as such. In JSON they are numbers that no date or time column takes: have the connector write texts
 * ({@code time.precision.mode=isostring}, {@code decimal.handling.mode=string}), or compute the columns.
 *
 * <p>Immutable; each method returns a changed copy.
 */
public final class DebeziumFormat implements RecordFormat {

    private static final ColumnType TEXT = ColumnType.of(TypeKind.TEXT, "text");
    private static final ColumnType JSON = ColumnType.of(TypeKind.JSON, "json");
    private static final String OPERATION = "op";

    /** Where the row is after the change, and before it. */
    private static final List<String> PLACES = List.of("after", "before");

    /** What is around the change: nothing, or the envelope's schema. */
    private static final List<List<Object>> OUTER = List.of(List.of(), List.of("payload"));

    private final RecordFormat envelope;
    private final List<ChosenField> chosen;
    private final String operation;

    private DebeziumFormat(RecordFormat envelope, List<ChosenField> chosen, String operation) {
        this.envelope = envelope;
        this.chosen = chosen;
        this.operation = operation;
    }

    static DebeziumFormat of(JsonFormat envelope) {
        return new DebeziumFormat(envelope, envelope.fields(), OPERATION);
    }

    static DebeziumFormat of(AvroFormat envelope) {
        return new DebeziumFormat(envelope, envelope.fields(), OPERATION);
    }

    /** Calls the field that tells what was done by another name than {@code op}, such as when a column has that. */
    public DebeziumFormat operation(String name) {
        return new DebeziumFormat(envelope, chosen, name);
    }

    @Override
    public String name() {
        return "Debezium " + envelope.name();
    }

    @Override
    public RecordDecoder open(List<Column> columns) throws Exception {
        return open(columns, List.of());
    }

    @Override
    public RecordDecoder open(List<Column> columns, List<Field> announced) throws Exception {
        List<Column> known = new ArrayList<>(columns);
        for (Field field : announced) {
            if (columns.stream().noneMatch(column -> column.name().equals(field.name()))) {
                known.add(Column.of(field.name(), field.type().orElse(TEXT)));
            }
        }
        List<ChosenField> row = ChosenField.orColumns(
                name(),
                chosen,
                known.stream()
                        .filter(column -> !column.name().equals(operation))
                        .toList());
        List<Field> fields = new ArrayList<>(List.of(field(operation, columns, Optional.of(TEXT))));
        for (ChosenField field : row) {
            fields.add(field(field.name(), columns, field.columnType(known)));
        }
        ChosenField.check(name(), fields.stream().map(Field::name).toList());
        return decoder(fields, row, known);
    }

    /** A field of the type of its column, or else of one of its own, if it has one. */
    private static Field field(String name, List<Column> columns, Optional<ColumnType> own) {
        boolean column = columns.stream().anyMatch(known -> known.name().equals(name));
        return new Field(name, column ? Optional.empty() : own);
    }

    private DebeziumDecoder decoder(List<Field> fields, List<ChosenField> row, List<Column> columns) throws Exception {
        List<ChosenField> inner = new ArrayList<>();
        List<Column> types = new ArrayList<>();
        for (List<Object> outer : outer()) {
            inner.add(new ChosenField(outer + OPERATION, path(outer, OPERATION, List.of()), false));
            for (String place : PLACES) {
                inner.add(new ChosenField(outer + place, path(outer, place, List.of()), false));
                // As JSON it is told apart from a text.
                types.add(Column.of(outer + place, JSON));
                for (ChosenField field : row) {
                    String name = outer + place + "." + field.name();
                    inner.add(new ChosenField(
                            name, path(outer, place, field.path().steps()), false));
                    field.columnType(columns).ifPresent(type -> types.add(Column.of(name, type)));
                }
            }
        }
        return new DebeziumDecoder(fields, row, outer().size(), envelope(inner, types));
    }

    private List<List<Object>> outer() {
        return envelope instanceof JsonFormat ? OUTER : OUTER.subList(0, 1);
    }

    private static FieldPath path(List<Object> outer, String place, List<Object> steps) {
        List<Object> all = new ArrayList<>(outer);
        all.add(place);
        all.addAll(steps);
        return new FieldPath(all);
    }

    private ValueDecoder envelope(List<ChosenField> inner, List<Column> types) throws Exception {
        FieldPath growing = chosen.isEmpty() ? FieldPath.ofName(PLACES.get(0)) : null;
        return envelope instanceof AvroFormat avro
                ? avro.withFields(inner).decoder(growing, types, List.of())
                : new JsonDecoder(inner, types);
    }
}
