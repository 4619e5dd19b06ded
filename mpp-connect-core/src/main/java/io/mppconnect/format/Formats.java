package io.mppconnect.format;

import java.nio.charset.Charset;

/**
 * The record formats there are, best imported statically: {@code value(json())} reads, {@code value(asJson())} writes. For
 * any other, implement {@link RecordFormat} or {@link RecordEncoding}.
 */
public final class Formats {

    private Formats() {}

    /** JSON documents. */
    public static JsonFormat json() {
        return JsonFormat.DEFAULT;
    }

    /**
     * Avro records that were all written by one schema.
     *
     * @param schema as JSON
     */
    public static AvroFormat avro(String schema) {
        return AvroFormat.of(schema);
    }

    /** Avro records that begin with the number of their schema. */
    public static AvroFormat avro(SchemaSource schemas) {
        return AvroFormat.of(schemas);
    }

    /**
     * Protobuf messages of a generated class. {@link ProtobufFormat#of} reads those of a descriptor.
     *
     * @param message the class that {@code protoc} made of the message
     */
    public static ProtobufFormat protobuf(Class<?> message) {
        return ProtobufFormat.of(message);
    }

    /**
     * Protobuf messages that a descriptor set describes, without generated code.
     *
     * @param descriptorSet what {@code protoc --include_imports --descriptor_set_out} has written
     * @param message the message's name with its package, such as {@code shop.Order}
     */
    public static ProtobufFormat protobuf(byte[] descriptorSet, String message) {
        return ProtobufFormat.of(descriptorSet, message);
    }

    /** Changes of rows in JSON, as Debezium tells them. */
    public static DebeziumFormat debezium(JsonFormat envelope) {
        return DebeziumFormat.of(envelope);
    }

    /** Changes of rows in Avro, as Debezium tells them. */
    public static DebeziumFormat debezium(AvroFormat envelope) {
        return DebeziumFormat.of(envelope);
    }

    /** Rows of CSV: fields between commas, in quotes where they need them. */
    public static SeparatedFormat csv() {
        return SeparatedFormat.CSV;
    }

    /**
     * Fields with some text between them, which has one or more characters.
     *
     * @throws io.mppconnect.MppConnectException when the delimiter is empty or holds a NUL character
     */
    public static SeparatedFormat delimited(String delimiter) {
        return SeparatedFormat.DELIMITED.delimiter(delimiter);
    }

    /**
     * Records of text in another encoding than UTF-8, such as {@code inCharset(ISO_8859_1, csv())}. One whose bytes are not of
     * the encoding is bad; places in other reasons count the bytes of its UTF-8.
     *
     * @throws io.mppconnect.MppConnectException when the format is none of text: Avro, Protobuf, bytes
     */
    public static RecordFormat inCharset(Charset charset, RecordFormat format) {
        return new RecodedFormat(charset, format);
    }

    /** The whole record as one field of text, which must be UTF-8 without NUL characters. */
    public static RecordFormat text(String field) {
        return new WholeRecord(field, true);
    }

    /** The whole record as one {@code bytea} field. */
    public static RecordFormat bytes(String field) {
        return new WholeRecord(field, false);
    }

    /** JSON objects to write, with a member for each column. */
    public static JsonEncoding asJson() {
        return JsonEncoding.DEFAULT;
    }

    /** Avro records to write, whose schema follows from the columns. */
    public static AvroEncoding asAvro() {
        return AvroEncoding.DERIVED;
    }

    /**
     * Avro to write by a schema: of a record with a field for each column, or of the one value of one column.
     *
     * @param schema as JSON
     */
    public static AvroEncoding asAvro(String schema) {
        return AvroEncoding.of(schema);
    }

    /** Rows of CSV to write: fields between commas, in quotes where they need them. */
    public static SeparatedEncoding asCsv() {
        return SeparatedEncoding.CSV;
    }

    /**
     * Fields to write with some text between them, which has one or more characters.
     *
     * @throws io.mppconnect.MppConnectException when the delimiter is empty or holds a NUL character
     */
    public static SeparatedEncoding asDelimited(String delimiter) {
        return SeparatedEncoding.DELIMITED.delimiter(delimiter);
    }

    /** The text of one column alone to write, in UTF-8 and as the database spells it; no record where it is NULL. */
    public static RecordEncoding asText(String column) {
        return new WholeColumn(column, true);
    }

    /** The bytes of one {@code bytea} column alone to write; no record where it is NULL. */
    public static RecordEncoding asBytes(String column) {
        return new WholeColumn(column, false);
    }
}
