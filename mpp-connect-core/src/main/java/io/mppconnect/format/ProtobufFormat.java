package io.mppconnect.format;

import com.google.protobuf.Descriptors.Descriptor;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.protobuf.ProtobufOpening;
import io.mppconnect.format.protobuf.ProtobufSource;
import java.util.List;

/**
 * One Protobuf message per record, in the binary encoding, of proto2, proto3 or an edition. The message is that of a generated
 * class, of a descriptor, or of a descriptor set, which needs no generated code:
 *
 * <pre>{@code
 * protobuf(Order.class).schemaIds()
 * protobuf(Files.readAllBytes(Path.of("shop.desc")), "shop.Order").field("id").field("city", "address.city")
 * }</pre>
 *
 * <p>Without fields named, all fields of the message are taken but groups, messages that are delimited as groups are, and
 * extensions, none of which can be read. Paths are those of {@link JsonFormat}; names in them are
 * those of the {@code .proto} file and lead into messages and, as {@code prices['EUR']} or {@code prices.EUR}, to the values
 * of maps; places lead to the elements of repeated fields.
 *
 * <p>A field that has a column of its name is read by the database as that column's type. One without has a type of its own:
 *
 * <table>
 * <caption>SQL types by Protobuf type</caption>
 * <tr><th>Protobuf</th><th>SQL</th></tr>
 * <tr><td>bool</td><td>{@code bool}</td></tr>
 * <tr><td>int32, sint32, sfixed32</td><td>{@code int4}</td></tr>
 * <tr><td>uint32, fixed32, int64, sint64, sfixed64</td><td>{@code int8}</td></tr>
 * <tr><td>uint64, fixed64</td><td>{@code numeric}</td></tr>
 * <tr><td>float, double</td><td>{@code float4}, {@code float8}</td></tr>
 * <tr><td>string, an enum</td><td>{@code text}; a number that an open enum has no name for stays one</td></tr>
 * <tr><td>bytes</td><td>{@code bytea}</td></tr>
 * <tr><td>google.protobuf.Timestamp</td><td>{@code timestamptz}; nanoseconds are cut off</td></tr>
 * <tr><td>google.protobuf.Duration</td><td>{@code interval}; nanoseconds are cut off</td></tr>
 * <tr><td>google.protobuf.Int32Value and its like</td><td>as the type that is wrapped</td></tr>
 * <tr><td>repeated fields of any of these</td><td>an array</td></tr>
 * <tr><td>maps, other messages, repeated ones</td><td>{@code json}</td></tr>
 * </table>
 *
 * <p>What a message does not have is NULL where the message can tell (messages, fields of a oneof, {@code optional} ones, all
 * of proto2, whose own defaults are not looked at), and so is what lies within; any other field is zero, empty or false, a
 * repeated one an empty array, as Protobuf has it. Of several values of one field the last counts; those of a message are
 * merged. What no field is taken from is passed over, as are unknown fields, groups, and numbers that a closed enum (of
 * proto2, or by its features) does not have, with their entry where they are values of a map.
 *
 * <p>Enums are numbers for columns of whole numbers. {@code json} and {@code jsonb} columns take any value as JSON, a string
 * as the JSON text it is, or as NULL where it is empty and the message cannot tell that from none. In JSON, members are named
 * and ordered as in the {@code .proto} file, those that are NULL left out;
 * numbers, times and bytes are spelled as the database reads them; google.protobuf.Struct, Value and ListValue are the JSON
 * that they stand for.
 *
 * <p>A record is bad when its bytes are no such message, nest more than 100 levels below it, hold a text that is no UTF-8 or
 * has a NUL character, one that is no JSON for a column of that, a timestamp or duration that Protobuf does not allow, or lack
 * a field that {@code required(...)} asks for; also when what is made of them is 16 times longer than they are and longer
 * than 64 MB. So is what is joined of messages that come in parts: each level that has some counts all that is within.
 *
 * <p>Immutable; each method returns a changed copy. Needs the library {@code com.google.protobuf:protobuf-java}.
 */
public final class ProtobufFormat implements RecordFormat {

    private final ProtobufSource source;
    private final boolean framed;
    private final List<ChosenField> fields;

    private ProtobufFormat(ProtobufSource source, boolean framed, List<ChosenField> fields) {
        this.source = source;
        this.framed = framed;
        this.fields = fields;
    }

    /** Messages of a descriptor, such as that of a generated class or one that the application has made itself. */
    public static ProtobufFormat of(Descriptor message) {
        return new ProtobufFormat(new ProtobufSource.Given(message), false, List.of());
    }

    static ProtobufFormat of(Class<?> generated) {
        return new ProtobufFormat(new ProtobufSource.Generated(generated), false, List.of());
    }

    static ProtobufFormat of(byte[] descriptorSet, String message) {
        return new ProtobufFormat(new ProtobufSource.OfSet(descriptorSet, message), false, List.of());
    }

    /**
     * Records begin as Confluent's serializers write them: a zero byte, the number of the schema in four bytes, then which of
     * the schema's messages it is. The number is passed over, for a registry has the text of a {@code .proto} file, which is
     * not read here: all records are read by the descriptor given, as Protobuf's rules for evolution allow. A record of
     * another message than the descriptor's is bad.
     */
    public ProtobufFormat schemaIds() {
        return new ProtobufFormat(source, true, fields);
    }

    /** A field of the message's field that is called the same. */
    public ProtobufFormat field(String name) {
        return with(name, FieldPath.ofName(name), false);
    }

    /**
     * A field of the value at a path.
     *
     * @throws io.mppconnect.MppConnectException when it is no path
     */
    public ProtobufFormat field(String name, String path) {
        return with(name, FieldPath.parse(path), false);
    }

    /** Like {@link #field(String)}; a record where it is not there is bad. */
    public ProtobufFormat required(String name) {
        return with(name, FieldPath.ofName(name), true);
    }

    /**
     * Like {@link #field(String, String)}; a record where it is not there is bad.
     *
     * @throws io.mppconnect.MppConnectException when it is no path
     */
    public ProtobufFormat required(String name, String path) {
        return with(name, FieldPath.parse(path), true);
    }

    /** A field of the whole message, as JSON. */
    public ProtobufFormat document(String name) {
        return with(name, new FieldPath(List.of()), false);
    }

    private ProtobufFormat with(String name, FieldPath path, boolean required) {
        return new ProtobufFormat(source, framed, ChosenField.with(fields, new ChosenField(name, path, required)));
    }

    @Override
    public String name() {
        return "Protobuf";
    }

    @Override
    public RecordDecoder open(List<Column> columns) {
        try {
            return ProtobufOpening.open(source, fields, framed, columns);
        } catch (NoClassDefFoundError e) {
            throw OptionalLibrary.PROTOBUF.missing("read", e);
        } catch (ExceptionInInitializerError e) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot read Protobuf: the message's class was generated for another version of protobuf-java;"
                            + " generate it again, or depend on that version",
                    e);
        }
    }
}
