package io.mppconnect.test;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a test can leave behind, as it is at one moment.
 *
 * @param threads how many threads of each name run
 * @param others all else: a description by an identity
 */
record Inventory(Map<String, Integer> threads, Map<String, String> others) {

    private static final String FILE_PREFIX = "mpp-connect";

    /** Threads that are started once, by whoever comes first, and stay. */
    private static final Pattern SHARED_THREAD = Pattern.compile("Attach Listener|Signal Dispatcher|Finalizer"
            + "|Reference Handler|Common-Cleaner|Cleaner-\\d+|Notification Thread|process reaper.*|Keep-Alive-Timer"
            + "|ForkJoinPool\\.commonPool-.*|CompletableFutureDelayScheduler|JNA Cleaner"
            + "|PostgreSQL-JDBC-.*|junit-.*|surefire-.*|awaitility-.*");

    static Inventory take() throws IOException, SQLException {
        Map<String, Integer> threads = new HashMap<>();
        for (Thread thread : liveThreads()) {
            threads.merge(thread.getName(), 1, Integer::sum);
        }
        Map<String, String> others = new LinkedHashMap<>();
        ProcessSockets.list().forEach(socket -> others.put("socket " + socket.inode(), socket.toString()));
        files(others);
        for (EmbeddedMppCluster cluster : EmbeddedMppCluster.running()) {
            others.put("cluster " + cluster.port(), cluster.toString());
            cluster.administration()
                    .externalTables()
                    .forEach((id, name) -> others.put(
                            "table " + cluster.port() + " " + id, "external table " + name + " of " + cluster));
            cluster.administration()
                    .sessions(EmbeddedMppCluster.APPLICATION)
                    .forEach((process, session) -> others.put(
                            "session " + cluster.port() + " " + process, "session " + session + " of " + cluster));
        }
        return new Inventory(threads, others);
    }

    private static Set<Thread> liveThreads() {
        return Thread.getAllStackTraces().keySet();
    }

    private static void files(Map<String, String> others) throws IOException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FILE_PREFIX + "*")) {
            files.forEach(file -> others.put("file " + file, "file " + file));
        }
    }

    /** Descriptions of what is in this inventory and not in an earlier one. */
    List<String> without(Inventory earlier) {
        List<String> fresh = new ArrayList<>();
        threads.forEach((name, count) -> {
            boolean more = count > earlier.threads.getOrDefault(name, 0);
            if (more && !SHARED_THREAD.matcher(name).matches()) {
                fresh.add("thread " + name + describe(name));
            }
        });
        others.forEach((identity, description) -> {
            if (!earlier.others.containsKey(identity)) {
                fresh.add(description);
            }
        });
        return fresh;
    }

    /** Where a thread of that name is, if it is still there. */
    private static String describe(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(name) && entry.getValue().length > 0)
                .map(entry -> (entry.getKey().isDaemon() ? " (daemon), at " : ", at ") + entry.getValue()[0])
                .findFirst()
                .orElse("");
    }
}
