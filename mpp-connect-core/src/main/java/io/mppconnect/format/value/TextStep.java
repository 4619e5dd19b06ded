package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;

/** Adds a value, which is in the text form that the database writes, to a record. */
public interface TextStep {

    void add(byte[] text, int from, int to, Scratch record) throws BadRecordException;
}
