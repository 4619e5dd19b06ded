package io.mppconnect.test.jdbc;

import java.sql.SQLWarning;

/** The statement on whose behalf something runs. */
interface Target {

    /** The seconds it may take; 0 for any time. */
    int timeoutSeconds();

    /** Whether its result may still be read from the server when the call has returned. */
    boolean readsLater();

    void warn(SQLWarning warning);
}
