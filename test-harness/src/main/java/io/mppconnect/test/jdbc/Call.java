package io.mppconnect.test.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The application's call of an execute method, to be made with SQL that PostgreSQL understands. */
interface Call {

    @Nullable
    Object on(String sql) throws SQLException;
}
