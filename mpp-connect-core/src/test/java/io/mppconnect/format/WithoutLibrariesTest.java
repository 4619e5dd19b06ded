package io.mppconnect.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
            try {
                Formats.asAvro().open(DecodedRow.texts("a"));
            } catch (MppConnectException e) {
                row = Map.of("written", e.getMessage());
            }
            try {
                Formats.avro("\"string\"").document("a").open(List.of());
                return row + " with Avro";
            } catch (MppConnectException e) {
                return row + " " + e.getMessage();
            }
        }
    }

    /** Loads this library's classes anew, and knows none of Avro's. */
    private static final class Bare extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.avro.") || name.startsWith("com.fasterxml.")) {
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
    void allFormatsButAvroAreThere() throws Exception {
        Callable<?> formatting = (Callable<?>) new Bare()
                .loadClass(Formatting.class.getName())
                .getDeclaredConstructor()
                .newInstance();

        assertThat(formatting.call())
                .isEqualTo("{written=Cannot write Avro: it needs org.apache.avro:avro; add it to the application's"
                        + " dependencies} Cannot read Avro: it needs org.apache.avro:avro; add it to the application's"
                        + " dependencies");
    }
}
