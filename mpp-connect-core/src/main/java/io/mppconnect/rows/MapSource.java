package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Maps from names to values, whose fields are named, or else the keys of the first one. A column that none of these is
 * gets its default, or keeps its value in a row that is updated.
 *
 * @param names the fields; empty for the keys of the first map
 */
record MapSource(List<String> names, Iterable<? extends Map<String, ? extends @Nullable Object>> rows)
        implements Source {

    MapSource {
        names = List.copyOf(names);
    }

    @Override
    public String name() {
        return RowScan.ORIGIN;
    }

    @Override
    public SourceScan open(LoadContext context) {
        if (!names.isEmpty()) {
            return scan(names, new Elements.Repeatable<>(rows), context);
        }
        if (rows instanceof List && rows instanceof RandomAccess) {
            return scan(keys(new PeekedIterator<>(rows.iterator())), new Elements.Repeatable<>(rows), context);
        }
        // Nobody says that another pass begins with the same map.
        PeekedIterator<Map<String, ? extends @Nullable Object>> once = new PeekedIterator<>(rows.iterator());
        return scan(keys(once), OnceElements.of(once), context);
    }

    /** None when there is no map: then it does not matter what the fields are. */
    private static List<String> keys(PeekedIterator<? extends Map<String, ? extends @Nullable Object>> rows) {
        Map<String, ? extends @Nullable Object> first = rows.peek();
        if (first == null) {
            return List.of();
        }
        if (first.isEmpty() || first.keySet().stream().anyMatch(Objects::isNull)) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot write row 1: its keys do not name the fields; name them with Rows.maps(names, rows)");
        }
        return List.copyOf(first.keySet());
    }

    private static SourceScan scan(
            List<String> fields, Elements<Map<String, ? extends @Nullable Object>> rows, LoadContext context) {
        return new RowScan<>(MapPlan.of(fields, context.columns()), rows, context.parallelism());
    }
}
