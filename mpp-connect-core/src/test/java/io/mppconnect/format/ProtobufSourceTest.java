package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.protobuf;
import static io.mppconnect.format.ProtoFile.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import io.mppconnect.MppConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where descriptors come from, and what is in front of messages. */
class ProtobufSourceTest {

    private static final FileDescriptorProto FILE = ProtoFile.parse(
            "proto3", "message A { message B { google.protobuf.Timestamp t = 1; } } message C { A.B b = 1; }");

    private static byte[] set(FileDescriptorProto... files) {
        return FileDescriptorSet.newBuilder().addAllFile(List.of(files)).build().toByteArray();
    }

    @Test
    void generatedClassesAreEnough() throws Exception {
        byte[] record =
                FieldMask.newBuilder().addPaths("a").addPaths("b").build().toByteArray();

        assertThat(DecodedRow.of(protobuf(FieldMask.class).open(List.of()), record))
                .containsExactly(Map.entry("paths", "{\"a\",\"b\"}"));
    }

    @Test
    void otherClassesAreRefused() {
        for (Class<?> other : List.of(String.class, DynamicMessage.class, Descriptor.class)) {
            assertThatThrownBy(() -> protobuf(other).open(List.of()))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage(
                            "Cannot read Protobuf: " + other.getName() + " is no class that protoc made of a message");
        }
    }

    @Test
    void descriptorSetsAreReadWithWhatTheyImport() throws Exception {
        FileDescriptorProto other = FileDescriptorProto.newBuilder()
                .setName("other.proto")
                .addDependency("shop.proto")
                .addMessageType(FILE.getMessageType(1).toBuilder()
                        .setName("D")
                        .setField(
                                0,
                                FILE.getMessageType(1).getField(0).toBuilder().setTypeName(".shop.A.B")))
                .build();
        RecordDecoder decoder =
                protobuf(set(other, FILE), "D").field("t", "b.t").open(List.of());

        assertThat(DecodedRow.of(decoder, HexBytes.of("0A020A00")))
                .containsExactly(Map.entry("t", "1970-01-01 00:00:00+00"));
    }

    @Test
    void messagesWithinOthersHaveTheirNames() {
        assertThat(protobuf(set(FILE), "shop.A.B").open(List.of()).fields())
                .singleElement()
                .satisfies(field -> assertThat(field.name()).isEqualTo("t"));
    }

    @Test
    void theSetGivenStaysAsItIs() {
        byte[] set = set(FILE);
        ProtobufFormat format = protobuf(set, "shop.C");
        set[0] = 0;

        assertThat(format.open(List.of()).fields()).hasSize(1);
    }

    @Test
    void setsThatLackSomethingAreRefused() {
        assertRefused(
                "truncated".getBytes(StandardCharsets.UTF_8),
                "a",
                "it is none that protoc --descriptor_set_out has written");
        assertRefused(
                set(FILE.toBuilder().addMessageType(FILE.getMessageType(0)).build()),
                "a",
                "it is none that protoc --descriptor_set_out has written");
        assertRefused(set(FILE), "A", "it has no message A; name it with its package");
        assertRefused(
                set(FILE.toBuilder().addDependency("missing.proto").build()),
                "shop.C",
                "it lacks missing.proto; make it with protoc --include_imports");
        assertRefused(
                set(FILE.toBuilder().addDependency("shop.proto").build()),
                "shop.C",
                "its shop.proto imports itself, at once or through others; make it with protoc --descriptor_set_out");
        assertRefused(
                set(
                        FILE.toBuilder().addDependency("other.proto").build(),
                        FileDescriptorProto.newBuilder()
                                .setName("other.proto")
                                .addDependency("shop.proto")
                                .build()),
                "shop.C",
                "its shop.proto imports itself, at once or through others; make it with protoc --descriptor_set_out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "api", "descriptor", "empty", "field_mask", "source_context", "type"})
    void setsMayLackProtobufsOwnFiles(String own) {
        byte[] set = set(FILE.toBuilder()
                .addDependency("google/protobuf/" + own + ".proto")
                .build());

        assertThat(protobuf(set, "shop.C").open(List.of()).fields()).hasSize(1);
    }

    private static void assertRefused(byte[] set, String message, String reason) {
        assertThatThrownBy(() -> protobuf(set, message).open(List.of()))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read the descriptor set: " + reason);
    }

    @Test
    void schemaIdsArePassedOver() throws Exception {
        Descriptor first = message("message A { int32 n = 1; message B { int32 n = 1; } message C { int32 n = 1; } }");
        Descriptor nested = first.getNestedTypes().get(1);

        assertThat(numbered(first, "00 00000007 00 0805")).isEqualTo("5");
        assertThat(numbered(first, "00 FFFFFFFF 0200 0805")).isEqualTo("5");
        assertThat(numbered(nested, "00 00000007 040002 0805")).isEqualTo("5");
    }

    @Test
    void otherMessagesOfTheSchemaAreBad() {
        Descriptor message = message("message A { int32 n = 1; } message B { }");
        String other = "it is another message of its schema than shop.A";

        for (String front : List.of("0202", "040000", "0201", "01", "FEFFFFFFFFFFFFFFFF01")) {
            assertBad(message, "00 00000001 " + front + " 0805", other);
        }
        assertBad(message, "", "it does not begin with the number of a schema");
        assertBad(message, "00 000000", "it does not begin with the number of a schema");
        assertBad(message, "01 00000001 00", "it does not begin with the number of a schema");
        assertBad(message, "00 00000001", "no Protobuf of its message at byte 5: it ends too early");
        assertBad(message, "00 00000001 00 08", "no Protobuf of its message at byte 7: it ends too early");
    }

    private static String numbered(Descriptor message, String hex) throws Exception {
        return DecodedRow.of(ProtobufFormat.of(message).schemaIds().open(texts()), HexBytes.of(hex))
                .get("n");
    }

    private static void assertBad(Descriptor message, String hex, String reason) {
        assertThatThrownBy(() -> numbered(message, hex))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }
}
