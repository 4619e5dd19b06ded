package io.mppconnect;

import io.mppconnect.file.DataFiles;
import io.mppconnect.spi.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * How many bad rows a load may set aside, and where to. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * cluster.transfer()
 *         .from(DataFiles.csv("orders-*.csv"))
 *         .into(Table.named("public.orders"))
 *         .rejecting(Rejects.rows(100).toFile(Path.of("orders.rejected.csv")))
 *         .run();
 * }</pre>
 *
 * <p>Bad are rows that the database cannot read: the wrong number of fields, a value that its column's type does not
 * take, bytes that are not of the encoding. So are those that cannot even be written down for it, such as a value that a
 * source cannot convert. A row that a constraint of the table refuses fails the load, unless {@link #findingViolations}.
 *
 * <p>The limit is one for the whole transfer: of all rows of all segments, so many may be bad, and one more fails it.
 * Segments stop by themselves as soon as one of them alone has seen too many; what they see together is counted when the
 * statement has ended. Whatever the reason, a load that fails has loaded nothing.
 *
 * <p>In a load that commits many times the limits are those of each commit, but a percentage is of 300 rows at least: of
 * so many commits as have them together. The commit that goes beyond is not made, and the load ends there with what was
 * committed before.
 *
 * <p>Rows are handed over when the statement has ended and before the commit, by the transfer's own thread, one after
 * the other in no particular order. Those of a load that fails because of its limit are given to consumers alone. A
 * commit that fails and is tried again hands its bad rows over again, but for a table of the database, where they are part
 * of the commit. Files and other targets of a load that commits many times are published when it ends, however it does.
 */
public final class Rejects {

    private final OptionalLong rows;
    private final OptionalDouble percent;
    private final OptionalInt perSegment;
    private final boolean violations;
    private final List<Destination> destinations;

    /** Where rejected rows go. */
    public sealed interface Destination {

        /** A callback. */
        record Callback(Consumer<? super RejectedRow> consumer) implements Destination {}

        /** A target of the usual kind. */
        record Outside(Target target) implements Destination {}

        /** A table of the same database. */
        record InTable(Table table) implements Destination {}
    }

    private Rejects(
            OptionalLong rows,
            OptionalDouble percent,
            OptionalInt perSegment,
            boolean violations,
            List<Destination> destinations) {
        this.rows = rows;
        this.percent = percent;
        this.perSegment = perSegment;
        this.violations = violations;
        this.destinations = destinations;
    }

    /**
     * So many rows of the transfer may be bad.
     *
     * @param count from 1
     */
    public static Rejects rows(long count) {
        if (count < 1) {
            throw invalid("Invalid number of rejected rows: " + count + "; it must be 1 or more");
        }
        return new Rejects(OptionalLong.of(count), OptionalDouble.empty(), OptionalInt.empty(), false, List.of());
    }

    /**
     * So many of a hundred rows of the transfer may be bad, which can be told only when all are read.
     *
     * @param share more than 0, less than 100
     */
    public static Rejects percent(double share) {
        if (!(share > 0 && share < 100)) {
            throw invalid(
                    "Invalid percentage of rejected rows: " + share + "; it must be more than 0 and less than 100");
        }
        return new Rejects(OptionalLong.empty(), OptionalDouble.of(share), OptionalInt.empty(), false, List.of());
    }

    /** Any number of rows may be bad. */
    public static Rejects unlimited() {
        return new Rejects(OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty(), false, List.of());
    }

    /**
     * Also, no segment alone may read more than so many bad rows. Which segment reads which rows is chance. Default: as
     * many as the whole transfer.
     *
     * @param count from 1
     */
    public Rejects perSegment(int count) {
        if (count < 1) {
            throw invalid("Invalid number of rejected rows per segment: " + count + "; it must be 1 or more");
        }
        return new Rejects(rows, percent, OptionalInt.of(count), violations, destinations);
    }

    /**
     * Also sets aside rows that only the table refuses: NULL where it must not be, a CHECK or UNIQUE constraint, no
     * partition for them, a computed value that fails. The database cannot tell which rows these are. So all rows are
     * staged in a temporary table first, and if they cannot be inserted at once, one query looks for those that break NOT
     * NULL and CHECK. Others are found by halving, as are all where values are computed or changed by triggers: of n
     * rows, each takes about log n statements, of which the failing ones are slow. Only for rows that are appended to
     * one table. Of several rows with one key, the
     * later ones are set aside. The raw text of such a row is that of an SQL row.
     */
    public Rejects findingViolations() {
        return new Rejects(rows, percent, perSegment, true, destinations);
    }

    /** Hands rejected rows to a consumer; what it throws fails the load. */
    public Rejects to(Consumer<? super RejectedRow> consumer) {
        return with(new Destination.Callback(consumer));
    }

    /**
     * Writes rejected rows into a target as rows of columns {@code origin}, {@code record}, {@code segment},
     * {@code sqlstate}, {@code message}, {@code raw} and {@code raw_bytes}, visible after the commit.
     */
    public Rejects to(Target target) {
        return with(new Destination.Outside(target));
    }

    /**
     * Writes rejected rows into a new CSV file with a header, as {@link #to(Target)} has them. It gets its name after the
     * commit, also when no row was bad; one that exists fails the load before it starts.
     */
    public Rejects toFile(Path file) {
        return to(DataFiles.writeCsv(file).oneFile().header());
    }

    /**
     * Inserts rejected rows into a table of the same database, in the load's own transaction: there, with the load's
     * rows, or not at all. It has the columns of {@link #to(Target)}, and {@code rejected_at} and {@code transfer}, the
     * transfer's name; when there is no such table it is created, distributed randomly.
     *
     * @param name read as {@link Table#named} does
     */
    public Rejects toTable(String name) {
        return with(new Destination.InTable(Table.named(name)));
    }

    private Rejects with(Destination destination) {
        List<Destination> more = new ArrayList<>(destinations);
        more.add(destination);
        return new Rejects(rows, percent, perSegment, violations, List.copyOf(more));
    }

    private static MppConnectException invalid(String message) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, message);
    }

    /** How many rows may be bad; empty when that is no fixed number. */
    public OptionalLong rows() {
        return rows;
    }

    /** How many of a hundred may be; empty when that does not matter. */
    public OptionalDouble percent() {
        return percent;
    }

    /** How many of one segment may be; empty when that does not matter. */
    public OptionalInt perSegment() {
        return perSegment;
    }

    /** Whether rows that only the table refuses are looked for. */
    public boolean violations() {
        return violations;
    }

    /** Where rejected rows go; nowhere by default. */
    public List<Destination> destinations() {
        return destinations;
    }

    /** The limit in words. */
    @Override
    public String toString() {
        String transfer = "unlimited";
        if (rows.isPresent()) {
            transfer = "rows(" + rows.getAsLong() + ")";
        } else if (percent.isPresent()) {
            transfer = "percent(" + percent.getAsDouble() + ")";
        }
        return transfer + (perSegment.isPresent() ? ".perSegment(" + perSegment.getAsInt() + ")" : "");
    }
}
