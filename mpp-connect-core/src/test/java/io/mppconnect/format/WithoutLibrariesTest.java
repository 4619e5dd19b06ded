package io.mppconnect.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Applications that do not bring the optional libraries. */
class WithoutLibrariesTest {

    /** Runs where there are none. */
    public static final class Formatting implements Callable<String> {

        @Override
        public String call() throws Exception {
            Map<String, String> row = DecodedRow.of(
                    Formats.json().open(DecodedRow.texts("a")),
                    EncodedRow.bytes(Formats.asJson(), DecodedRow.texts("a"), "1"));
            return row + "\n"
                    + refusal(() -> Formats.asAvro().open(DecodedRow.texts("a"))) + "\n"
                    + refusal(() -> Formats.avro("\"string\"").document("a").open(List.of())) + "\n"
                    + refusal(() ->
                            Formats.protobuf(new byte[0], "a.B").schemaIds().open(List.of()));
        }

        private static String refusal(Callable<?> opening) throws Exception {
            try {
                opening.call();
                return "none";
            } catch (MppConnectException e) {
                return e.getMessage();
            }
        }
    }

    /** Loads this library's classes anew, and knows none of the others. */
    private static final class Bare extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (Stream.of("org.apache.avro.", "com.fasterxml.", "com.google.protobuf.")
                    .anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null || !name.startsWith("io.mppconnect.")) {
                return known == null ? super.loadClass(name, resolve) : known;
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private Bare() {
            super(WithoutLibrariesTest.class.getClassLoader());
        }
    }

    @Test
    void allFormatsThatNeedNoneAreThere() throws Exception {
        Callable<?> formatting = (Callable<?>) new Bare()
                .loadClass(Formatting.class.getName())
                .getDeclaredConstructor()
                .newInstance();

        assertThat(formatting.call()).isEqualTo("""
                        {a=1}
                        Cannot write Avro: it needs org.apache.avro:avro; add it to the application's dependencies
                        Cannot read Avro: it needs org.apache.avro:avro; add it to the application's dependencies
                        Cannot read Protobuf: it needs com.google.protobuf:protobuf-java; add it to the application's \
                        dependencies""");
    }
}
