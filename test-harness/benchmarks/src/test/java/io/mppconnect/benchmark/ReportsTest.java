package io.mppconnect.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    private static final Results RESULTS = new Results(
            "a machine",
            "a database",
            "a method",
            List.of(series(Scenario.LOAD, "mpp-connect", 1.5, 2, 1), series(Scenario.LOAD, "gpfdist", 2, 2, 2)),
            List.of("copy is absent: no reason"));

    private static Series series(Scenario scenario, String contender, double... seconds) {
        Series series = new Series(scenario, contender);
        for (double each : seconds) {
            series.add(new Sample(each, 3_000, 6_000_000, each / 2));
        }
        return series;
    }

    @Test
    void printsMarkdownForPeople() {
        assertThat(MarkdownReport.of(RESULTS)).isEqualTo("""
                        Machine: a machine.
                        Database: a database.
                        Method: a method.

                        ### Load lineitem from a TEXT file

                        | who | median s | min s | max s | MB/s | rows/s | CPU s | our time / its |
                        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                        | mpp-connect | 1.500 | 1.000 | 2.000 | 4.0 | 2,000 | 0.75 | 1.00 |
                        | gpfdist | 2.000 | 2.000 | 2.000 | 3.0 | 1,500 | 1.00 | 0.75 |

                        - copy is absent: no reason
                        """);
    }

    @Test
    void printsCsvForPrograms() {
        assertThat(CsvReport.of(RESULTS)).isEqualTo("""
                        scenario,contender,runs,median_s,min_s,max_s,mb_per_s,rows_per_s,cpu_s,our_time_by_its
                        load,mpp-connect,3,1.5000,1.0000,2.0000,4.00,2000,0.750,1.000
                        load,gpfdist,3,2.0000,2.0000,2.0000,3.00,1500,1.000,0.750
                        """);
    }

    @Test
    void leavesProcessorTimeOutThatCannotBeToldApart() {
        Series series = new Series(Scenario.LOAD, "mpp-connect");
        series.add(new Sample(1, 3_000, 6_000_000, Double.NaN));
        Results results = new Results("m", "d", "how", List.of(series), List.of());

        assertThat(MarkdownReport.of(results)).contains("| 3,000 | - | 1.00 |");
        assertThat(CsvReport.of(results)).endsWith("load,mpp-connect,1,1.0000,1.0000,1.0000,6.00,3000,,1.000\n");
    }

    @Test
    void drawsAPicture(@TempDir Path directory) throws Exception {
        StringWriter out = new StringWriter();

        new Reports(directory, new PrintWriter(out)).write(RESULTS);

        if (!out.toString().contains("install fonts")) {
            assertThat(ImageIO.read(directory.resolve("results.png").toFile()).getWidth())
                    .isEqualTo(400);
        }
    }

    @Test
    void drawsNothingOfSingleRows(@TempDir Path directory) throws Exception {
        StringWriter out = new StringWriter();
        List<Series> series = List.of(series(Scenario.START, "mpp-connect", 1));

        new Reports(directory, new PrintWriter(out)).write(new Results("m", "d", "how", series, List.of()));

        assertThat(out.toString()).doesNotContain("results.png");
        assertThat(directory).isDirectoryContaining("glob:**results.md").isDirectoryNotContaining("glob:**results.png");
    }
}
