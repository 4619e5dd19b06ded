package io.mppconnect.kafka;

import io.mppconnect.conformance.Conformance;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with the conformance suite's database and a broker, the same ones for all tests: as {@link TestTopics}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KafkaExtension.class)
@Conformance
@interface WithKafka {}
