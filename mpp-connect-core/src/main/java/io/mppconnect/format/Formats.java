package io.mppconnect.format;

/**
 * The record formats there are, best imported statically: {@code value(json())}. For any other, implement
 * {@link RecordFormat}.
 */
public final class Formats {

    private Formats() {}

    /** JSON documents. */
    public static JsonFormat json() {
        return JsonFormat.DEFAULT;
    }
}
