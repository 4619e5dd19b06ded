package io.mppconnect;

import java.util.List;
import java.util.Optional;

/**
 * How rows meet those that a table already has. Immutable; {@link Table}'s methods make it.
 *
 * @param match the columns whose values, all equal, make a row of the source and one of the table the same row; NULL
 *     equals NULL
 * @param update the columns that an update writes; empty for all that are written and do not match
 * @param condition SQL over {@code source} and {@code target}: only rows of the table for which it holds are changed
 * @param deletion SQL over the source's fields: rows for which it holds delete theirs instead
 * @param order fields of the source: of several rows for one row of the table, the one with the largest values counts
 */
public record WriteMode(
        Kind kind,
        List<String> match,
        List<String> update,
        Optional<String> condition,
        Optional<String> deletion,
        List<String> order) {

    static final WriteMode APPEND = new WriteMode(Kind.APPEND, List.of());

    public WriteMode {
        match = List.copyOf(match);
        update = List.copyOf(update);
        order = List.copyOf(order);
    }

    WriteMode(Kind kind, List<String> match) {
        this(kind, match, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /** What happens to a row of the source. */
    public enum Kind {
        /** It is inserted. */
        APPEND,
        /** It is inserted into the table, which was emptied before. */
        TRUNCATE_AND_APPEND,
        /** It updates the row that it matches, or is inserted when there is none. */
        UPSERT,
        /** It updates the row that it matches. */
        UPDATE,
        /** It deletes the row that it matches. */
        DELETE;

        /** Whether rows are matched with those of the table. */
        public boolean matches() {
            return this == UPSERT || this == UPDATE || this == DELETE;
        }

        /** Whether rows may be inserted. */
        public boolean inserts() {
            return this == APPEND || this == TRUNCATE_AND_APPEND || this == UPSERT;
        }

        /** Whether rows may be updated. */
        public boolean updates() {
            return this == UPSERT || this == UPDATE;
        }

        /** The word for it in messages. */
        String verb() {
            return switch (this) {
                case APPEND -> "append";
                case TRUNCATE_AND_APPEND -> "truncating";
                case UPSERT -> "upsertBy";
                case UPDATE -> "updateBy";
                case DELETE -> "deleteBy";
            };
        }
    }

    WriteMode kind(Kind wanted, List<String> columns, Object table) {
        if (kind != Kind.APPEND) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write into " + table + " in two ways: " + kind.verb() + " and " + wanted.verb());
        }
        if (wanted.matches() && columns.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot match rows of " + table + ": " + wanted.verb() + " needs at least one column");
        }
        return new WriteMode(wanted, columns, update, condition, deletion, order);
    }

    WriteMode update(List<String> columns) {
        return new WriteMode(kind, match, columns, condition, deletion, order);
    }

    WriteMode condition(String sql) {
        return new WriteMode(kind, match, update, Optional.of(sql), deletion, order);
    }

    WriteMode deletion(String sql) {
        return new WriteMode(kind, match, update, condition, Optional.of(sql), order);
    }

    WriteMode order(List<String> fields) {
        return new WriteMode(kind, match, update, condition, deletion, fields);
    }
}
