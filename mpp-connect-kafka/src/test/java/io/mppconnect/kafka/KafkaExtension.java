package io.mppconnect.kafka;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one broker for the whole run, and gives it to every test that asks. */
final class KafkaExtension implements BeforeAllCallback, ParameterResolver {

    /** What the run keeps until its end. */
    private record Shared(EmbeddedKafka broker) implements AutoCloseable {
        @Override
        public void close() {
            broker.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        topics(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestTopics.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return topics(context);
    }

    private static TestTopics topics(ExtensionContext context) {
        Shared shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KafkaExtension.class))
                .getOrComputeIfAbsent(Shared.class, key -> start(), Shared.class);
        return new TestTopics(shared.broker().bootstrap());
    }

    /** What a broker starts with the first transaction is there before the first test looks at what there is. */
    private static Shared start() {
        EmbeddedKafka broker = EmbeddedKafka.started();
        TestTopics topics = new TestTopics(broker.bootstrap());
        topics.inTransaction(topics.create(1), "first");
        return new Shared(broker);
    }
}
