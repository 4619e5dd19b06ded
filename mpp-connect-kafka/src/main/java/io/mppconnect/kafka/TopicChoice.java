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
 * @param excluded the topic that dead letters go to: it is never read, or they would come back without end
 * @param numbers empty for all partitions
 */
record TopicChoice(
        List<String> names,
        @Nullable Pattern pattern,
        List<Integer> numbers,
        @Nullable String excluded) {

    static TopicChoice of(List<String> names) {
        return new TopicChoice(names, null, List.of(), null);
    }

    static TopicChoice matching(Pattern pattern) {
        return new TopicChoice(List.of(), pattern, List.of(), null);
    }

    TopicChoice partitions(int... wanted) {
        return new TopicChoice(
                names,
                pattern,
                List.copyOf(new TreeSet<>(Arrays.stream(wanted).boxed().toList())),
                excluded);
    }

    TopicChoice without(@Nullable String topic) {
        return new TopicChoice(names, pattern, numbers, topic);
    }

    /** For consumers that subscribe: matches what {@link #matches} does; null where names say it. */
    @Nullable
    Pattern subscription() {
        if (pattern == null || excluded == null || !pattern.matcher(excluded).matches()) {
            return pattern;
        }
        boolean literal = (pattern.flags() & Pattern.LITERAL) != 0;
        String chosen = literal ? Pattern.quote(pattern.pattern()) : pattern.pattern();
        return Pattern.compile(
                "(?!(?-i:" + Pattern.quote(excluded) + ")$)(?:" + chosen + ")", pattern.flags() & ~Pattern.LITERAL);
    }

    /** Whether a pattern chooses this topic. */
    boolean matches(String topic) {
        return pattern != null && pattern.matcher(topic).matches() && !topic.equals(excluded);
    }

    @Override
    public String toString() {
        if (pattern != null) {
            return "topics matching " + pattern;
        }
        return (names.size() == 1 ? "topic " : "topics ") + String.join(", ", names);
    }
}
