package io.mppconnect.format.protobuf;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;

/** Does something with a whole field of a message: all values that were found for it. */
interface ProtobufMember {

    /** Of a field that only keeps others of its oneof from counting. */
    ProtobufMember NOTHING = (in, first, values) -> {};

    /**
     * Takes the values of the field.
     *
     * @param first what {@link ProtobufNotes} tell of the first value; {@link ProtobufNotes#NONE} when there is none
     */
    void take(ProtobufInput in, int first, FieldValues values) throws BadRecordException, InterruptedException;
}
