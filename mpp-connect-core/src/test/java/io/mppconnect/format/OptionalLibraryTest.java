package io.mppconnect.format;

import static io.mppconnect.format.Formats.protobuf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of classes that are missing, and of those that do not go with the library. */
class OptionalLibraryTest {

    /** As generated classes are that find another version of the library. */
    public abstract static class Outdated implements Message {

        private static final Descriptor DESCRIPTOR = made();

        private static Descriptor made() {
            throw new IllegalStateException("another version");
        }

        public static Descriptor getDescriptor() {
            return DESCRIPTOR;
        }
    }

    @Test
    void theLibrarysOwnClassesMakeItMissing() {
        assertThat(OptionalLibrary.AVRO.missing("read", new NoClassDefFoundError("org/apache/avro/Schema")))
                .hasMessage("Cannot read Avro: it needs org.apache.avro:avro; add it to the application's"
                        + " dependencies");
        assertThat(OptionalLibrary.PROTOBUF.missing("read", new NoClassDefFoundError("com/google/protobuf/Message")))
                .hasMessage("Cannot read Protobuf: it needs com.google.protobuf:protobuf-java; add it to the"
                        + " application's dependencies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/Orders", "Could not initialize class org.apache.avro.Schema"})
    void otherClassesAreNotTheLibrarys(String name) {
        NoClassDefFoundError error = new NoClassDefFoundError(name);

        assertThatThrownBy(() -> OptionalLibrary.AVRO.missing("read", error)).isSameAs(error);
    }

    @Test
    void aClassOfAnotherVersionIsTold() {
        assertThatThrownBy(() -> protobuf(Outdated.class).open(List.of()))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot read Protobuf: the message's class was generated for another version of"
                        + " protobuf-java; generate it again, or depend on that version");
    }
}
