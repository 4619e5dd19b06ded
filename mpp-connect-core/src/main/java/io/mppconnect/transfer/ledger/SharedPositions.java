package io.mppconnect.transfer.ledger;

import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves positions of a job that several run at once: each only from where the runner has read on, so that of two who have
 * read the same rows one commits. The ledger's row is theirs already when this begins, which keeps them in line.
 */
final class SharedPositions {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SERIALIZATION_FAILURE = "40001";

    private final LedgerTables tables;

    SharedPositions(LedgerTables tables) {
        this.tables = tables;
    }

    /** @throws SQLException as a serialisation failure when another one has moved them: go on from the new ones */
    void move(Session session, Claim claim, Positions changed) throws SQLException {
        List<String> parts = new ArrayList<>();
        List<String> before = new ArrayList<>();
        List<String> places = new ArrayList<>();
        Map<String, String> fresh = new LinkedHashMap<>();
        for (Map.Entry<String, String> place : changed.asMap().entrySet()) {
            String known = claim.positions().place(place.getKey()).orElse(null);
            if (known == null) {
                fresh.put(place.getKey(), place.getValue());
            } else {
                parts.add(place.getKey());
                before.add(known);
                places.add(place.getValue());
            }
        }
        if (!fresh.isEmpty()) {
            insert(session, claim, fresh);
        }
        if (!parts.isEmpty() && update(session, claim, parts, before, places) != parts.size()) {
            throw moved(claim, null);
        }
    }

    private void insert(Session session, Claim claim, Map<String, String> fresh) throws SQLException {
        try {
            session.update(NewPlaces.sql(tables), NewPlaces.values(session.connection(), claim.job(), fresh));
        } catch (SQLException e) {
            throw UNIQUE_VIOLATION.equals(e.getSQLState()) ? moved(claim, e) : e;
        }
    }

    private long update(Session session, Claim claim, List<String> parts, List<String> before, List<String> places)
            throws SQLException {
        Connection connection = session.connection();
        return session.update(
                "UPDATE " + tables.positions()
                        + " AS p SET place = n.place FROM (SELECT pg_catalog.unnest(?::text[]) AS part,"
                        + " pg_catalog.unnest(?::text[]) AS before, pg_catalog.unnest(?::text[]) AS place) AS n"
                        + " WHERE p.job = ? AND p.part = n.part AND p.place = n.before",
                List.of(
                        connection.createArrayOf("text", parts.toArray()),
                        connection.createArrayOf("text", before.toArray()),
                        connection.createArrayOf("text", places.toArray()),
                        claim.job()));
    }

    private static SQLException moved(Claim claim, @Nullable SQLException cause) {
        return new SQLException(
                "another runner of job " + claim.job() + " has read the same part of its source and committed first",
                SERIALIZATION_FAILURE,
                cause);
    }
}
