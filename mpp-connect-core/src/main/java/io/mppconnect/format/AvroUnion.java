package io.mppconnect.format;

/** Reads which of its types a value has, and then the value. */
record AvroUnion(AvroStep[] branches) implements AvroStep {

    @Override
    public void run(AvroInput in, FieldValues values) throws BadRecordException, InterruptedException {
        branches[in.readIndex(branches.length)].run(in, values);
    }
}
