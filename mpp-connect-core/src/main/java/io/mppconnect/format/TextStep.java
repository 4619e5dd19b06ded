package io.mppconnect.format;

/** Adds a value, which is in the text form that the database writes, to a record. */
interface TextStep {

    void add(byte[] text, int from, int to, Scratch record) throws BadRecordException;
}
