package io.mppconnect.benchmark;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments that say which database to use. */
final class DatabaseArguments {

    @Option(
            names = "--url",
            paramLabel = "JDBC_URL",
            description = "A real cluster, such as jdbc:postgresql://host:5432/db. Default: an embedded one")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who to connect as. Default: gpadmin")
    private String user = "gpadmin";

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
            description = "How many segments the embedded cluster has. Default: ${DEFAULT-VALUE}")
    private int segments = 4;

    TestDatabase open() {
        if (url == null) {
            return TestDatabase.embedded(segments);
        }
        String secret = password == null ? System.getenv().getOrDefault("PGPASSWORD", "") : password;
        return TestDatabase.at(url, user, secret);
    }
}
