package io.mppconnect.transfer.serve;

import io.mppconnect.ExposureOptions;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which source is to be served, and how.
 *
 * @param like the table whose columns tell types
 * @param types the types of some fields, by the fields' names
 * @param replacing whether a table that was left may be replaced
 */
public record ServeJob(
        Source source,
        ExposureOptions options,
        Optional<TableName> like,
        Map<String, String> types,
        boolean replacing) {

    public ServeJob {
        types = new LinkedHashMap<>(types);
    }

    public ServeJob(Source source, ExposureOptions options) {
        this(source, options, Optional.empty(), Map.of(), false);
    }

    public ServeJob like(TableName table) {
        return new ServeJob(source, options, Optional.of(table), types, replacing);
    }

    public ServeJob column(String field, String type) {
        Map<String, String> more = new LinkedHashMap<>(types);
        more.put(field, type);
        return new ServeJob(source, options, like, more, replacing);
    }

    public ServeJob withReplacing() {
        return new ServeJob(source, options, like, types, true);
    }

    @Override
    public String toString() {
        return source.name();
    }
}
