package io.mppconnect.test.jdbc;

import io.mppconnect.test.sql.SqlProblem;
import io.mppconnect.test.sql.SqlStatement;
import io.mppconnect.test.sql.SqlStatement.ChangeRole;
import io.mppconnect.test.sql.SqlStatement.CreateExternalTable;
import io.mppconnect.test.sql.SqlStatement.CreateTable;
import io.mppconnect.test.sql.SqlStatement.DeclareRetrieveCursor;
import io.mppconnect.test.sql.SqlStatement.DropExternalTable;
import io.mppconnect.test.sql.SqlStatement.Plain;
import io.mppconnect.test.sql.SqlStatement.Query;
import io.mppconnect.test.sql.SqlStatement.Reworded;
import io.mppconnect.test.sql.SqlStatement.SetSetting;
import io.mppconnect.test.sql.SqlStatement.ShowSetting;
import io.mppconnect.test.sql.SqlStatement.TableCommand;
import io.mppconnect.test.sql.SqlStatement.TruncateErrorLog;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one session: those that PostgreSQL understands as they are, the others in its words. */
final class Interpreter {

    private final Session session;
    private final ExternalTables externalTables;
    private final GreenplumTables tables;
    private final GreenplumSettings settings;
    private final RetrieveCursors cursors;
    private volatile @Nullable Operation running;

    Interpreter(Session session) {
        this.session = session;
        this.externalTables = new ExternalTables(session);
        this.tables = new GreenplumTables(session);
        this.settings = new GreenplumSettings(session);
        this.cursors = new RetrieveCursors(session);
    }

    /** Whether a statement is one that PostgreSQL runs as it is. */
    boolean isPlain(String sql) throws SQLException {
        List<SqlStatement> statements = parse(sql);
        return statements.size() == 1 && statements.get(0) instanceof Plain;
    }

    private List<SqlStatement> parse(String sql) throws SQLException {
        try {
            return session.cluster().parser().parse(sql);
        } catch (SqlProblem problem) {
            throw SqlErrors.error(problem);
        }
    }

    /** Runs an SQL text; what the call gives for its last statement. */
    @Nullable
    Object run(String sql, Target target, Call call) throws SQLException {
        session.countCommand();
        List<SqlStatement> statements;
        try {
            statements = parse(sql);
        } catch (SQLException e) {
            return session.inTransaction(new Operation(session.connection(), 0), () -> {
                throw e;
            });
        }
        if (statements.size() == 1 && statements.get(0) instanceof Plain plain) {
            return call.on(plain.sql());
        }
        if (statements.size() == 1 && statements.get(0) instanceof Reworded reworded) {
            return call.on(reworded.sql());
        }
        Operation operation = new Operation(session.connection(), target.timeoutSeconds());
        running = operation;
        try {
            return session.inTransaction(operation, () -> all(statements, operation, target, call));
        } finally {
            operation.finish();
            running = null;
        }
    }

    private @Nullable Object all(List<SqlStatement> statements, Operation operation, Target target, Call call)
            throws SQLException {
        Call silent = sql -> {
            session.execute(sql);
            return null;
        };
        for (SqlStatement statement : statements.subList(0, statements.size() - 1)) {
            one(statement, operation, target, silent);
        }
        return one(statements.get(statements.size() - 1), operation, target, call);
    }

    private @Nullable Object one(SqlStatement statement, Operation operation, Target target, Call call)
            throws SQLException {
        if (statement instanceof Query query) {
            return new QueryRun(session, operation, target).run(query, call);
        } else if (statement instanceof CreateExternalTable create) {
            return externalTables.create(create.table(), call);
        } else if (statement instanceof DropExternalTable drop) {
            return externalTables.drop(drop, call);
        } else if (statement instanceof Reworded reworded) {
            return call.on(reworded.sql());
        } else if (statement instanceof TableCommand command) {
            externalTables.refuse(command);
            return call.on(command.sql());
        } else if (statement instanceof CreateTable create) {
            return tables.create(create.definition(), sql -> withoutExternals(sql, operation, target, call));
        } else if (statement instanceof ChangeRole role) {
            return tables.changeRole(role.change(), call);
        } else if (statement instanceof TruncateErrorLog truncate) {
            externalTables.truncateErrorLog(truncate.table());
            return call.on(truncate.sql());
        } else if (statement instanceof SetSetting set) {
            return settings.set(set, call);
        } else if (statement instanceof DeclareRetrieveCursor cursor) {
            return cursors.declare(cursor, call);
        } else if (statement instanceof ShowSetting show) {
            return settings.show(show, call);
        }
        return call.on(((Plain) statement).sql());
    }

    /** Runs a CREATE TABLE AS whose query may read external tables. */
    private @Nullable Object withoutExternals(String sql, Operation operation, Target target, Call call)
            throws SQLException {
        return parse(sql).get(0) instanceof Query query
                ? new QueryRun(session, operation, target).run(query, call)
                : call.on(sql);
    }

    /** The statement that this session's emulation is busy with, or null. */
    @Nullable
    Operation running() {
        return running;
    }

    Session session() {
        return session;
    }
}
