package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.field.PathTree;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields that are taken out of messages.
 *
 * @param announced as the load knows them
 * @param step keeps them, from the inside of a message
 */
record ProtobufFields(List<ChosenField> chosen, List<Field> announced, ProtobufStep step) {

    /**
     * The fields that were chosen, or else all of the message.
     *
     * @throws MppConnectException when nothing can be at a field's path
     */
    static ProtobufFields of(Descriptor message, List<ChosenField> chosen, List<Column> columns) {
        List<ChosenField> fields = chosen.isEmpty()
                ? ProtobufTypes.fields(message).stream()
                        .map(field -> new ChosenField(field.getName(), FieldPath.ofName(field.getName()), false))
                        .toList()
                : chosen;
        ChosenField.check("Protobuf", fields.stream().map(ChosenField::name).toList());
        List<Field> announced = new ArrayList<>();
        List<ColumnType> types = new ArrayList<>();
        for (ChosenField field : fields) {
            ColumnType natural = ProtobufTypes.at(message, field.path());
            Optional<ColumnType> column = field.columnType(columns);
            announced.add(column.isPresent() ? Field.of(field.name()) : Field.of(field.name(), natural));
            types.add(column.orElse(natural));
        }
        PathTree tree = PathTree.of(fields.stream().map(ChosenField::path).toList());
        return new ProtobufFields(fields, List.copyOf(announced), ProtobufPlan.of(message, tree, types));
    }
}
