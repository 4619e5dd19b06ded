package io.mppconnect.format;

/** A decoder whose fields another one may look at, and write in an order of its own. */
interface ValueDecoder extends RecordDecoder {

    FieldValues values();
}
