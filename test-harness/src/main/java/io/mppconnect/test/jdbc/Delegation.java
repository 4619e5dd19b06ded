package io.mppconnect.test.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** Calls of JDBC's own methods on the objects behind the proxies. */
final class Delegation {

    private Delegation() {}

    /** Calls a method; what it throws is thrown as it is. */
    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable ... arguments)
            throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SQLException problem) {
                throw problem;
            }
            if (cause instanceof RuntimeException problem) {
                throw problem;
            }
            if (cause instanceof Error problem) {
                throw problem;
            }
            throw new IllegalStateException("Cannot call " + method, cause);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot call " + method, e);
        }
    }

    /** Unwraps a proxy: itself when it is what is asked for, or else PostgreSQL's own object. */
    static @Nullable Object unwrap(Object proxy, Wrapper target, Class<?> type) throws SQLException {
        return type.isInstance(proxy) ? proxy : target.unwrap(type);
    }

    static boolean isWrapper(Object proxy, Wrapper target, Class<?> type) throws SQLException {
        return type.isInstance(proxy) || target.isWrapperFor(type);
    }
}
