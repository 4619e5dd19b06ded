package io.mppconnect.transfer.session;

import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.Catalog;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that shape the text segments write and read, pinned for every transfer: they travel with the statement to
 * the segments, and whatever role or database defaults say must not change what a value looks like.
 */
public final class SessionSettings {

    private static final int POSTGRESQL_9 = 90000;
    private static final long SMALLEST_POST = 64;
    private static final long LARGEST_POST = 1024;

    private SessionSettings() {}

    /** What a session needs that writes or reads values as text. */
    public static Map<String, String> ofText(TransferOptions options, Catalog catalog) {
        Map<String, String> settings = text(catalog);
        settings.putAll(options.settings());
        return settings;
    }

    private static Map<String, String> text(Catalog catalog) {
        boolean old = catalog.version().postgres() < POSTGRESQL_9;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("TimeZone", "UTC");
        settings.put("DateStyle", "ISO, MDY");
        if (!old) {
            settings.put("IntervalStyle", "postgres");
            settings.put("bytea_output", "hex");
        }
        // Bases before PostgreSQL 12 lose digits of floats below 3; those before 9.0 know no more than 2.
        settings.put("extra_float_digits", old ? "2" : "3");
        settings.put("lc_monetary", "C");
        return settings;
    }

    /** What a session needs whose statement has all segments read from the server. */
    public static Map<String, String> ofReading(Catalog catalog) {
        Map<String, String> settings = text(catalog);
        // By default at most 64 segments read from one URL.
        settings.put(
                "gp_external_max_segs",
                Integer.toString(Math.max(64, catalog.primaries().size())));
        return settings;
    }

    /** What a session needs whose statement has segments call the server for a transfer. */
    public static Map<String, String> of(TransferOptions options, Catalog catalog) {
        Map<String, String> settings = ofReading(catalog);
        settings.put("writable_external_table_bufsize", postKilobytes(options, catalog));
        if (options.rejects().isPresent()) {
            // The database gives up when so many rows are bad from the start, whatever the limit; never, if 0.
            settings.put("gp_initial_bad_row_limit", "0");
        }
        settings.putAll(options.settings());
        return settings;
    }

    /**
     * How many kilobytes segments collect before they send: the fewer POSTs, the less work for both sides, but those of
     * all segments together fit into half of the transfer's memory.
     */
    private static String postKilobytes(TransferOptions options, Catalog catalog) {
        long share =
                options.memory().bytes() / 2 / Math.max(1, catalog.primaries().size()) / 1024;
        return Long.toString(Math.max(SMALLEST_POST, Math.min(LARGEST_POST, share)));
    }
}
