package io.mppconnect.transfer.plan;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has the database parse the user's SQL before a row moves, piece by piece, to say which one is wrong. */
public final class ExpressionCheck {

    private final Session session;
    private final TableName table;
    private final List<String> problems = new ArrayList<>();

    public ExpressionCheck(Session session, TableName table) {
        this.session = session;
        this.table = table;
    }

    /**
     * Checks all that is said over the source's fields.
     *
     * @param from the relation that has them
     */
    public static void run(Session session, LoadPlan plan, ExternalTable from) throws SQLException {
        for (TargetPlan target : plan.targets()) {
            new ExpressionCheck(session, target.target().info().name()).overFields(target, from.sqlName());
        }
    }

    private void overFields(TargetPlan target, String from) throws SQLException {
        WriteMode mode = target.target().mode();
        for (Map.Entry<String, String> computed :
                target.target().table().computed().entrySet()) {
            query(
                    "the expression for column " + computed.getKey(),
                    "SELECT " + TargetPlan.enclosed(computed.getValue()) + " FROM " + from);
        }
        if (target.filter().isPresent()) {
            query(
                    "filter(...)",
                    "SELECT 1 FROM " + from + " WHERE " + target.filter().get());
        }
        if (mode.deletion().isPresent()) {
            query(
                    "deleteWhen(...)",
                    "SELECT 1 FROM " + from + " WHERE "
                            + TargetPlan.enclosed(mode.deletion().get()));
        }
        for (String field : mode.order()) {
            query("latestBy(...)", "SELECT 1 FROM " + from + " ORDER BY " + TableName.quoted(field));
        }
        refuse();
    }

    /**
     * Has one query parsed.
     *
     * @param what the query stands for, in the user's words
     */
    public void query(String what, String sql) throws SQLException {
        session.refusal(sql).ifPresent(said -> problems.add(what + " is not valid: " + said));
    }

    /**
     * Ends the check.
     *
     * @throws MppConnectException with every problem found
     */
    public void refuse() {
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot load into " + table + ": " + String.join("; ", problems));
        }
    }
}
