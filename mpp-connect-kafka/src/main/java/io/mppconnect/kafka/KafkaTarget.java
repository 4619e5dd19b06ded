package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.RecordEncoding;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Apache Kafka as a target: each row is a record, all of them in one transaction.
 *
 * <pre>{@code
 * cluster.transfer()
 *         .from(Table.named("public.orders"))
 *         .into(KafkaTarget.topic("orders").bootstrap("broker:9092").key(asText("o_orderkey")).value(asJson()))
 *         .run();
 * }</pre>
 *
 * <p><b>All or nothing.</b> Readers with {@code isolation.level=read_committed}, as {@link KafkaTopic} is, see all rows when
 * the transfer has succeeded, and none of one that failed or was cancelled. Others see records as they come, those of
 * aborted transactions too. Rows are on the brokers before the database statement commits, and the transaction commits
 * after it. From then on nothing cancels the transfer: while brokers do not answer it asks them again, for as long as a
 * transaction may take, and then ends with {@link ErrorCode#OUTCOME_UNKNOWN}. So it does when somebody else has ended the
 * transaction just then.
 *
 * <p><b>Time.</b> Brokers abort a transaction that takes longer than the property {@code transaction.timeout.ms}, and the
 * transfer fails then. It is 15 minutes here, the most that brokers allow by default; for more, raise their
 * {@code transaction.max.timeout.ms} and then the property. While the transaction is open, those who read committed records
 * get nothing that comes after its first one. A JVM that crashes leaves it open for as long as that time.
 *
 * <p><b>Rejected rows.</b> As the target of a load's rejected rows it has one transaction for the whole load. That is for
 * loads that commit once. One that commits many times publishes them when it ends; a stream holds readers of the topic up
 * until then, and after {@code transaction.timeout.ms} its rejected rows are lost and it fails. Streams of topics send such
 * records to {@link KafkaTopic#deadLetters} instead, others write them into a table or a file.
 *
 * <p><b>Transactional id.</b> Each run has one of its own, {@code mpp-connect-} and a random part. Set the property
 * {@code transactional.id} where users may write by certain ids alone, or to have the next run abort at once what a crashed
 * one has left; then of two runs at the same time the earlier one fails.
 *
 * <p><b>Order and partitions.</b> Kafka's partitioner decides, by the key unless it is null. Rows of one segment are appended
 * to a partition in the order in which they come; those of several segments are mixed, whatever the query's ORDER BY. So the
 * records of a key are in the order of its rows only where one segment has them all and its part of the query has an order.
 *
 * <p><b>Backpressure.</b> While brokers are slower than the database, segments wait. Unsent records take no more than the
 * property {@code buffer.memory}; one for which there is no room within {@code max.block.ms} ends the transfer.
 *
 * <p>The topic must exist. Immutable; each method returns a changed copy.
 */
public final class KafkaTarget implements Target {

    private final String topic;
    private final ProducerSettings settings;
    private final @Nullable RecordEncoding key;
    private final @Nullable RecordEncoding value;
    private final @Nullable String tombstone;

    private KafkaTarget(
            String topic,
            ProducerSettings settings,
            @Nullable RecordEncoding key,
            @Nullable RecordEncoding value,
            @Nullable String tombstone) {
        this.topic = topic;
        this.settings = settings;
        this.key = key;
        this.value = value;
        this.tombstone = tombstone;
    }

    /** The topic of this name. */
    public static KafkaTarget topic(String name) {
        return new KafkaTarget(name, ProducerSettings.NONE, null, null, null);
    }

    /**
     * Names brokers to ask for all others; required.
     *
     * @param servers {@code host:port}, separated by commas
     */
    public KafkaTarget bootstrap(String servers) {
        return new KafkaTarget(topic, settings.bootstrap(servers), key, value, tombstone);
    }

    /**
     * Sets a property of the producer, and of the admin client where it has it, as Kafka's documentation names them: SASL,
     * TLS, Kerberos, compression, timeouts. It is passed on untouched and shown nowhere.
     *
     * @throws MppConnectException for what is the target's to decide: brokers and serializers
     */
    public KafkaTarget property(String name, Object value) {
        return properties(Map.of(name, value));
    }

    /** As {@link #property}, several. */
    public KafkaTarget properties(Map<String, ?> properties) {
        return new KafkaTarget(topic, settings.properties(properties), key, value, tombstone);
    }

    /** How a row becomes the value of its record; required. Where it gives none, the record is a tombstone. */
    public KafkaTarget value(RecordEncoding encoding) {
        return new KafkaTarget(topic, settings, key, encoding, tombstone);
    }

    /** How a row becomes the key of its record, which chooses the partition; there are no keys by default. */
    public KafkaTarget key(RecordEncoding encoding) {
        return new KafkaTarget(topic, settings, encoding, value, tombstone);
    }

    /**
     * Makes tombstones, which have no value, of the rows where a boolean column is true. It is a column of the value's
     * format as all others are, unless that names its columns.
     */
    public KafkaTarget tombstoneWhen(String column) {
        return new KafkaTarget(topic, settings, key, value, column);
    }

    @Override
    public String name() {
        return "topic " + topic;
    }

    @Override
    public TargetWrite open(UnloadContext context) throws Exception {
        RecordEncoding values = value;
        if (values == null) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write " + name() + ": nobody says what its values are; set value(...)");
        }
        settings.check(name());
        RecordLayout layout = RecordLayout.of(name(), key, values, tombstone, context.columns());
        TopicCheck.requireWritable(topic, settings.admin(), settings.toString());
        RecordLayout.Opened opened = layout.open();
        TopicTransaction transaction = new TopicTransaction(topic, settings);
        try {
            transaction.begin();
            return new TopicWrite(transaction, opened, context.columns());
        } catch (Throwable failure) {
            try (transaction) {
                throw failure;
            }
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
