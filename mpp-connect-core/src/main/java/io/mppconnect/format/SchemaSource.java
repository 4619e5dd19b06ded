package io.mppconnect.format;

import java.util.List;

/**
 * Where the Avro schemas are that messages name by a number, such as a schema registry. Its answers are asked for once by
 * each decoder and number; one that other decoders share does well to keep them. Used by several threads.
 */
public interface SchemaSource {

    /**
     * The schema of a number, as JSON, after the schemas that it refers to by name.
     *
     * @throws BadRecordException when no schema has this number: the record is bad
     * @throws Exception whatever keeps the schema from being read
     */
    List<String> schema(int id) throws Exception;

    /**
     * The schema that tells the fields before a message is read; empty when they are the target's columns.
     *
     * @throws Exception whatever keeps the schema from being read
     */
    default List<String> latest() throws Exception {
        return List.of();
    }
}
