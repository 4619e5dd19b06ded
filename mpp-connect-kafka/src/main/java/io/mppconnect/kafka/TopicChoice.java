package io.mppconnect.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which topics, and which of their partitions.
 *
 * @param names empty where a pattern says it
 * @param numbers empty for all partitions
 */
record TopicChoice(List<String> names, @Nullable Pattern pattern, List<Integer> numbers) {

    static TopicChoice of(List<String> names) {
        return new TopicChoice(names, null, List.of());
    }

    static TopicChoice matching(Pattern pattern) {
        return new TopicChoice(List.of(), pattern, List.of());
    }

    TopicChoice partitions(int... wanted) {
        return new TopicChoice(
                names,
                pattern,
                List.copyOf(new TreeSet<>(Arrays.stream(wanted).boxed().toList())));
    }

    /** Whether what is there may become more. */
    boolean grows() {
        return pattern != null || numbers.isEmpty();
    }

    @Override
    public String toString() {
        if (pattern != null) {
            return "topics matching " + pattern;
        }
        return (names.size() == 1 ? "topic " : "topics ") + String.join(", ", names);
    }
}
