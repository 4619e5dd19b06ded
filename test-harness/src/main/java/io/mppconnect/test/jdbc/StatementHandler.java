package io.mppconnect.test.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands before PostgreSQL's statement. A prepared statement that runs with other SQL than it was made with runs as one
 * made for that SQL, with the same parameters; results are then those of that one.
 */
final class StatementHandler implements InvocationHandler, Target {

    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);

    private final Connection proxy;
    private final Interpreter interpreter;
    private final Factory factory;
    private final @Nullable String preparedSql;
    private final Statement original;
    private final Map<String, Setter> setters = new LinkedHashMap<>();
    private final List<String> batch = new ArrayList<>();
    private Statement current;
    private @Nullable SQLWarning warning;

    /** Makes PostgreSQL's statement; the SQL counts for prepared ones. */
    interface Factory {
        Statement make(String sql) throws SQLException;
    }

    /** A call that describes how the statement is to run. */
    private record Setter(Method method, List<@Nullable Object> arguments) {}

    StatementHandler(Connection proxy, Interpreter interpreter, Factory factory, @Nullable String preparedSql)
            throws SQLException {
        this.proxy = proxy;
        this.interpreter = interpreter;
        this.factory = factory;
        this.preparedSql = preparedSql;
        this.original = factory.make(preparedSql == null ? "" : preparedSql);
        this.current = original;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] given)
            throws SQLException {
        @Nullable Object[] arguments = given == null ? new Object[0] : given;
        boolean takesSql = arguments.length > 0 && arguments[0] instanceof String && preparedSql == null;
        return switch (method.getName()) {
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> execute(method, arguments);
            case "addBatch" -> {
                if (takesSql) {
                    batch.add((String) Objects.requireNonNull(arguments[0]));
                }
                yield Delegation.call(original, method, arguments);
            }
            case "clearBatch" -> {
                batch.clear();
                yield Delegation.call(original, method, arguments);
            }
            case "executeBatch", "executeLargeBatch" -> executeBatch(method);
            case "cancel" -> {
                cancel();
                yield null;
            }
            case "close" -> {
                close();
                yield null;
            }
            case "getConnection" -> proxy;
            case "getWarnings" -> warnings();
            case "clearWarnings" -> {
                warning = null;
                yield Delegation.call(current, method, arguments);
            }
            case "unwrap" -> Delegation.unwrap(self, current, (Class<?>) Objects.requireNonNull(arguments[0]));
            case "isWrapperFor" -> Delegation.isWrapper(self, current, (Class<?>) Objects.requireNonNull(arguments[0]));
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> String.valueOf(current);
            default -> other(method, arguments);
        };
    }

    private @Nullable Object other(Method method, @Nullable Object[] arguments) throws SQLException {
        String name = method.getName();
        if (name.equals("clearParameters")) {
            setters.values().removeIf(setter -> setter.arguments().size() > 1);
            return Delegation.call(original, method, arguments);
        }
        if (name.startsWith("set") || name.startsWith("registerOut")) {
            boolean parameter = arguments.length > 1;
            setters.put(parameter ? String.valueOf(arguments[0]) : name, new Setter(method, Arrays.asList(arguments)));
            return Delegation.call(original, method, arguments);
        }
        return Delegation.call(current, method, arguments);
    }

    private @Nullable Object execute(Method method, @Nullable Object[] arguments) throws SQLException {
        warning = null;
        String sql = preparedSql != null ? preparedSql : String.valueOf(arguments[0]);
        return interpreter.run(sql, this, plain -> {
            if (preparedSql == null) {
                @Nullable Object[] changed = arguments.clone();
                changed[0] = plain;
                return Delegation.call(original, method, changed);
            }
            use(plain.equals(preparedSql) ? original : madeFor(plain));
            return Delegation.call(current, method, arguments);
        });
    }

    private Statement madeFor(String sql) throws SQLException {
        Statement statement = factory.make(sql);
        for (Setter setter : setters.values()) {
            Delegation.call(statement, setter.method(), setter.arguments().toArray());
        }
        return statement;
    }

    private void use(Statement statement) throws SQLException {
        if (current != original) {
            current.close();
        }
        current = statement;
    }

    /** A batch is PostgreSQL's own affair, unless one of its statements is not. */
    private @Nullable Object executeBatch(Method method) throws SQLException {
        boolean plain = preparedSql == null || interpreter.isPlain(preparedSql);
        for (String sql : batch) {
            plain &= interpreter.isPlain(sql);
        }
        if (plain) {
            batch.clear();
            return Delegation.call(original, method);
        }
        if (preparedSql != null) {
            throw SqlErrors.notEmulated("a batch of a prepared statement about external tables");
        }
        List<String> statements = List.copyOf(batch);
        batch.clear();
        original.clearBatch();
        long[] counts = oneByOne(statements);
        if (method.getName().equals("executeLargeBatch")) {
            return counts;
        }
        int[] small = new int[counts.length];
        for (int i = 0; i < small.length; i++) {
            small[i] = (int) counts[i];
        }
        return small;
    }

    private long[] oneByOne(List<String> statements) throws SQLException {
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            int index = i;
            try {
                interpreter.run(statements.get(i), this, sql -> counts[index] = original.executeLargeUpdate(sql));
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        e.getMessage(), e.getSQLState(), e.getErrorCode(), Arrays.copyOf(counts, i), e);
            }
        }
        return counts;
    }

    private void cancel() throws SQLException {
        Operation running = interpreter.running();
        if (running == null) {
            current.cancel();
        } else {
            running.cancel(CANCEL_PATIENCE);
        }
    }

    private void close() throws SQLException {
        use(original);
        original.close();
    }

    private @Nullable SQLWarning warnings() throws SQLException {
        SQLWarning others = current.getWarnings();
        SQLWarning own = warning;
        if (own == null) {
            return others;
        }
        if (others != null && others != own && own.getNextWarning() == null) {
            own.setNextWarning(others);
        }
        return own;
    }

    @Override
    public int timeoutSeconds() {
        try {
            return original.getQueryTimeout();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the query timeout of a statement", e);
        }
    }

    @Override
    public boolean readsLater() {
        try {
            return original.getFetchSize() > 0 && !original.getConnection().getAutoCommit();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the fetch size of a statement", e);
        }
    }

    @Override
    public void warn(SQLWarning added) {
        warning = added;
    }
}
