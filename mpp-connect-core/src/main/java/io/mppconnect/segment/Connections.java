package io.mppconnect.segment;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** What is done to connections, always by the I/O thread that each belongs to. */
final class Connections {

    private Connections() {}

    /** The socket under an exchange. */
    static StreamConnection socket(HttpServerExchange exchange) {
        return ((AbstractServerConnection) exchange.getConnection()).getChannel();
    }

    /** Has the connection's thread run the task soon. */
    static void onThread(ServerConnection connection, Runnable task) {
        onThread(connection.getIoThread(), task);
    }

    /** Has the thread run the task soon. */
    static void onThread(XnioIoThread thread, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The server is closing: it has cut every connection itself, so there is none left to work on.
            return;
        }
    }

    /** Has the thread run the task after that time, unless the key is removed before. */
    static XnioExecutor.Key later(XnioIoThread thread, Duration delay, Runnable task) {
        try {
            return thread.executeAfter(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server is closing: no connection lives so long.
            return () -> false;
        }
    }

    /** Closes the connection at once, whatever is still under way. */
    static void cut(ServerConnection connection) {
        if (Thread.currentThread() == connection.getIoThread()) {
            IoUtils.safeClose(connection);
        } else {
            onThread(connection, () -> IoUtils.safeClose(connection));
        }
    }
}
