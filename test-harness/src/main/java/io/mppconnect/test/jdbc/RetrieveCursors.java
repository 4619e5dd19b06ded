package io.mppconnect.test.jdbc;

import io.mppconnect.test.endpoint.EndpointRows;
import io.mppconnect.test.sql.SqlStatement.DeclareRetrieveCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Declares parallel retrieve cursors: cursors of PostgreSQL whose rows are dealt to all segments' endpoints at once, where
 * the real ones are filled while they are fetched.
 */
final class RetrieveCursors {

    private final Session session;

    RetrieveCursors(Session session) {
        this.session = session;
    }

    @Nullable
    Object declare(DeclareRetrieveCursor cursor, Call call) throws SQLException {
        Object result = call.on("declare " + cursor.name() + " no scroll cursor for " + cursor.query());
        String endpoint =
                cursor.name().replace("\"", "") + "_" + session.connection().getBackendPID();
        List<EndpointRows> dealt = new ArrayList<>();
        for (int i = 0; i < session.segments().size(); i++) {
            dealt.add(new EndpointRows(session.user(), endpoint));
        }
        deal(cursor, dealt);
        for (int i = 0; i < dealt.size(); i++) {
            String token = UUID.randomUUID().toString().replace("-", "");
            session.cluster().endpoints().offer(token, dealt.get(i));
            session.cluster()
                    .administration()
                    .addEndpoint(new Administration.Endpoint(
                            session.connection().getBackendPID(),
                            cursor.name().replace("\"", ""),
                            i,
                            endpoint,
                            session.cluster().endpoints().port(),
                            session.user(),
                            token));
        }
        return result;
    }

    private void deal(DeclareRetrieveCursor cursor, List<EndpointRows> dealt) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("fetch all from " + cursor.name())) {
            int columns = rows.getMetaData().getColumnCount();
            for (int next = 0; rows.next(); next = (next + 1) % dealt.size()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(rows.getString(i));
                }
                dealt.get(next).add(values);
            }
        }
    }
}
