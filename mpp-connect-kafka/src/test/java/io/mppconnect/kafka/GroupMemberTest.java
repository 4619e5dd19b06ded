package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceChangedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What a member of a group takes for its own, says, and survives. */
@WithKafka
class GroupMemberTest {

    private static KafkaTopic source(TestTopics topics, String topic) {
        return KafkaTopic.named(topic)
                .bootstrap(topics.bootstrap())
                .value(bars())
                .startingAt(Start.latest())
                .sharedBy(topic)
                .lookingForPartitionsEvery(Duration.ofMillis(50));
    }

    private static GroupMember join(KafkaTopic source, String job) throws Exception {
        GroupMember member = (GroupMember) source.join(job).orElseThrow();
        await().until(() -> member.takeParts(Duration.ofSeconds(1)));
        return member;
    }

    private static List<String> planned(KafkaTopic source, Share share) throws InterruptedException {
        try (TopicDirectory directory = source.options().directory()) {
            return new PartPlanner(source.options(), directory, new LostOffsets(directory, null))
                    .plan(directory.await(directory.topics()), Positions.none(), share).stream()
                            .map(TopicPart::name)
                            .toList();
        }
    }

    private static Share second(GroupMember member, String topic) {
        return new Share(member, 0, Set.of(new TopicPartition(topic, 1)), new GroupOffsets(topic));
    }

    @Test
    void withAJobEachSaysWhereAllPartitionsBegin(TestTopics topics) throws Exception {
        String topic = topics.create(2);
        KafkaTopic source = source(topics, topic);
        try (GroupMember member = join(source, "job")) {
            assertThat(planned(source, second(member, topic))).containsExactly(topic + "[0]", topic + "[1]");
        }
    }

    @Test
    void withoutAJobEachSaysWhereItsOwnPartitionsBegin(TestTopics topics) throws Exception {
        String topic = topics.create(2);
        KafkaTopic source = source(topics, topic);
        try (GroupMember member = join(source, null)) {
            assertThat(planned(source, second(member, topic))).containsExactly(topic + "[1]");
        }
    }

    @Test
    void theGroupIsToldOfPartitionsThatAreHeld() {
        TopicPartition held = new TopicPartition("orders", 0);
        TopicPlace place = new TopicPlace(7, Uuid.randomUuid());
        GroupOffsets offsets = new GroupOffsets("readers");
        offsets.gained(List.of(held));
        offsets.committed(held, place);
        offsets.committed(new TopicPartition("orders", 1), place);
        Map<TopicPartition, OffsetAndMetadata> untold = offsets.untold();

        assertThat(untold)
                .isEqualTo(Map.of(held, new OffsetAndMetadata(7, place.topicId().toString())));
        offsets.lost(List.of(held));
        offsets.untold(untold);
        assertThat(offsets.untold()).isEmpty();
    }

    @Test
    void aPartitionThatTheGroupKnowsBeforeTheScanIsPlannedAnew(TestTopics topics) throws Exception {
        String topic = topics.create(1);
        KafkaTopic source = source(topics, topic);
        try (GroupMember member = join(source, "job");
                TopicDirectory directory = source.options().directory()) {
            TopicWatch watch = new TopicWatch(source.options(), directory, List.of(), List.of(), member.begin());

            await().untilAsserted(() -> assertThatThrownBy(watch::look)
                    .isExactlyInstanceOf(SourceChangedException.class)
                    .hasMessage(topic + "[0] is new"));
        }
    }

    @Test
    void aMembershipThatBrokersHaveEndedIsFollowedByAnother(TestTopics topics) throws Exception {
        String topic = topics.create(1);
        try (GroupMember member = join(source(topics, topic), "job")) {
            Share before = member.begin();
            before.close();
            member.failed(new MppConnectException(ErrorCode.CONNECTION, "The brokers are away"));
            assertThatThrownBy(before::check).hasMessage("The brokers are away");

            await().until(() -> member.takeParts(Duration.ofSeconds(1)));

            Share now = member.begin();
            now.check();
            assertThat(now.owns(new TopicPartition(topic, 0))).isTrue();
            now.close();
        }
    }

    @Test
    void aMembershipThatCannotBeRepeatedIsNot(TestTopics topics) throws Exception {
        String topic = topics.create(1);
        try (GroupMember member = join(source(topics, topic), "job")) {
            member.failed(new MppConnectException(ErrorCode.SOURCE_FAILED, "This user may not"));

            assertThatThrownBy(() -> member.takeParts(Duration.ofSeconds(1))).hasMessage("This user may not");
        }
    }

    @Test
    void deadLettersThatAPatternMatchesAreNotSubscribedTo() {
        TopicChoice all = TopicChoice.matching(Pattern.compile("a|b.*", Pattern.CASE_INSENSITIVE));
        Pattern subscribed = all.without("bad").subscription();

        assertThat(List.of("a", "B", "bad", "BAD", "badly", "abad"))
                .filteredOn(topic -> subscribed.matcher(topic).matches())
                .containsExactly("a", "B", "BAD", "badly");
        assertThat(all.without("letters").subscription()).isSameAs(all.pattern());
    }
}
