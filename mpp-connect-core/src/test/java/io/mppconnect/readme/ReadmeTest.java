package io.mppconnect.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every Java example of the README stands, blanks aside, in a class that the compiler has seen. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Path README = Path.of("..", "README.md");
    /** Each module compiles the examples that use it. */
    private static final List<Path> SNIPPETS = List.of(
            Path.of("src/test/java/io/mppconnect/readme/ReadmeSnippets.java"),
            Path.of("../mpp-connect-kafka/src/test/java/io/mppconnect/readme/KafkaSnippets.java"));

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\bstatic class\\b", "class").replaceAll("\\s+", "");
    }

    @Test
    void everyJavaExampleIsCompiled() throws IOException {
        StringBuilder compiled = new StringBuilder();
        for (Path snippets : SNIPPETS) {
            compiled.append(withoutBlanks(Files.readString(snippets)));
        }
        List<String> examples = JAVA.matcher(Files.readString(README))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
        assertThat(examples).allSatisfy(example -> assertThat(compiled).contains(withoutBlanks(example)));
    }

    @Test
    void theTestCommandIsTheOneThatCiRuns() throws IOException {
        assertThat(Files.readString(README)).contains("mvn -B verify");
        assertThat(Files.readString(Path.of("..", ".ci", "run"))).contains("mvn -B verify");
    }
}
