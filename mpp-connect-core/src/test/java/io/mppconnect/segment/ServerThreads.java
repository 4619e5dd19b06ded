package io.mppconnect.segment;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of servers that were not there before; other tests of this JVM may keep servers of their own. */
final class ServerThreads {

    private final Set<Thread> others = all();

    Set<Thread> running() {
        Set<Thread> running = new HashSet<>(all());
        running.removeAll(others);
        return running;
    }

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mpp-connect-server-"))
                .collect(Collectors.toSet());
    }
}
