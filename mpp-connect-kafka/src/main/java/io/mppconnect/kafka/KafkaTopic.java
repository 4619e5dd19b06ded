package io.mppconnect.kafka;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.spi.JoinedSource;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Topics of Apache Kafka as a source: each record is a row, which holds the fields of its value, of its key, and of what
 * else is known of it.
 *
 * <pre>{@code
 * cluster.transfer()
 *         .from(KafkaTopic.named("orders").bootstrap("broker:9092").value(json()).metadata(Metadata.OFFSET))
 *         .into(Table.named("public.orders"))
 *         .exactlyOnce("orders-job")
 *         .committingEvery(ofMillis(200))
 *         .start();
 * }</pre>
 *
 * <p><b>Offsets.</b> A job ({@code exactlyOnce}) keeps the offset of every partition in the rows' own transaction and goes on
 * from there, with the topic's identity: a topic that was deleted and created again is refused, not read from its start.
 * Partitions without an offset begin at {@link #startingAt}; those that come while a job knows its topic, at their first
 * record. They are looked for all the time. Nothing is committed to a consumer group, unless {@link #reportingTo} or
 * {@link #sharedBy} asks for it; shared without a job, offsets are the group's instead.
 *
 * <p><b>Consumers.</b> Partitions are shared among as many consumers as the transfer has workers, each a thread. Partitions
 * are assigned, not subscribed to: no rebalance takes them away, and {@code max.poll.interval.ms} does not apply, however
 * long a commit takes. While the database is slower than the topic, nothing is polled and nothing is fetched. Several JVMs
 * share a topic by {@link #sharedBy}; then both are otherwise, as told there.
 *
 * <p><b>Changes.</b> A topic that tells how rows change goes into a table with {@code upsertBy}: {@link Metadata#OFFSET} says
 * which of several records of one key is the last, {@link Metadata#TOMBSTONE} which ones delete.
 *
 * <pre>{@code
 * .from(KafkaTopic.named("customers").bootstrap("broker:9092").key(text("id")).value(json())
 *         .metadata(Metadata.OFFSET, Metadata.TOMBSTONE))
 * .into(Table.named("public.customers").columns("id", "name").upsertBy("id").latestBy("offset").deleteWhen("tombstone"))
 * }</pre>
 *
 * <p>It never ends by itself, but for {@link #untilEnd} and {@link #until}. Immutable; each method returns a changed copy.
 */
public final class KafkaTopic implements Source {

    private static final DataSize LEAST_FETCH = DataSize.ofMegabytes(1);

    private final TopicOptions options;

    private KafkaTopic(TopicOptions options) {
        this.options = options;
    }

    private KafkaTopic with(Consumer<TopicOptions> change) {
        return new KafkaTopic(options.with(change));
    }

    /** The topic of this name, and others that are read together with it. */
    public static KafkaTopic named(String topic, String... others) {
        Set<String> names = new TreeSet<>(Arrays.asList(others));
        names.add(topic);
        return of(TopicChoice.of(List.copyOf(names)));
    }

    /** All topics whose whole names match, those too that come later; Kafka's own are not among them. */
    public static KafkaTopic matching(Pattern names) {
        return of(TopicChoice.matching(names));
    }

    private static KafkaTopic of(TopicChoice topics) {
        return new KafkaTopic(new TopicOptions().with(copy -> copy.topics = topics));
    }

    /** Some partitions only, of each topic; new ones are not looked for. All, by default. */
    public KafkaTopic partitions(int... numbers) {
        if (numbers.length == 0 || Arrays.stream(numbers).anyMatch(number -> number < 0)) {
            throw invalid("Invalid partitions: " + Arrays.toString(numbers) + "; name at least one, from 0");
        }
        return with(copy -> copy.topics = copy.topics.partitions(numbers));
    }

    /**
     * Names brokers to ask for all others; required.
     *
     * @param servers {@code host:port}, separated by commas
     */
    public KafkaTopic bootstrap(String servers) {
        return with(copy -> copy.clients = copy.clients.bootstrap(servers));
    }

    /**
     * Sets a property of consumers, and of the other clients where they have it, as Kafka's documentation names them: SASL,
     * TLS, Kerberos, timeouts. It is passed on untouched and shown nowhere. {@code isolation.level} is
     * {@code read_committed} by default.
     *
     * @throws MppConnectException for what is the source's to decide: deserializers, groups, {@code auto.offset.reset},
     *     {@code enable.auto.commit}
     */
    public KafkaTopic property(String name, Object value) {
        return properties(Map.of(name, value));
    }

    /** As {@link #property}, several. */
    public KafkaTopic properties(Map<String, ?> properties) {
        return with(copy -> copy.clients = copy.clients.properties(properties));
    }

    /** How the bytes of a record's value become fields; required. */
    public KafkaTopic value(RecordFormat format) {
        return with(copy -> copy.value = format);
    }

    /** How the bytes of a record's key become fields, which come before those of its value; keys are ignored by default. */
    public KafkaTopic key(RecordFormat format) {
        return with(copy -> copy.key = format);
    }

    /** Adds fields, named as {@link Metadata} says, after those of the value. */
    public KafkaTopic metadata(Metadata... wanted) {
        Map<Metadata, String> fields = new LinkedHashMap<>(options.metadata);
        for (Metadata one : wanted) {
            fields.put(one, one.field());
        }
        return with(copy -> copy.metadata = fields);
    }

    /** Adds a field of this name, after those of the value. */
    public KafkaTopic metadata(Metadata wanted, String field) {
        Map<Metadata, String> fields = new LinkedHashMap<>(options.metadata);
        fields.put(wanted, field);
        return with(copy -> copy.metadata = fields);
    }

    /** Where to begin with partitions whose topic was never read; with the earliest record by default. */
    public KafkaTopic startingAt(Start start) {
        return with(copy -> copy.start = start);
    }

    /**
     * Where to go on with a partition when the broker does not have the offset any more, because records expired or were
     * truncated. By default the transfer fails: rows would be missing without a word.
     */
    public KafkaTopic resumingLostAt(Start start) {
        return with(copy -> copy.lost = start);
    }

    /** Ends with the records that are there when it is opened. */
    public KafkaTopic untilEnd() {
        return with(copy -> copy.end = Start.latest());
    }

    /**
     * Ends, in each partition, before the first record whose timestamp is not before this, and with the records that are
     * there when it is opened.
     */
    public KafkaTopic until(Instant instant) {
        return with(copy -> copy.end = Start.at(instant));
    }

    /**
     * How often to look for new partitions, new topics, and topics that are not there any more; every 10 s by default. That
     * a topic was deleted is believed after 5 s; that it was created again is looked for before each commit.
     */
    public KafkaTopic lookingForPartitionsEvery(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw invalid(
                    "Invalid interval of looking for partitions: " + interval + "; it must be longer than nothing");
        }
        return with(copy -> copy.looking = interval);
    }

    /**
     * About how much memory what is fetched and not yet written takes, all consumers together; 32 MB by default, and no
     * less than 16 KB for each partition. The consumers' {@code fetch.max.bytes} and {@code max.partition.fetch.bytes}
     * follow from it, unless they are set by {@link #property}: consumers hold what they have fetched of every partition,
     * so each has its share, as many as there are when it begins. Records that are longer are read all the same.
     */
    public KafkaTopic fetching(DataSize most) {
        if (most.bytes() < LEAST_FETCH.bytes()) {
            throw invalid("Invalid memory for fetching: " + most + "; it must be at least " + LEAST_FETCH);
        }
        return with(copy -> copy.fetch = most);
    }

    /**
     * Sends records that are not of their format to this topic, instead of rejecting them: key, value, headers and timestamp
     * as they were, and headers that say where it was and why: {@code mpp-connect.topic}, {@code mpp-connect.partition},
     * {@code mpp-connect.offset}, {@code mpp-connect.reason}. The topic must exist. Dead letters are on the broker before
     * the transfer commits what follows them, each at least once. Where a pattern chooses topics, this one is not
     * among them. What the database refuses goes to the transfer's rejects.
     *
     * <p>Of a record that is longer than its topic takes, the value is left out, then the key and other headers, and
     * {@code mpp-connect.left-out} says so; of one whose timestamp the topic refuses, {@code mpp-connect.timestamp} holds it.
     * A record that was a dead letter of the topic it is read from three times is not sent once more, but left where it is:
     * somebody sends dead letters back without end.
     */
    public KafkaTopic deadLetters(String topic) {
        requireName("topic of dead letters", topic);
        return with(copy -> copy.deadLetters = topic);
    }

    /**
     * Tells this consumer group the offsets after each commit, for monitors of lag; nobody reads them. What is told late or
     * never, for the broker is away, changes nothing else. No consumer may be a member of the group.
     */
    public KafkaTopic reportingTo(String group) {
        requireName("group to report to", group);
        return with(copy -> copy.group = group);
    }

    /**
     * Shares the topic with all others that read it for this consumer group, in this JVM or another: each gets some of its
     * partitions, and others whenever one joins or leaves. Nobody else may be a member of the group.
     *
     * <p>With {@code exactlyOnce(job)} all of them run this one job: a commit moves the offset of a partition only if it
     * still is where the rows were read from, so whoever was too slow to hear that a partition is not its own any more
     * commits nothing of it, and reads on elsewhere. Without a job, offsets are the group's, told after each commit, and a
     * row may be loaded twice when a member dies or commits for longer than half of {@code max.poll.interval.ms}. The group
     * forgets a topic that is deleted: one that is created again before the next run begins anew, at {@link #startingAt}.
     *
     * <p>A thread of its own keeps the membership, however long a commit takes; a partition that goes to another member is
     * held back for half of {@code max.poll.interval.ms} at most, until what was read of it is committed. For topics without
     * an end.
     */
    public KafkaTopic sharedBy(String group) {
        requireName("group to share by", group);
        return with(copy -> copy.sharing = group);
    }

    private static void requireName(String what, String name) {
        if (name.isBlank()) {
            throw invalid("Invalid " + what + ": it has no name; give it one, or leave it out");
        }
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public boolean bounded() {
        return options.bounded();
    }

    @Override
    public boolean resumable() {
        return true;
    }

    @Override
    public Optional<JoinedSource> join(@Nullable String job) throws InterruptedException {
        String sharing = options.sharing;
        if (sharing == null) {
            return Optional.empty();
        }
        options.requireShareable();
        options.requireReadable();
        // A member waits for brokers without end; whoever begins is to hear of it when there are none.
        try (TopicDirectory directory = options.directory()) {
            directory.check(directory.await(directory.topics()));
            directory.await(directory.offsets(sharing));
        }
        return Optional.of(new GroupMember(options, sharing, job != null));
    }

    @Override
    public SourceScan open(LoadContext context) throws Exception {
        if (options.sharing != null) {
            throw invalid("Cannot read " + name() + " like this: it is shared by group " + options.sharing
                    + ", and only streams join one; leave out sharedBy(...)");
        }
        options.requireReadable();
        return TopicScan.open(options, context, null);
    }

    TopicOptions options() {
        return options;
    }

    private static MppConnectException invalid(String message) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, message);
    }

    @Override
    public String toString() {
        return name();
    }
}
