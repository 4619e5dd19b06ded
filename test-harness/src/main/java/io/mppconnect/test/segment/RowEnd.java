package io.mppconnect.test.segment;

/** How rows end; UNKNOWN is settled by the first row. */
public enum RowEnd {
    UNKNOWN,
    LF,
    CR,
    CRLF;

    /** The number that the protocol gives it. */
    int number() {
        return switch (this) {
            case UNKNOWN -> 0;
            case LF -> 1;
            case CR -> 2;
            case CRLF -> 3;
        };
    }

    /** The bytes in hexadecimal, empty when not known. */
    String hexadecimal() {
        return switch (this) {
            case UNKNOWN -> "";
            case LF -> "0A";
            case CR -> "0D";
            case CRLF -> "0D0A";
        };
    }
}
