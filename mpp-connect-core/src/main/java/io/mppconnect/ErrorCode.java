package io.mppconnect;

/**
 * What kind of thing went wrong, stable for programs to decide upon; the message is for people.
 *
 * <p>{@link #category()} groups the codes by who has to act.
 */
public enum ErrorCode {
    /** An option or a combination of options cannot work. */
    INVALID_OPTION(Category.CONFIGURATION),
    /** The database is none that this library knows how to load in parallel. */
    UNSUPPORTED_DATABASE(Category.CONFIGURATION),
    /** The target or source relation does not exist, or is not of a usable kind. */
    NO_SUCH_TABLE(Category.CONFIGURATION),
    /** The columns of the two sides do not fit together. */
    COLUMN_MISMATCH(Category.CONFIGURATION),
    /** A privilege is missing in the database, or where rows come from or go to. */
    PRIVILEGE_MISSING(Category.CONFIGURATION),
    /** The segment server could not listen on the wished address or port. */
    SERVER_ADDRESS(Category.CONFIGURATION),
    /** The coordinator could not be reached, or went away. */
    CONNECTION(Category.CONNECTION),
    /** Segments could not reach the advertised address of the segment server. */
    SEGMENTS_UNREACHABLE(Category.CONNECTION),
    /** A row, or the bytes it came in, cannot be what the format or the column asks for. */
    BAD_DATA(Category.DATA),
    /** More rows are bad than the transfer may set aside. */
    REJECT_LIMIT(Category.DATA),
    /** The source failed while it was read. */
    SOURCE_FAILED(Category.DATA),
    /** The target failed while it was written. */
    TARGET_FAILED(Category.DATA),
    /** The database refused the statement. */
    STATEMENT_FAILED(Category.DATA),
    /** Rows sent, taken and inserted do not add up. */
    COUNT_MISMATCH(Category.INTERNAL),
    /** Another runner has claimed the job since: this one may not commit any more. */
    FENCED(Category.CONFLICT),
    /** Somebody has altered the target since the load was planned; a new run plans anew. */
    TABLE_ALTERED(Category.CONFLICT),
    /** A segment broke the gpfdist protocol. */
    PROTOCOL(Category.INTERNAL),
    /** The caller cancelled the transfer, or was interrupted. */
    CANCELLED(Category.CANCELLED),
    /** The transfer took longer than it was allowed to. */
    TIMEOUT(Category.RESOURCES),
    /** The connection was lost during commit: the rows are there, or they are not. */
    OUTCOME_UNKNOWN(Category.OUTCOME_UNKNOWN);

    /** Who has to act. */
    public enum Category {
        CONFIGURATION,
        CONNECTION,
        DATA,
        RESOURCES,
        CANCELLED,
        /** Somebody else came in between. */
        CONFLICT,
        INTERNAL,
        /** Neither repeat nor clean up blindly: look first. */
        OUTCOME_UNKNOWN
    }

    private final Category category;

    ErrorCode(Category category) {
        this.category = category;
    }

    /** What kind of failure it is. */
    public Category category() {
        return category;
    }
}
