package io.mppconnect.format.json;

import io.mppconnect.format.BadRecordException;

/** Makes sure of texts that are taken for JSON: what the database refuses would end the load, and not make one record bad. */
public final class JsonCheck {

    private final JsonScanner scanner = new JsonScanner();
    private final boolean binary;

    /** @param binary whether it is for jsonb, which holds characters instead of their escapes */
    public JsonCheck(boolean binary) {
        this.binary = binary;
    }

    /**
     * Where the JSON of a text begins, which is behind a byte order mark.
     *
     * @throws BadRecordException when it is none that the database takes
     */
    public int start(byte[] text, int from, int to) throws BadRecordException {
        scanner.reset(text, from, to);
        int start = scanner.position;
        scanner.skipValue();
        scanner.end();
        int unstorable = binary ? scanner.unstorableFrom(start) : -1;
        if (unstorable >= 0) {
            throw scanner.unstorable(unstorable);
        }
        return start;
    }
}
