package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import java.util.List;

/** Reads a record's fields one after the other. What is bad in one of them is told with its name. */
final class AvroRecord implements AvroStep {

    private final List<String> names;
    private AvroStep[] steps = {};

    /** A record whose {@link #steps} come later, for they may lead back to it. */
    AvroRecord(List<String> names) {
        this.names = names;
    }

    /** @param all one for each name */
    void steps(AvroStep[] all) {
        steps = all;
    }

    @Override
    public void run(AvroInput in, FieldValues values) throws BadRecordException, InterruptedException {
        in.enter();
        int next = 0;
        try {
            for (; next < steps.length; next++) {
                steps[next].run(in, values);
            }
        } catch (BadRecordException e) {
            throw e.within(names.get(next));
        }
        in.leave();
    }
}
