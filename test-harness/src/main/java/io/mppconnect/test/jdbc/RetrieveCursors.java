package io.mppconnect.test.jdbc;

import io.mppconnect.test.endpoint.EndpointRows;
import io.mppconnect.test.segment.FloatText;
import io.mppconnect.test.sql.SqlStatement.DeclareRetrieveCursor;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private List<Optional<FloatText>> floats(ResultSetMetaData columns) throws SQLException {
        List<Long> types = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.add((long) session.connection().getTypeInfo().getPGType(columns.getColumnTypeName(i)));
        }
        return FloatColumns.ofTypes(session.connection(), types);
    }

    private void deal(DeclareRetrieveCursor cursor, List<EndpointRows> dealt) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("fetch all from " + cursor.name())) {
            int columns = rows.getMetaData().getColumnCount();
            List<Optional<FloatText>> floats = floats(rows.getMetaData());
            for (int next = 0; rows.next(); next = (next + 1) % dealt.size()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    values.add(
                            value == null
                                    ? null
                                    : floats.get(i - 1).map(f -> f.of(value)).orElse(value));
                }
                dealt.get(next).add(values);
            }
        }
    }
}
