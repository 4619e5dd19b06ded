package io.mppconnect.test.jdbc;

import io.mppconnect.test.sql.SqlStatement.Query;
import io.mppconnect.test.sql.TableReference;
import io.mppconnect.test.sql.TableReference.Use;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement that names external tables: each place that names one gets a table of its own to stand in for
 * it, filled before the statement runs, or emptied after it.
 */
final class QueryRun {

    private final Session session;
    private final Operation operation;
    private final Target target;
    private final List<StandIn> standIns = new ArrayList<>();
    private int rejected;

    private record StandIn(TableReference reference, ExternalRelation relation, String table) {}

    QueryRun(Session session, Operation operation, Target target) {
        this.session = session;
        this.operation = operation;
        this.target = target;
    }

    @Nullable
    Object run(Query query, Call call) throws SQLException {
        Map<String, Optional<ExternalRelation>> relations = new LinkedHashMap<>();
        for (TableReference reference : query.references()) {
            Optional<ExternalRelation> relation = relations.get(reference.name());
            if (relation == null) {
                relation = ExternalRelation.find(session.connection(), reference.name());
                relations.put(reference.name(), relation);
            }
            if (relation.isPresent()) {
                standIns.add(standIn(reference, relation.get()));
            }
        }
        if (standIns.isEmpty()) {
            return call.on(query.sql());
        }
        StatementSettings settings = StatementSettings.read(session.connection());
        operation.limit(settings.statementTimeout());
        // Outside a transaction block, a statement that changes no table is known by its session and number alone.
        boolean distributed = !session.connection().getAutoCommit() || changesTables(query);
        for (StandIn standIn : standIns) {
            session.execute("create temp table " + standIn.table().replace("pg_temp.", "") + " (like "
                    + standIn.relation().relation() + ") on commit drop");
            if (query.executes() && standIn.reference().use() == Use.READ) {
                rejected += new Load(session, operation, standIn.relation(), settings, query.rowsNeeded())
                        .into(standIn.table(), distributed);
            }
        }
        operation.check();
        Object result = call.on(rewritten(query));
        if (query.executes()) {
            afterwards(settings, distributed);
        }
        dropStandIns(query);
        return result;
    }

    private void afterwards(StatementSettings settings, boolean distributed) throws SQLException {
        for (StandIn standIn : standIns) {
            if (standIn.reference().use() == Use.INSERT) {
                new Unload(session, operation, standIn.relation(), settings).from(standIn.table(), distributed);
            }
        }
        session.killAt(KillPoint.AFTER_DATA);
        Optional<String> failure = session.faults().failureAfterData();
        if (failure.isPresent()) {
            throw SqlErrors.error("XX000", failure.get());
        }
        if (rejected > 0) {
            target.warn(SqlErrors.notice("found " + rejected + " data formatting errors (" + rejected
                    + " or more input rows), rejected related input data"));
        }
    }

    /** Whether tables of the database change, not only external ones. */
    private boolean changesTables(Query query) {
        String start = query.sql().stripLeading().toLowerCase(Locale.ROOT);
        return !start.startsWith("select")
                && standIns.stream().noneMatch(s -> s.reference().use() == Use.INSERT);
    }

    private StandIn standIn(TableReference reference, ExternalRelation relation) throws SQLException {
        switch (reference.use()) {
            case READ -> checkRead(relation);
            case INSERT -> checkInsert(relation);
            case CHANGE ->
                throw SqlErrors.error(
                        "0A000", "cannot update or delete from external relation \"" + relation.name() + "\"");
        }
        return new StandIn(reference, relation, session.nextScanTable());
    }

    private void checkRead(ExternalRelation relation) throws SQLException {
        if (relation.writable()) {
            throw SqlErrors.error(
                    "42809",
                    "cannot read from a WRITABLE external table",
                    null,
                    "Create the table as READABLE instead.",
                    null);
        }
        checkPrivilege(relation, relation.mayRead());
        int locations = relation.locations().size();
        int segments = session.segments().size();
        if (locations > segments) {
            throw SqlErrors.error(
                    "42P16",
                    "there are more external files (URLs) than primary segments that can read them",
                    "Found " + locations + " URLs and " + segments + " primary segments.",
                    null,
                    null);
        }
    }

    private void checkInsert(ExternalRelation relation) throws SQLException {
        if (!relation.writable()) {
            throw SqlErrors.error("42809", "cannot change a readable external table \"" + relation.name() + "\"");
        }
        checkPrivilege(relation, relation.mayInsert());
        if (relation.locations().size() > session.segments().size()) {
            throw SqlErrors.error(
                    "42P16",
                    "external table has more URLs than available primary segments that can write into them"
                            + session.segments().get(0).writingSuffix());
        }
    }

    private static void checkPrivilege(ExternalRelation relation, boolean granted) throws SQLException {
        if (!granted) {
            throw SqlErrors.error("42501", "permission denied for relation " + relation.name());
        }
    }

    private String rewritten(Query query) {
        StringBuilder sql = new StringBuilder();
        int copied = 0;
        for (StandIn standIn : standIns) {
            TableReference reference = standIn.reference();
            sql.append(query.sql(), copied, reference.start()).append(standIn.table());
            if (!reference.aliased() && reference.use() == Use.READ) {
                sql.append(" as \"")
                        .append(reference.table().replace("\"", "\"\""))
                        .append('"');
            }
            copied = reference.end();
        }
        return sql.append(query.sql().substring(copied)).toString();
    }

    private void dropStandIns(Query query) throws SQLException {
        boolean isCursor = query.sql().stripLeading().toLowerCase(Locale.ROOT).startsWith("declare");
        if (isCursor || target.readsLater()) {
            // The transaction's end drops them.
            return;
        }
        for (StandIn standIn : standIns) {
            session.execute("drop table " + standIn.table());
        }
    }
}
