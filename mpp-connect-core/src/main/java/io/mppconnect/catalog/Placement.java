package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Distribution.Policy;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which segment each row of one hashed table lives on: the hash that the database places its rows by, computed here.
 * Immutable.
 *
 * <p>A value is given as what Java has for its type, or as the text that the database writes for it in ISO style:
 *
 * <ul>
 *   <li>integers and {@code oid}: Byte, Short, Integer, Long, BigInteger; floats: any Number; {@code numeric}: any
 *       Number, NaN as Double
 *   <li>{@code boolean}: Boolean; {@code bytea}: byte[]; {@code uuid}: UUID; {@code inet} and {@code cidr}: InetAddress
 *   <li>{@code date}: LocalDate; {@code time}: LocalTime; {@code timetz}: OffsetTime; {@code timestamp}: LocalDateTime;
 *       {@code timestamptz}: Instant, OffsetDateTime, ZonedDateTime; {@code interval}: Duration, Period
 *   <li>arrays: List, Object[]
 * </ul>
 *
 * <p>Every type here was compared with what Greenplum 6.24 does, under both hashes. Greenplum 7 and Cloudberry place rows
 * in the same way, and Greenplum 5 by the legacy hash alone: of these that is known from the sources.
 */
public final class Placement {

    private final TableName table;
    private final int segments;
    private final List<KeyColumn> key;
    private final boolean legacy;

    private Placement(TableName table, int segments, List<KeyColumn> key, boolean legacy) {
        this.table = table;
        this.segments = segments;
        this.key = List.copyOf(key);
        this.legacy = legacy;
    }

    static Placement of(TableInfo table, Charset encoding) {
        Distribution distribution = table.distribution();
        if (distribution.policy() != Policy.HASHED) {
            String reason = switch (distribution.policy()) {
                case RANDOM -> "they are spread at random";
                case REPLICATED -> "every segment has all of them";
                default -> "it is not distributed";
            };
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot place rows of " + table.name() + " by a key: " + reason);
        }
        List<KeyColumn> key = new ArrayList<>();
        for (Distribution.Key part : distribution.key()) {
            key.add(KeyColumn.of(table.column(part.column()).orElseThrow(), part.operatorClass(), encoding));
        }
        boolean legacy = key.get(0).legacy();
        if (key.stream().anyMatch(column -> column.legacy() != legacy)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot place rows of " + table.name() + " by a key: its columns are hashed by legacy and other"
                            + " operator classes");
        }
        return new Placement(table.name(), distribution.segments(), key, legacy);
    }

    /**
     * The content id of the segment that owns the key.
     *
     * @param key a value, or null, for each column of the distribution key, in the key's order
     * @throws MppConnectException {@link ErrorCode#COLUMN_MISMATCH} when their number or a class does not fit,
     *     {@link ErrorCode#BAD_DATA} when a column could not hold its value
     */
    public int segmentOf(@Nullable Object... key) {
        checkWidth(key.length);
        int hash = start();
        for (int i = 0; i < key.length; i++) {
            Object value = key[i];
            hash = value == null ? addNull(hash) : add(hash, this.key.get(i).store(value));
        }
        return reduce(hash);
    }

    /**
     * As {@link #segmentOf(Object...)}, for a key of one column. Allocates nothing when that is an {@code int2},
     * {@code int4} or {@code int8}.
     */
    public int segmentOf(long key) {
        checkWidth(1);
        if (!this.key.get(0).holds(key)) {
            return segmentOf((Object) key);
        }
        int hash = start();
        return reduce(
                legacy
                        ? LegacyHash.addInteger(hash, key, Long.BYTES)
                        : Integer.rotateLeft(hash, 1) ^ JenkinsHash.ofLong(key));
    }

    private void checkWidth(int width) {
        if (width != key.size()) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot place a row of " + table + ": its key has " + key.size() + " columns, and " + width
                            + " values were given");
        }
    }

    private int start() {
        return legacy ? LegacyHash.START : 0;
    }

    private int add(int hash, StoredValue value) {
        return legacy ? value.legacyHash(hash) : Integer.rotateLeft(hash, 1) ^ value.modernHash();
    }

    private int addNull(int hash) {
        return legacy ? LegacyHash.addNull(hash) : Integer.rotateLeft(hash, 1);
    }

    private int reduce(int hash) {
        return legacy ? Integer.remainderUnsigned(hash, segments) : JumpConsistentHash.bucket(hash, segments);
    }
}
