package io.mppconnect.format.protobuf;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;

/**
 * Reads what is at the input's position, which is one value of a field, or the inside of a message up to the input's limit,
 * and does something with it, such as keeping it as a field of the row.
 */
interface ProtobufStep {

    void run(ProtobufInput in, FieldValues values) throws BadRecordException, InterruptedException;
}
