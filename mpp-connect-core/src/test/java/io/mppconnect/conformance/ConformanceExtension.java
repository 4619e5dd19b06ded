package io.mppconnect.conformance;

import io.mppconnect.test.EmbeddedMppCluster;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one database for the whole run, and gives it to every test that asks: {@link Conformance} without its leak check. */
public final class ConformanceExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

    /** What the run keeps until its end. */
    private record Shared(TestDatabase database, AutoCloseable server) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            try (AutoCloseable stopping = server) {
                database.close();
            }
        }
    }

    /** What all tests share is there before the first one looks at what there is. */
    @Override
    public void beforeAll(ExtensionContext context) {
        database(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        database(context).awaitNothingLeft();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return database(context);
    }

    private static TestDatabase database(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ConformanceExtension.class))
                .getOrComputeIfAbsent(Shared.class, key -> start(), Shared.class)
                .database();
    }

    private static Shared start() {
        String url = System.getenv("MPP_CONNECT_TEST_URL");
        if (url != null) {
            String user = System.getenv().getOrDefault("MPP_CONNECT_TEST_USER", "gpadmin");
            return new Shared(new TestDatabase(url, user, false), () -> {});
        }
        EmbeddedMppCluster cluster = EmbeddedMppCluster.builder().segments(4).start();
        return new Shared(new TestDatabase(cluster.jdbcUrl(), cluster.user(), true), cluster);
    }
}
