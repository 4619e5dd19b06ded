package io.mppconnect.kafka;

import io.mppconnect.conformance.ConformanceExtension;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with the conformance suite's database, embedded or real, and a broker, the same for all tests: as a {@code
 * TestDatabase}, as {@link TestTopics} and as an {@link EmbeddedKafka} that goes on running. It fails
 * when a client of Kafka, or a thread that reads, is still there after it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ConformanceExtension.class, KafkaExtension.class})
@interface WithKafka {}
