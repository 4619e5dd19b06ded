package io.mppconnect.test.jdbc;

import io.mppconnect.test.sql.Settings;
import io.mppconnect.test.sql.SqlStatement.SetSetting;
import io.mppconnect.test.sql.SqlStatement.ShowSetting;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Sets and shows the settings that PostgreSQL lacks. */
final class GreenplumSettings {

    private final Session session;

    GreenplumSettings(Session session) {
        this.session = session;
    }

    @Nullable
    Object set(SetSetting set, Call call) throws SQLException {
        String value = set.value().isEmpty() ? "" : checked(set.name(), set.value());
        return call.on(
                "set " + set.scope() + " " + Settings.custom(set.name()) + " to '" + value.replace("'", "''") + "'");
    }

    /** The value as the database shows it. */
    private String checked(String name, String value) throws SQLException {
        try (PreparedStatement query =
                session.connection().prepareStatement("select pg_catalog.mpp_setting_value(?, ?)")) {
            query.setString(1, name);
            query.setString(2, value);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Nullable
    Object show(ShowSetting show, Call call) throws SQLException {
        return call.on("select pg_catalog.current_setting('" + show.name() + "') as \"" + show.name() + "\"");
    }
}
