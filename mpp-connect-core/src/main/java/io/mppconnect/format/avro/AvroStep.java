package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;

/** Reads one value and does something with it, such as keeping it as a field, or nothing. */
interface AvroStep {

    void run(AvroInput in, FieldValues values) throws BadRecordException, InterruptedException;
}
