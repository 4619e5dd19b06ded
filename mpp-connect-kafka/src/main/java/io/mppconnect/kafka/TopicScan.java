package io.mppconnect.kafka;

import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One pass over topics. */
final class TopicScan implements SourceScan {

    private final TopicOptions source;
    private final TopicDirectory directory;
    private final LostOffsets lost;
    private final RowLayout layout;
    private final List<PartGroup> groups = new ArrayList<>();
    private final FirstPlaces first;
    private final Lag lag;
    private final TopicWatch watch;
    private final @Nullable DeadLetters deadLetters;
    private final @Nullable GroupReport report;
    private final TopicIdentity identity;
    private final @Nullable Share share;
    private final FetchSizes fetching;

    private TopicScan(
            TopicOptions source,
            TopicDirectory directory,
            LostOffsets lost,
            RowLayout layout,
            List<Topic> topics,
            List<TopicPart> parts,
            @Nullable Share share,
            int parallelism,
            int brokers) {
        this.source = source;
        this.directory = directory;
        this.lost = lost;
        this.layout = layout;
        this.first = new FirstPlaces(parts);
        this.lag = new Lag(first.places());
        this.share = share;
        List<TopicPart> mine = share == null
                ? parts
                : parts.stream().filter(part -> share.owns(part.partition())).toList();
        distribute(mine, Math.max(1, source.bounded() ? Math.min(parallelism, parts.size()) : parallelism));
        this.watch = new TopicWatch(source, directory, topics, groups, share);
        this.fetching = FetchSizes.of(source.fetch.bytes(), groups.size(), brokers, mine.size());
        this.identity = new TopicIdentity(source, directory, topics);
        String letters = source.deadLetters;
        this.deadLetters = letters == null ? null : new DeadLetters(letters, source.clients);
        String group = source.group;
        this.report = group == null ? null : new GroupReport(group, directory);
    }

    /** @param share what of it is to be read; null for all */
    static TopicScan open(TopicOptions source, LoadContext context, @Nullable Share share) throws Exception {
        TopicDirectory directory = source.directory();
        try {
            return open(source, directory, context, share);
        } catch (Throwable failure) {
            try (directory) {
                throw failure;
            }
        }
    }

    private static TopicScan open(
            TopicOptions source, TopicDirectory directory, LoadContext context, @Nullable Share share)
            throws Exception {
        RowLayout layout = RowLayout.of(source, source.value(), context);
        List<Topic> topics = directory.await(directory.topics());
        directory.check(topics);
        String letters = source.deadLetters;
        if (letters != null) {
            ClientSettings clients = source.clients;
            TopicCheck.requireWritable(letters, clients.admin(), clients.toString());
        }
        LostOffsets lost = new LostOffsets(directory, source.lost);
        Positions begun = share == null ? context.positions() : share.positions(context.positions(), directory, topics);
        List<TopicPart> parts = new PartPlanner(source, directory, lost).plan(topics, begun, share);
        return new TopicScan(
                source, directory, lost, layout, topics, parts, share, context.parallelism(), directory.brokers());
    }

    /** Neighbours go to different groups, so that one topic's partitions are read by all. */
    private void distribute(List<TopicPart> parts, int count) {
        List<List<TopicPart>> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < parts.size(); i++) {
            shares.get(i % count).add(parts.get(i));
        }
        for (int i = 0; i < count; i++) {
            groups.add(new PartGroup("consumer " + (i + 1), this, shares.get(i)));
        }
    }

    @Override
    public List<Field> fields() {
        return layout.fields();
    }

    @Override
    public RowFormat format() {
        return RowFormat.text();
    }

    @Override
    public List<Split> splits() {
        return List.copyOf(groups);
    }

    SplitReader read(PartGroup group) throws Exception {
        RecordRows rows = layout.open(deadLetters);
        try {
            return new GroupReader(group, source, fetching, rows, watch, lost, first, lag);
        } catch (Throwable failure) {
            try (rows) {
                throw failure;
            }
        }
    }

    @Override
    public CompletionStage<Void> committing(Positions reached) {
        return identity.check(reached);
    }

    @Override
    public Map<String, Long> behind() {
        return lag.behind();
    }

    @Override
    public void committed(Positions positions) {
        lag.committed(positions);
        if (report != null) {
            report.committed(positions);
        }
        if (share != null) {
            share.committed(positions);
        }
    }

    @Override
    public void close() {
        try (Share ending = share;
                TopicDirectory closing = directory) {
            if (report != null) {
                report.close();
            }
            if (deadLetters != null) {
                deadLetters.close();
            }
        }
    }
}
