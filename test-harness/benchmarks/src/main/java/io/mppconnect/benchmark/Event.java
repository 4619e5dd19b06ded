package io.mppconnect.benchmark;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** What a shop's topic holds: an event of 12 fields, about 250 bytes of JSON. */
record Event(
        long id,
        int account,
        String kind,
        String product,
        int quantity,
        BigDecimal price,
        double score,
        boolean paid,
        String country,
        String session,
        String note,
        Instant happened) {

    /** Its columns and their types, in order. */
    static final String DEFINITION = "id bigint, account integer, kind text, product text, quantity integer,"
            + " price numeric(10,2), score double precision, paid boolean, country text, session text, note text,"
            + " happened_at timestamptz";

    static final Schema AVRO = new Schema.Parser().parse("""
                    {"type": "record", "name": "Event", "fields": [
                      {"name": "id", "type": "long"},
                      {"name": "account", "type": "int"},
                      {"name": "kind", "type": "string"},
                      {"name": "product", "type": "string"},
                      {"name": "quantity", "type": "int"},
                      {"name": "price",
                       "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
                      {"name": "score", "type": "double"},
                      {"name": "paid", "type": "boolean"},
                      {"name": "country", "type": "string"},
                      {"name": "session", "type": "string"},
                      {"name": "note", "type": "string"},
                      {"name": "happened_at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}
                    """);

    private static final String[] KINDS = {"purchase", "refund", "page_view", "add_to_cart", "search"};
    private static final String[] PRODUCTS = {"Wireless mouse", "USB-C cable", "Desk lamp", "Notebook A5", "Headphones"
    };
    private static final String[] COUNTRIES = {"DE", "FR", "NP", "TR", "US", "BR", "IN"};
    private static final String[] NOTES = {
        "left at the door, please ring twice",
        "gift",
        "asked for an invoice by e-mail",
        "",
        "second attempt, card declined"
    };
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final long FIRST_ID = 1_000_000_000L;
    private static final int ACCOUNTS = 500_000;
    private static final int MOST_CENTS = 500_000;
    private static final int SCORES = 10_000_000;

    /** The event of this number, which is always the same. */
    static Event of(long number) {
        long mixed = mix(number + 1);
        long more = mix(mixed);
        return new Event(
                FIRST_ID + number,
                (int) Long.remainderUnsigned(mixed, ACCOUNTS),
                pick(KINDS, mixed >>> 8),
                pick(PRODUCTS, mixed >>> 16) + " " + (mixed >>> 24 & 1023),
                1 + (int) (mixed >>> 34 & 7),
                BigDecimal.valueOf(Long.remainderUnsigned(more, MOST_CENTS), 2),
                Long.remainderUnsigned(more >>> 8, SCORES) / (double) SCORES,
                (mixed & 1L << 40) != 0,
                pick(COUNTRIES, more >>> 16),
                HexFormat.of().toHexDigits(mix(more)),
                pick(NOTES, more >>> 24),
                FIRST.plusNanos(number * 1_237_000));
    }

    private static String pick(String[] from, long number) {
        return from[(int) (number & 255) % from.length];
    }

    /** The last steps of MurmurHash3, so that neighbours have nothing in common. */
    private static long mix(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** A row of TEXT, as COPY writes it. */
    String text() {
        return id + "\t" + account + '\t' + kind + '\t' + product + '\t' + quantity + '\t' + price + '\t' + score + '\t'
                + (paid ? 't' : 'f') + '\t' + country + '\t' + session + '\t' + note + '\t' + TIME.format(happened)
                + "+00\n";
    }

    byte[] json() {
        String json = "{\"id\":" + id + ",\"account\":" + account + ",\"kind\":\"" + kind + "\",\"product\":\""
                + product
                + "\",\"quantity\":" + quantity + ",\"price\":" + price + ",\"score\":" + score + ",\"paid\":" + paid
                + ",\"country\":\"" + country + "\",\"session\":\"" + session + "\",\"note\":\"" + note
                + "\",\"happened_at\":\"" + TIME.format(happened).replace(' ', 'T') + "Z\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** A record of {@link #AVRO}. */
    GenericData.Record avro() {
        GenericData.Record record = new GenericData.Record(AVRO);
        record.put("id", id);
        record.put("account", account);
        record.put("kind", kind);
        record.put("product", product);
        record.put("quantity", quantity);
        record.put("price", ByteBuffer.wrap(price.unscaledValue().toByteArray()));
        record.put("score", score);
        record.put("paid", paid);
        record.put("country", country);
        record.put("session", session);
        record.put("note", note);
        record.put("happened_at", happened.getEpochSecond() * 1_000_000 + happened.getNano() / 1_000);
        return record;
    }
}
