package io.mppconnect.test.jdbc;

/** A moment in the life of a statement about external tables. */
public enum KillPoint {
    BEFORE_DATA,
    WHILE_DATA_MOVES,
    AFTER_DATA,
    BEFORE_COMMIT
}
