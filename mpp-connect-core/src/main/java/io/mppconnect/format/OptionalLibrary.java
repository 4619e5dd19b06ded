package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;

/** Libraries that an application brings if it uses the formats that need them. */
enum OptionalLibrary {
    AVRO("Avro", "org.apache.avro:avro", "org/apache/avro/"),
    PROTOBUF("Protobuf", "com.google.protobuf:protobuf-java", "com/google/protobuf/");

    private final String format;
    private final String coordinates;
    private final String packages;

    OptionalLibrary(String format, String coordinates, String packages) {
        this.format = format;
        this.coordinates = coordinates;
        this.packages = packages;
    }

    /**
     * What to tell of a class that is not there.
     *
     * @param verb what cannot be done, such as {@code read}
     * @throws NoClassDefFoundError the same, when the class is none of this library
     */
    MppConnectException missing(String verb, NoClassDefFoundError error) {
        String name = error.getMessage();
        if (name == null || !name.startsWith(packages)) {
            throw error;
        }
        return new MppConnectException(
                ErrorCode.INVALID_OPTION,
                "Cannot " + verb + " " + format + ": it needs " + coordinates
                        + "; add it to the application's dependencies",
                error);
    }
}
