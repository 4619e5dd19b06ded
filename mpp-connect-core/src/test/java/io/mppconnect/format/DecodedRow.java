package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.Field;
import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records on their way through a decoder onto the wire, and what a segment reads there. */
final class DecodedRow {

    private DecodedRow() {}

    /** The fields' texts by their names, NULL as null. */
    static Map<String, String> of(RecordDecoder decoder, byte[] record) throws Exception {
        // Not at the array's edges, as in a fetched batch.
        byte[] bytes = new byte[record.length + 24];
        Arrays.fill(bytes, (byte) '"');
        System.arraycopy(record, 0, bytes, 7, record.length);
        decoder.decode(bytes, 7, 7 + record.length);
        return written(decoder);
    }

    static Map<String, String> of(RecordDecoder decoder, String record) throws Exception {
        return of(decoder, record.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a record that is not there. */
    static Map<String, String> ofNull(RecordDecoder decoder) throws Exception {
        decoder.decodeNull();
        return written(decoder);
    }

    private static Map<String, String> written(RecordDecoder decoder) throws InterruptedException {
        List<String> names = decoder.fields().stream().map(Field::name).toList();
        OneBlock sent = new OneBlock();
        RowEncoder encoder = RowEncoder.of(RowFormat.text(), names, sent);
        decoder.write(encoder);
        encoder.endRow();
        encoder.flush();
        RowDecoder rows = RowDecoder.of(
                RowFormat.text(), names.stream().map(DecodedRow::text).toList());
        rows.reset(sent.bytes, 0, sent.bytes.length);
        rows.next();
        Map<String, String> values = new LinkedHashMap<>();
        for (int field = 0; field < names.size(); field++) {
            values.put(names.get(field), rows.isNull(field) ? null : rows.textAt(field));
        }
        return values;
    }

    static Column text(String name) {
        return Column.of(name, ColumnType.of(TypeKind.TEXT, "text"));
    }

    static Column column(String name, TypeKind kind, String sql) {
        return Column.of(name, ColumnType.of(kind, sql));
    }

    static Column array(String name, TypeKind element, String sql) {
        return Column.of(name, ColumnType.arrayOf(ColumnType.of(element, sql)));
    }

    static List<Column> texts(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(text(name));
        }
        return columns;
    }

    private static final class OneBlock implements BlockWriter {

        private byte[] bytes = {};

        @Override
        public Block acquire(int capacity) {
            return new Block(Math.max(capacity, 100), block -> {});
        }

        @Override
        public Block grow(Block block, int capacity) {
            Block larger = new Block(capacity, grown -> {});
            System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.length());
            return larger;
        }

        @Override
        public void send(Block block) {
            bytes = Arrays.copyOf(block.bytes(), block.length());
        }

        @Override
        public void discard(Block block) {}
    }
}
