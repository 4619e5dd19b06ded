package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;

/** Reads which of its types a value has, and then the value. */
final class AvroUnion implements AvroStep {

    private final AvroStep[] branches;

    AvroUnion(AvroStep... branches) {
        this.branches = branches;
    }

    @Override
    public void run(AvroInput in, FieldValues values) throws BadRecordException, InterruptedException {
        branches[in.readIndex(branches.length)].run(in, values);
    }
}
