package io.mppconnect.kafka;

import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceChangedException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What of a shared topic one scan reads, as long as that is so. Thread safe. */
final class Share implements AutoCloseable {

    private final GroupMember member;
    private final long generation;
    private final Set<TopicPartition> mine;

    Share(GroupMember member, long generation, Set<TopicPartition> mine) {
        this.member = member;
        this.generation = generation;
        this.mine = Set.copyOf(mine);
    }

    /** When it was given: how often something has changed before. */
    long generation() {
        return generation;
    }

    boolean owns(TopicPartition partition) {
        return mine.contains(partition);
    }

    /** @throws SourceChangedException when it is not this any more that is to be read */
    void check() throws SourceChangedException {
        member.check(generation);
    }

    /** Where partitions are gone on with. */
    Positions positions(Positions kept, TopicDirectory directory, List<Topic> topics) throws InterruptedException {
        return member.positions(kept, directory, topics);
    }

    /** Rows up to these places are committed. */
    void committed(Positions places) {
        member.committed(places);
    }

    /** Nothing of it is read or committed after this. */
    @Override
    public void close() {
        member.left(generation);
    }
}
