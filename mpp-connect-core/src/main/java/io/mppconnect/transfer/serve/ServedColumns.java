package io.mppconnect.transfer.serve;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.type.ColumnType;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known of the types of a source's fields before it is opened, and what columns they make. */
final class ServedColumns {

    private final ServeJob job;
    private final Map<String, Column> known;

    /** What a scan has to look like, each time. */
    record Shape(List<ExternalColumn> columns, RowFormat format) {}

    static ExternalTable external(Shape shape) {
        return ExternalTable.of(shape.columns(), "", shape.format());
    }

    /** What the table's definition says of its columns and its format. */
    static String definition(Shape shape) {
        return external(shape).createLasting("", List.of());
    }

    private ServedColumns(ServeJob job, Map<String, Column> known) {
        this.job = job;
        this.known = known;
    }

    static ServedColumns of(ServeJob job, Catalog catalog, Connection connection) {
        Map<String, Column> known = new LinkedHashMap<>();
        job.like()
                .ifPresent(table ->
                        catalog.table(connection, table).columns().forEach(column -> known.put(column.name(), column)));
        if (!job.types().isEmpty()) {
            String query = job.types().entrySet().stream()
                    .map(field -> "NULL::" + field.getValue() + " AS " + TableName.quoted(field.getKey()))
                    .collect(Collectors.joining(", ", "SELECT ", ""));
            catalog.describe(connection, query).columns().forEach(column -> known.put(column.name(), column));
        }
        return new ServedColumns(job, known);
    }

    /** What the source is told each time that it is opened. */
    LoadContext context() {
        return new LoadContext(List.copyOf(known.values()), job.options().parallelism(), (int)
                job.options().maxRow().bytes());
    }

    Shape shape(SourceScan scan) {
        List<Field> fields = scan.fields();
        List<String> names = fields.stream().map(Field::name).toList();
        if (fields.isEmpty()) {
            throw mismatch("it does not name its fields; read a header, or name the fields");
        }
        for (String typed : job.types().keySet()) {
            if (!names.contains(typed)) {
                throw mismatch("it has no field " + typed + ", of which column(...) tells the type; its fields are "
                        + String.join(", ", names));
            }
        }
        return new Shape(
                fields.stream()
                        .map(field -> new ExternalColumn(field.name(), type(field)))
                        .toList(),
                scan.format().validated());
    }

    private String type(Field field) {
        Column column = known.get(field.name());
        if (column != null
                && (job.types().containsKey(field.name()) || field.type().isEmpty())) {
            return column.type().sql();
        }
        return field.type().map(ColumnType::sql).orElse("text");
    }

    private MppConnectException mismatch(String why) {
        return new MppConnectException(ErrorCode.COLUMN_MISMATCH, "Cannot expose " + job + ": " + why);
    }
}
