package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.Formats;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.LoadContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record's row: those of the key, those of the value, and metadata, in this order.
 *
 * @param key null when keys are ignored
 * @param valueColumns the target's columns that are not the key's and no metadata
 * @param announced the fields that a decoder of values has announced last
 */
record RowLayout(
        @Nullable RecordFormat key,
        RecordFormat value,
        List<Column> columns,
        List<Column> valueColumns,
        List<Metadata> metadata,
        List<Field> keyFields,
        List<Field> metadataFields,
        List<Field> announced,
        List<Field> fields) {

    /** Looks at the formats once; readers have decoders of their own. */
    static RowLayout of(TopicOptions source, RecordFormat value, LoadContext context) throws Exception {
        List<Column> columns = context.columns();
        Set<String> present = columns.stream().map(Column::name).collect(Collectors.toSet());
        List<Field> metadataFields = new ArrayList<>();
        source.metadata.forEach((metadata, name) -> metadataFields.add(field(metadata, name, present)));
        RecordFormat key = source.key;
        List<Field> keyFields = key == null ? List.of() : fieldsOf(key, columns, List.of());
        Set<String> taken = new HashSet<>();
        keyFields.forEach(field -> taken.add(field.name()));
        metadataFields.forEach(field -> taken.add(field.name()));
        List<Column> valueColumns = columns.stream()
                .filter(column -> !taken.contains(column.name()))
                .toList();
        List<Field> announced = context.announced().stream()
                .filter(field -> !taken.contains(field.name()))
                .toList();
        List<Field> fields = joined(keyFields, fieldsOf(value, valueColumns, announced), metadataFields);
        check(source, fields);
        return new RowLayout(
                key,
                value,
                columns,
                valueColumns,
                List.copyOf(source.metadata.keySet()),
                keyFields,
                metadataFields,
                announced,
                fields);
    }

    /** A column of the same name decides what the field is read as, else the field is of its own type. */
    private static Field field(Metadata metadata, String name, Set<String> present) {
        return new Field(name, present.contains(name) ? Optional.empty() : Optional.of(metadata.type()));
    }

    private static List<Field> fieldsOf(RecordFormat format, List<Column> columns, List<Field> announced)
            throws Exception {
        try (RecordDecoder decoder = format.open(columns, announced)) {
            return List.copyOf(decoder.fields());
        }
    }

    private static List<Field> joined(List<Field> key, List<Field> value, List<Field> metadata) {
        List<Field> all = new ArrayList<>(key);
        all.addAll(value);
        all.addAll(metadata);
        return List.copyOf(all);
    }

    private static void check(TopicOptions source, List<Field> fields) {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot read " + source.name() + ": two fields of its key, value and metadata are called "
                                + field.name() + "; give one another name, or leave it out");
            }
        }
    }

    /** What writes the rows of one reader. */
    RecordRows open(@Nullable DeadLetters deadLetters) throws Exception {
        List<RecordDecoder> opened = new ArrayList<>();
        try {
            RecordDecoder keys = key == null ? null : keep(opened, key.open(columns));
            RecordDecoder keyText =
                    keep(opened, Formats.text(Metadata.KEY_TEXT.field()).open(List.of()));
            RecordDecoder values = keep(opened, value.open(valueColumns, announced));
            List<Field> now = joined(keys == null ? List.of() : keys.fields(), values.fields(), metadataFields);
            if (!now.equals(fields)) {
                throw new FieldsChangedException(now);
            }
            return new RecordRows(this, keys, keyText, values, deadLetters);
        } catch (Throwable failure) {
            opened.forEach(RecordDecoder::close);
            throw failure;
        }
    }

    private static RecordDecoder keep(List<RecordDecoder> opened, RecordDecoder decoder) {
        opened.add(decoder);
        return decoder;
    }

    /** As the announcement of a whole row's fields, what the value's decoder has announced. */
    FieldsChangedException announced(FieldsChangedException change) {
        return new FieldsChangedException(joined(keyFields, change.fields(), metadataFields));
    }
}
