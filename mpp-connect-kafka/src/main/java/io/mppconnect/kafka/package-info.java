/**
 * Topics of Apache Kafka: as sources, {@link io.mppconnect.kafka.KafkaTopic}, and as targets,
 * {@link io.mppconnect.kafka.KafkaTarget}.
 */
@NullMarked
package io.mppconnect.kafka;

import org.jspecify.annotations.NullMarked;
