package io.mppconnect.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one broker for the whole run, and gives it to every test that asks. The broker starts threads and opens
 * connections whenever it likes, so what tests leave behind is looked for by name.
 */
final class KafkaExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

    private static final Pattern OURS =
            Pattern.compile("mpp-connect-.*-source-.*|mpp-connect-member-of-.*|kafka-admin-client-thread.*"
                    + "|kafka-producer-network-thread.*");

    /** What the run keeps until its end. */
    private record Shared(EmbeddedKafka broker) implements AutoCloseable {
        @Override
        public void close() {
            broker.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        broker(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        await().untilAsserted(() -> assertThat(left()).isEmpty());
    }

    /** Threads, and the clients that the JVM's management knows: each is there from its start to its close. */
    private static Set<String> left() throws MalformedObjectNameException {
        Set<String> left = new TreeSet<>();
        for (String kind : new String[] {"kafka.consumer", "kafka.producer", "kafka.admin.client"}) {
            ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName(kind + ":type=app-info,*"), null)
                    .forEach(name -> left.add(name.toString()));
        }
        left.addAll(Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> OURS.matcher(name).matches())
                .collect(Collectors.toSet()));
        return left;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestTopics.class || type == EmbeddedKafka.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedKafka.class ? broker(context) : topics(context);
    }

    private static TestTopics topics(ExtensionContext context) {
        return new TestTopics(broker(context).bootstrap());
    }

    private static EmbeddedKafka broker(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KafkaExtension.class))
                .getOrComputeIfAbsent(Shared.class, key -> new Shared(EmbeddedKafka.started()), Shared.class)
                .broker();
    }
}
