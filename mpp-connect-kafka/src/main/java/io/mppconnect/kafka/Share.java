package io.mppconnect.kafka;

import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceChangedException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What of a shared topic one scan reads, as long as that is so. Thread safe, but for positions, which are its load's. */
final class Share implements AutoCloseable {

    private final GroupMember member;
    private final long generation;
    private final Set<TopicPartition> mine;
    private final GroupOffsets offsets;
    /** The last that was said of positions; most stay as they were from commit to commit. */
    private Positions seen = Positions.none();

    Share(GroupMember member, long generation, Set<TopicPartition> mine, GroupOffsets offsets) {
        this.member = member;
        this.generation = generation;
        this.mine = Set.copyOf(mine);
        this.offsets = offsets;
    }

    /** When it was given: how often something has changed before. */
    long generation() {
        return generation;
    }

    boolean owns(TopicPartition partition) {
        return mine.contains(partition);
    }

    /** Whether a job keeps the positions of all; else each member says of its own alone where they are. */
    boolean keptElsewhere() {
        return member.keptElsewhere();
    }

    /** @throws SourceChangedException when it is not this any more that is to be read */
    void check() throws SourceChangedException {
        member.check(generation);
    }

    /** Where partitions are gone on with. */
    Positions positions(Positions kept, TopicDirectory directory, List<Topic> topics) throws InterruptedException {
        seen = keptElsewhere() ? kept : offsets.positions(directory, topics);
        return seen;
    }

    /** Rows up to these places are committed. */
    void committed(Positions places) {
        places.since(seen).asMap().forEach((part, place) -> {
            TopicPartition partition = TopicPlace.partition(part);
            if (owns(partition)) {
                offsets.committed(partition, TopicPlace.parse(part, place));
            }
        });
        seen = places;
    }

    /** Nothing of it is read or committed after this. */
    @Override
    public void close() {
        member.left(generation);
    }
}
