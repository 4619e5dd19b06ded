/** Topics of Apache Kafka as sources: {@link io.mppconnect.kafka.KafkaTopic}. */
@NullMarked
package io.mppconnect.kafka;

import org.jspecify.annotations.NullMarked;
