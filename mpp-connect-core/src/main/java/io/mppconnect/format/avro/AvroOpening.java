package io.mppconnect.format.avro;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.SchemaSource;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes decoders of Avro; apart from the description, which is there without the library. */
public final class AvroOpening {

    private AvroOpening() {}

    public static ValueDecoder open(
            @Nullable String writer,
            @Nullable SchemaSource schemas,
            @Nullable String reader,
            List<ChosenField> chosen,
            @Nullable FieldPath growing,
            List<Column> columns,
            List<Field> announced)
            throws Exception {
        Schema written = writer == null ? null : AvroSchemas.parse(List.of(writer));
        Schema readAs = reader == null ? null : AvroSchemas.parse(List.of(reader));
        AvroFields fields = chosen.isEmpty()
                ? fields(written, schemas, readAs, columns, announced)
                : AvroFields.chosen(chosen, columns, growing, readAs == null ? written : readAs);
        if (written != null) {
            return new AvroDecoder(fields, written);
        }
        if (schemas == null) {
            throw new IllegalArgumentException("no schema");
        }
        return new AvroDecoder(fields, schemas);
    }

    private static AvroFields fields(
            @Nullable Schema writer,
            @Nullable SchemaSource schemas,
            @Nullable Schema reader,
            List<Column> columns,
            List<Field> announced)
            throws Exception {
        Schema given = reader == null ? writer : reader;
        if (given != null) {
            return AvroFields.all(given, columns, false, reader);
        }
        if (!announced.isEmpty()) {
            return AvroFields.known(announced, columns, true, null);
        }
        List<String> latest = schemas == null ? List.of() : schemas.latest();
        return latest.isEmpty()
                ? AvroFields.known(
                        columns.stream().map(column -> Field.of(column.name())).toList(), columns, true, null)
                : AvroFields.all(AvroSchemas.parse(latest), columns, true, null);
    }
}
