package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks brokers about topics and offsets; nothing is asked twice at once. Thread safe. */
final class TopicDirectory implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofMillis(200);

    private final TopicChoice choice;
    private final ClientSettings clients;
    private final Admin admin;
    private final ListOffsetsOptions visible;

    /** A topic as it is now. */
    record Topic(String name, Uuid id, List<TopicPartition> partitions, boolean readable) {}

    TopicDirectory(TopicChoice choice, ClientSettings clients) {
        this.choice = choice;
        this.clients = clients;
        this.visible = new ListOffsetsOptions(
                clients.readsCommitted() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED);
        try {
            this.admin = Admin.create(clients.admin());
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** The topics chosen that there are, and whether this user may read them. */
    CompletionStage<List<Topic>> topics() {
        return names().thenCompose(
                        names -> describe(names, new DescribeTopicsOptions().includeAuthorizedOperations(true)));
    }

    private CompletionStage<Collection<String>> names() {
        if (choice.pattern() == null) {
            return CompletableFuture.completedFuture(choice.names());
        }
        return admin.listTopics()
                .names()
                .toCompletionStage()
                .thenApply(
                        names -> names.stream().filter(choice::matches).sorted().toList());
    }

    /** Those of these topics that there are; nobody is asked whether they may be read. */
    CompletionStage<List<Topic>> describe(Collection<String> names) {
        return describe(names, new DescribeTopicsOptions());
    }

    private CompletionStage<List<Topic>> describe(Collection<String> names, DescribeTopicsOptions options) {
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<CompletableFuture<Optional<Topic>>> answers = new ArrayList<>();
        admin.describeTopics(names, options)
                .topicNameValues()
                .forEach((name, answer) -> answers.add(answer.toCompletionStage()
                        .toCompletableFuture()
                        .handle((description, problem) -> known(name, description, problem))));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream()
                        .flatMap(answer -> answer.join().stream())
                        .sorted(Comparator.comparing(Topic::name))
                        .toList());
    }

    private Optional<Topic> known(String name, @Nullable TopicDescription description, @Nullable Throwable problem) {
        if (problem != null && root(problem) instanceof TopicAuthorizationException) {
            throw Denied.reading(choice.toString(), List.of(name), problem);
        }
        if (problem != null && !(root(problem) instanceof UnknownTopicOrPartitionException)) {
            throw failure(problem);
        }
        return Optional.ofNullable(description).map(this::topic);
    }

    /** @throws MppConnectException when a topic that is named is not there, or a partition, or one may not be read */
    void check(List<Topic> found) {
        Set<String> missing = new TreeSet<>(choice.names());
        for (Topic topic : found) {
            missing.remove(topic.name());
            List<Integer> numbers = new ArrayList<>(choice.numbers());
            topic.partitions().forEach(partition -> numbers.remove((Integer) partition.partition()));
            if (!numbers.isEmpty() && choice.pattern() == null) {
                missing.add(topic.name() + numbers);
            }
        }
        if (!missing.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.SOURCE_FAILED,
                    "Cannot read " + choice + ": brokers at " + clients + " have no " + String.join(", ", missing)
                            + ", or this user may not see it; create it, or correct the name");
        }
        List<String> denied = found.stream()
                .filter(topic -> !topic.readable())
                .map(Topic::name)
                .toList();
        if (!denied.isEmpty()) {
            throw Denied.reading(choice.toString(), denied, null);
        }
    }

    private Topic topic(TopicDescription description) {
        List<TopicPartition> partitions = description.partitions().stream()
                .map(info -> new TopicPartition(description.name(), info.partition()))
                .filter(partition ->
                        choice.numbers().isEmpty() || choice.numbers().contains(partition.partition()))
                .toList();
        // Those that do not tell say nothing, or that nothing is allowed: of a topic that they describe.
        @Nullable Set<AclOperation> allowed = description.authorizedOperations();
        return new Topic(
                description.name(),
                description.topicId(),
                partitions,
                allowed == null || allowed.isEmpty() || allowed.contains(AclOperation.READ));
    }

    /** How many brokers records come from. */
    int brokers() throws InterruptedException {
        return Math.max(
                1, await(admin.describeCluster().nodes().toCompletionStage()).size());
    }

    /** Where these places are now; of a time after the last record, that is the end. */
    CompletionStage<Map<TopicPartition, Long>> offsets(Collection<TopicPartition> partitions, Start place) {
        if (partitions.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec(place)));
        return admin.listOffsets(asked, visible).all().toCompletionStage().thenCompose(answers -> {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            List<TopicPartition> none = new ArrayList<>();
            answers.forEach((partition, answer) -> {
                if (answer.offset() < 0) {
                    none.add(partition);
                } else {
                    offsets.put(partition, answer.offset());
                }
            });
            return offsets(none, Start.latest()).thenApply(ends -> {
                offsets.putAll(ends);
                return offsets;
            });
        });
    }

    /** Where records end, those of open transactions too. */
    CompletionStage<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .toCompletionStage()
                .thenApply(answers -> {
                    Map<TopicPartition, Long> ends = new HashMap<>();
                    answers.forEach((partition, answer) -> ends.put(partition, answer.offset()));
                    return ends;
                });
    }

    private static OffsetSpec spec(Start place) {
        return switch (place.kind()) {
            case EARLIEST -> OffsetSpec.earliest();
            case LATEST -> OffsetSpec.latest();
            case INSTANT ->
                OffsetSpec.forTimestamp(place.instant().orElseThrow().toEpochMilli());
        };
    }

    /** Where a consumer group is. */
    CompletionStage<Map<TopicPartition, OffsetAndMetadata>> offsets(String group) {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .handle((offsets, problem) -> {
                    if (problem != null) {
                        throw root(problem) instanceof GroupAuthorizationException
                                ? Denied.sharing(choice.toString(), group, problem)
                                : failure(problem);
                    }
                    return offsets;
                });
    }

    /** Tells a consumer group where it is. */
    CompletionStage<Void> report(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        return admin.alterConsumerGroupOffsets(group, offsets).all().toCompletionStage();
    }

    /** Waits for an answer. */
    <T> T await(CompletionStage<T> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** What an answer's failure means. */
    MppConnectException failure(Throwable cause) {
        Throwable root = root(cause);
        if (root instanceof MppConnectException known) {
            return known;
        }
        return new MppConnectException(
                KafkaFailures.code(root, ErrorCode.SOURCE_FAILED),
                "Cannot look at " + choice + " of brokers at " + clients + ": " + KafkaFailures.reason(root),
                cause);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof KafkaException || root instanceof MppConnectException)) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public void close() {
        admin.close(CLOSING);
    }
}
