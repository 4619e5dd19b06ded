package io.mppconnect.samples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KafkaSampleTest {

    @Test
    void everyEventIsThereOnce() {
        StringWriter out = new StringWriter();
        CommandLine command = KafkaSample.commandLine().setOut(new PrintWriter(out));

        int status = command.execute("--events", "20000", "--segments", "2");

        assertThat(out.toString().lines())
                .last()
                .isEqualTo("kafka-sample: 20000 events, 20000 rows, 0 lost, 0 doubled");
        assertThat(status).isZero();
    }

    @Test
    void tooFewEventsAreRefused() {
        StringWriter err = new StringWriter();
        CommandLine command = KafkaSample.commandLine().setErr(new PrintWriter(err));

        assertThat(command.execute("--events", "1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("--events must be at least 2, and --segments at least 1");
    }
}
