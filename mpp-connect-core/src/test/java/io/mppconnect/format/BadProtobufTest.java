package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.ProtoFile.encoded;
import static io.mppconnect.format.ProtoFile.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import io.mppconnect.type.TypeKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of bytes that are no message of their descriptor. */
class BadProtobufTest {

    private static final Descriptor MESSAGE = message("message M { string s = 1; double d = 2; repeated fixed32 p = 3;"
            + " M m = 4; google.protobuf.Timestamp t = 5; google.protobuf.Duration i = 6; map<string,M> k = 7;"
            + " repeated string l = 8; oneof o { bytes b = 9; sint32 n = 10; } google.protobuf.Value v = 11; }");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0A|no Protobuf of its message at byte 1: it ends too early",
                "0A0261|no Protobuf of its message at byte 1: it ends too early",
                "0AFFFFFFFFFFFFFFFFFF01|no Protobuf of its message at byte 1: it ends too early",
                "00|no Protobuf of its message at byte 0: the number of a field must follow",
                "07|no Protobuf of its message at byte 0: the number of a field must follow",
                "0F|no Protobuf of its message at byte 1: before it is no field",
                "0C|no Protobuf of its message at byte 1: before it is no field",
                "8080808010|no Protobuf of its message at byte 0: the number of a field must follow",
                "08FFFFFFFFFFFFFFFFFFFF|no Protobuf of its message at byte 1: a number of 64 bits must follow",
                "0A0161 1100|no Protobuf of its message at byte 4: it ends too early",
                "0A0100|a NUL character, which the database cannot hold, at byte 2, in s",
                "1000 0A01FF|malformed UTF-8 at byte 4, in s",
                "1A03000000|no Protobuf of its message at byte 2: it ends too early, in p",
                "2203 0A0261|no Protobuf of its message at byte 3: it ends too early, in m",
                "2203 0A01FF|malformed UTF-8 at byte 4, in m.s",
                "2203 0A0161 2203 0A01FF|malformed UTF-8 at byte 1, in m.s",
                "2A0A 08808080808080808040|no Protobuf of its message at byte 12: before it is a time that no calendar has, in t",
                "2A06 10FFFFFFFF07|no Protobuf of its message at byte 8: before it is a time that no calendar has, in t",
                "320D 0801 10FFFFFFFFFFFFFFFFFF01|no Protobuf of its message at byte 15: before it is no duration, in i",
                "320B 1080808080F8FFFFFFFF01|no Protobuf of its message at byte 13: before it is no duration, in i",
                "3A06 0A0161 1201 00|no Protobuf of its message at byte 7: the number of a field must follow, in k.value",
                "3A03 0A01FF|malformed UTF-8 at byte 4, in k.key",
                "42016142 01FF|malformed UTF-8 at byte 5, in l",
                "0B0B0C|no Protobuf of its message at byte 3: it ends too early",
                "0B14|no Protobuf of its message at byte 2: before it another group ends than began",
            })
    void theReasonSaysWhatAndWhere(String hex, String reason) throws Exception {
        RecordDecoder decoder = ProtobufFormat.of(MESSAGE)
                .field("s")
                .field("m")
                .field("t")
                .field("p")
                .field("i")
                .field("k")
                .field("l")
                .open(List.of());

        assertThatThrownBy(() -> DecodedRow.of(decoder, HexBytes.of(hex)))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    /** Of messages, each the only field of the one around it. */
    private static byte[] nested(int field, int levels) {
        return nested(new byte[0], new byte[0], field, levels);
    }

    /** @param before what is in front of each field */
    private static byte[] nested(byte[] innermost, byte[] before, int field, int levels) {
        byte[] message = innermost;
        for (int level = 0; level < levels; level++) {
            ByteArrayOutputStream outer = new ByteArrayOutputStream();
            outer.writeBytes(before);
            outer.write((field << 3) | 2);
            for (int length = message.length; ; length >>>= 7) {
                outer.write(length < 128 ? length : (length & 0x7F) | 0x80);
                if (length < 128) {
                    break;
                }
            }
            outer.writeBytes(message);
            message = outer.toByteArray();
        }
        return message;
    }

    @Test
    void nestingHasALimit() throws Exception {
        RecordDecoder decoder = ProtobufFormat.of(MESSAGE).document("all").open(List.of());
        byte[] groups = new byte[1000];
        Arrays.fill(groups, (byte) 0x0B);

        assertThat(DecodedRow.of(decoder, nested(4, 100)).get("all")).contains("\"m\":{\"s\"");
        assertThatThrownBy(() -> DecodedRow.of(decoder, nested(4, 101)))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(": it nests deeper than 100 levels, in m.m.m.");
        assertThatThrownBy(() -> DecodedRow.of(decoder, groups))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no Protobuf of its message at byte 101: it nests deeper than 100 levels");
        RecordDecoder shallow = ProtobufFormat.of(MESSAGE).field("s").open(List.of());
        assertThat(DecodedRow.of(shallow, nested(4, 1000))).containsEntry("s", "");
    }

    @Test
    void aShortRecordDoesNotBecomeALongRow() {
        Descriptor message = message("message M { repeated N n = 1; } message N { "
                + "int32 a_name_that_is_longer_than_most_others_are_in_messages_that_people_write = 1; }");
        byte[] record = new byte[2_000_000];
        for (int i = 0; i < record.length; i += 2) {
            record[i] = 0x0A;
        }

        assertThatThrownBy(() ->
                        DecodedRow.of(ProtobufFormat.of(message).field("n").open(List.of()), record))
                .isInstanceOf(BadRecordException.class)
                .hasMessageEndingWith(": what is made of it is longer than 67108864 bytes, in n");
    }

    @Test
    void partsOfMessagesInPartsDoNotBecomeALongRow() throws Exception {
        RecordDecoder decoder = ProtobufFormat.of(MESSAGE).document("all").open(List.of());
        byte[] empty = HexBytes.of("2200");
        byte[] fields = nested(new byte[1_000_000], HexBytes.of(""), 15, 1);

        assertThat(DecodedRow.of(decoder, nested(fields, empty, 4, 60)).get("all"))
                .startsWith("{\"s\":");
        assertThatThrownBy(() -> DecodedRow.of(decoder, nested(fields, empty, 4, 80)))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(": what is made of it is longer than 67108864 bytes, in m.m.m.");
    }

    @Test
    void entriesOfOneKeyDoNotBecomeALongRow() throws Exception {
        Descriptor message = message("message M { map<string,N> k = 1; } message N { "
                + "int32 a_name_that_is_longer_than_most_others_are_in_messages_that_people_write = 1;"
                + " int32 another_name_that_is_longer_than_most_others_are = 2; }");
        RecordDecoder decoder = ProtobufFormat.of(message).field("a", "k.a").open(List.of());
        byte[] entry = HexBytes.of("0A03 0A0161");
        byte[] record = new byte[1_000_000 * entry.length];
        for (int at = 0; at < record.length; at += entry.length) {
            System.arraycopy(entry, 0, record, at, entry.length);
        }

        assertThatThrownBy(() -> DecodedRow.of(decoder, record))
                .isInstanceOf(BadRecordException.class)
                .hasMessageEndingWith(": what is made of it is longer than 80000000 bytes, in k.value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"a\" }|no JSON at byte 6 in $.a: a colon must follow, in s",
                "\"\\u0000\"|a NUL character, which the database cannot hold, at byte 1 in $, in s",
            })
    void aTextThatIsNoJsonForItsColumnIsBad(String text, String reason) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        RecordDecoder decoder =
                ProtobufFormat.of(MESSAGE).field("s").open(List.of(column("s", TypeKind.JSONB, "jsonb")));

        assertThatThrownBy(() -> DecodedRow.of(decoder, nested(utf8, new byte[0], 1, 1)))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void anEmptyTextThatIsThereIsNoJson() {
        Descriptor message = message("message M { optional string s = 1; }");
        RecordDecoder decoder = ProtobufFormat.of(message).field("s").open(List.of(column("s", TypeKind.JSON, "json")));

        assertThatThrownBy(() -> DecodedRow.of(decoder, HexBytes.of("0A00")))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no JSON at its end in $: a value must follow, in s");
    }

    @Test
    void aClosedEnumThatEndsTooEarlyIsBad() {
        Descriptor message = message("proto2", "message M { repeated E e = 1; } enum E { A = 0; }");
        RecordDecoder decoder = ProtobufFormat.of(message).open(List.of());

        assertThatThrownBy(() -> DecodedRow.of(decoder, HexBytes.of("0A020080")))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no Protobuf of its message at byte 3: it ends too early, in e");
    }

    @Property(tries = 3000)
    void damagedRecordsAreBadOrRows(@ForAll Random random) throws Exception {
        RecordDecoder decoder = ProtobufFormat.of(MESSAGE)
                .field("s", "m.k.a.s")
                .field("l", "l[1]")
                .field("p")
                .field("t")
                .field("i", "m.i")
                .field("n")
                .document("all")
                .open(List.of());
        byte[] record = encoded(
                MESSAGE,
                "s: 'text' d: 1.5 p: [1, 2] m { s: 'inner' k { key: 'a' value { s: 'x' } } i { seconds: 5 nanos: 1 }"
                        + " v { list_value { values { string_value: 'v' } } } } t { seconds: 1 nanos: 2 } l: 'a' l: 'b'"
                        + " n: -1");
        for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
            record[random.nextInt(record.length)] = (byte) random.nextInt();
        }
        byte[] damaged = Arrays.copyOf(record, random.nextInt(4) > 0 ? record.length : random.nextInt(record.length));

        try {
            assertThat(DecodedRow.of(decoder, damaged)).hasSize(7);
        } catch (BadRecordException e) {
            assertThat(e).hasMessageContaining(" at byte ");
        }
    }

    @Property(tries = 3000)
    void anyBytesAreBadOrRows(@ForAll byte[] bytes) throws Exception {
        RecordDecoder decoder =
                ProtobufFormat.of(MESSAGE).field("m", "m.m.s").document("all").open(List.of());

        try {
            assertThat(DecodedRow.of(decoder, bytes)).hasSize(2);
        } catch (BadRecordException e) {
            assertThat(e).hasMessageContaining(" at byte ");
        }
    }
}
