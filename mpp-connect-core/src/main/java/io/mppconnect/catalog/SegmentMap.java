package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a cluster, and which of them owns which key. Immutable.
 *
 * <pre>{@code
 * Placement orders = map.placement(cluster.table("public.orders"));
 * Segment owner = map.primary(orders.segmentOf(4711L));
 * }</pre>
 */
public final class SegmentMap {

    private final List<Segment> segments;
    private final List<Segment> primaries;
    private final String encoding;

    SegmentMap(List<Segment> segments, String encoding) {
        this.segments = List.copyOf(segments);
        this.primaries = segments.stream()
                .filter(segment -> !segment.coordinator() && segment.primary() && segment.up())
                .toList();
        this.encoding = encoding;
    }

    SegmentMap withSegments(List<Segment> other) {
        return new SegmentMap(other, encoding);
    }

    /** All instances by content, the primary of each before its mirror. */
    public List<Segment> segments() {
        return segments;
    }

    /** The primaries that hold data and are up, by content. */
    public List<Segment> primaries() {
        return primaries;
    }

    /**
     * The instance that serves this part of the data.
     *
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} when there is none
     */
    public Segment primary(int content) {
        return primaries.stream()
                .filter(segment -> segment.content() == content)
                .findFirst()
                .orElseThrow(() -> new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot find segment " + content + ": none of the " + primaries.size()
                                + " primaries that are up has it"));
    }

    /**
     * Prepares to place rows of a table.
     *
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} when its rows are not placed by a hash, or by one
     *     that is not known here
     */
    public Placement placement(TableInfo table) {
        return Placement.of(table, charset());
    }

    /**
     * The content id of the segment that owns the key; {@link #placement} is quicker for many.
     *
     * @param key a value, or null, for each column of the distribution key, in the key's order
     * @throws MppConnectException as {@link #placement} and {@link Placement#segmentOf(Object...)} do
     */
    public int segmentOf(TableInfo table, @Nullable Object... key) {
        return placement(table).segmentOf(key);
    }

    /** Text is hashed as it is kept. SQL_ASCII keeps what was sent, and transfers send UTF-8. */
    private Charset charset() {
        String name = encoding.toUpperCase(Locale.ROOT);
        if (name.equals("UTF8") || name.equals("SQL_ASCII")) {
            return StandardCharsets.UTF_8;
        }
        if (name.equals("LATIN1")) {
            return StandardCharsets.ISO_8859_1;
        }
        String java = name.startsWith("WIN12") ? "windows-" + name.substring(3) : name.replace("LATIN9", "ISO-8859-15");
        if (Charset.isSupported(java)) {
            return Charset.forName(java);
        }
        throw new MppConnectException(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows by a key: the encoding of the database, " + encoding + ", is not known here");
    }
}
