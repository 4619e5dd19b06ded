package io.mppconnect.test.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands before PostgreSQL's connection: its statements are those of the emulation, all else is left to it. */
final class ConnectionHandler implements InvocationHandler {

    private final Interpreter interpreter;
    private final Connection connection;

    ConnectionHandler(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.connection = interpreter.session().connection();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws SQLException {
        @Nullable Object[] arguments = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "createStatement" ->
                statement(proxy, Statement.class, sql -> (Statement) called(method, arguments), null);
            case "prepareStatement" -> prepared(proxy, PreparedStatement.class, method, arguments);
            case "prepareCall" -> prepared(proxy, CallableStatement.class, method, arguments);
            case "commit" -> {
                interpreter.session().commit(connection::commit);
                yield null;
            }
            case "getMetaData" -> metaData(proxy);
            case "unwrap" -> Delegation.unwrap(proxy, connection, type(arguments));
            case "isWrapperFor" -> Delegation.isWrapper(proxy, connection, type(arguments));
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "embedded " + connection;
            default -> Delegation.call(connection, method, arguments);
        };
    }

    private static Class<?> type(@Nullable Object[] arguments) {
        return (Class<?>) Objects.requireNonNull(arguments[0]);
    }

    private Object called(Method method, @Nullable Object[] arguments) throws SQLException {
        return Objects.requireNonNull(Delegation.call(connection, method, arguments));
    }

    private Object prepared(Object proxy, Class<? extends Statement> type, Method method, @Nullable Object[] given)
            throws SQLException {
        StatementHandler.Factory factory = sql -> {
            @Nullable Object[] arguments = given.clone();
            arguments[0] = sql;
            return (Statement) called(method, arguments);
        };
        return statement(proxy, type, factory, (String) given[0]);
    }

    private Object statement(
            Object proxy, Class<? extends Statement> type, StatementHandler.Factory factory, @Nullable String sql)
            throws SQLException {
        StatementHandler handler = new StatementHandler((Connection) proxy, interpreter, factory, sql);
        return Proxy.newProxyInstance(ConnectionHandler.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private Object metaData(Object proxy) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
            case "getConnection" -> proxy;
            case "getDatabaseProductVersion" -> "9.4.26";
            case "getDatabaseMajorVersion" -> 9;
            case "getDatabaseMinorVersion" -> 4;
            default -> Delegation.call(metaData, method, arguments);
        };
        return Proxy.newProxyInstance(
                ConnectionHandler.class.getClassLoader(), new Class<?>[] {DatabaseMetaData.class}, handler);
    }
}
