package io.mppconnect.transfer.session;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings that last from transaction to transaction, and what they were before. Used by the session's own thread. */
final class PinnedSettings {

    private final Session session;
    private final Map<String, String> former = new LinkedHashMap<>();
    private Map<String, String> pinned = Map.of();

    PinnedSettings(Session session) {
        this.session = session;
    }

    /** Sets them, now and whenever they are set anew. */
    void pin(Map<String, String> settings) throws SQLException {
        pinned = Map.copyOf(settings);
        hold(settings);
    }

    /** Sets anew what is pinned. */
    void pinAgain() throws SQLException {
        session.set(pinned, false);
    }

    /** Sets them once. */
    void hold(Map<String, String> settings) throws SQLException {
        remember(settings.keySet());
        session.set(settings, false);
    }

    /** Sets all of them to what they were. */
    void restore() throws SQLException {
        session.set(former, false);
    }

    private void remember(Set<String> names) throws SQLException {
        List<String> asked = List.copyOf(names);
        String values = String.join(
                ", ",
                asked.stream().map(name -> "pg_catalog.current_setting(?)").toList());
        try (PreparedStatement statement = session.connection().prepareStatement("SELECT " + values)) {
            for (int i = 0; i < asked.size(); i++) {
                statement.setString(i + 1, asked.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < asked.size(); i++) {
                    former.putIfAbsent(asked.get(i), row.getString(i + 1));
                }
            }
        }
    }
}
