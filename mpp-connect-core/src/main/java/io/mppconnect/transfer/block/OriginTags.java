package io.mppconnect.transfer.block;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the database's error log calls the origins of rows: it keeps the first 256 bytes of a name, and the lower 32 bits
 * of a line number. So names start with a number, which stands for the origin and for some of its records. Thread safe.
 */
public final class OriginTags {

    /** {@code gpfdist://host:port/path [12 orders.csv]}. */
    private static final Pattern FILE_NAME = Pattern.compile(" \\[(\\d{1,9}) ");

    private static final int RECORD_BITS = 31;

    private final Origins origins;
    private final Map<Start, Integer> numbers = new HashMap<>();
    private final List<Start> starts = new ArrayList<>();

    /** The records of an origin from one on. */
    private record Start(String origin, long record) {}

    public OriginTags(Origins origins) {
        this.origins = origins;
    }

    /** How to call the origin of a record. */
    public synchronized String tag(String origin, long record) {
        Start start = new Start(origin, record >>> RECORD_BITS << RECORD_BITS);
        int number = numbers.computeIfAbsent(start, unknown -> {
            starts.add(unknown);
            return starts.size() - 1;
        });
        return number + " " + origin;
    }

    /**
     * Finds a record again; its number is 0 when unknown.
     *
     * @param fileName as the error log has it
     * @param line as the error log has it, null for none
     */
    public synchronized Origins.Place place(String fileName, @Nullable Integer line) {
        Matcher matcher = FILE_NAME.matcher(fileName);
        if (!matcher.find()) {
            return new Origins.Place(fileName, line == null ? 0 : line);
        }
        Start start = starts.get(Integer.parseInt(matcher.group(1)));
        if (line == null) {
            return new Origins.Place(start.origin(), 0);
        }
        int first = (int) origins.line(start.origin(), start.record());
        long place = start.record() + Integer.toUnsignedLong(line - first);
        return new Origins.Place(start.origin(), origins.recordAt(start.origin(), place));
    }
}
