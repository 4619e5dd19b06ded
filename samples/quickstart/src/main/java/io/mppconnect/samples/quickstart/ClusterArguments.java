package io.mppconnect.samples.quickstart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments that say which cluster to use. */
final class ClusterArguments {

    private static final int USUAL_SEGMENTS = 4;
    private static final int MOST_SEGMENTS = 256;

    @Option(
            names = "--url",
            paramLabel = "JDBC_URL",
            description = "A real cluster, such as jdbc:postgresql://host:5432/db")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who to connect as. Default: the system's user")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            interactive = true,
            description = "Without a value it is asked for. Default: the environment's PGPASSWORD")
    private @Nullable String password;

    @Option(
            names = "--segments",
            paramLabel = "NUMBER",
            description = "How many segments the embedded cluster has. Default: " + USUAL_SEGMENTS)
    private @Nullable Integer segments;

    boolean embedded() {
        return url == null;
    }

    /** What is wrong with the arguments, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (url == null && (user != null || password != null)) {
            problems.add("--user and --password are of a real cluster; name it with --url");
        }
        if (url != null && segments != null) {
            problems.add("--segments is of the embedded cluster; leave it out with --url");
        }
        if (segments != null && (segments < 1 || segments > MOST_SEGMENTS)) {
            problems.add("--segments must be from 1 to " + MOST_SEGMENTS + ", not " + segments);
        }
        return problems;
    }

    /** Starts the embedded cluster, or connects to the real one. */
    DemoCluster connect() {
        if (url == null) {
            return DemoCluster.embedded(segments == null ? USUAL_SEGMENTS : segments);
        }
        return DemoCluster.at(
                url,
                user == null ? System.getProperty("user.name") : user,
                password == null ? System.getenv().getOrDefault("PGPASSWORD", "") : password);
    }
}
