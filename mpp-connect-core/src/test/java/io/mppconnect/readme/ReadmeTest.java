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
    private static final Path SNIPPETS =
            Path.of("src", "test", "java", "io", "mppconnect", "readme", "ReadmeSnippets.java");

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\bstatic class\\b", "class").replaceAll("\\s+", "");
    }

    @Test
    void everyJavaExampleIsCompiled() throws IOException {
        String compiled = withoutBlanks(Files.readString(SNIPPETS));
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
