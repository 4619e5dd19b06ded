package io.mppconnect.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints the figures and leaves them in a directory, as Markdown, CSV and PNG. */
final class Reports {

    private final Path directory;
    private final PrintWriter out;

    Reports(Path directory, PrintWriter out) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.out = out;
    }

    void write(Results results) throws IOException {
        text("results", MarkdownReport.of(results), CsvReport.of(results));
        if (!Charts.drawn(results).isEmpty()) {
            draw("results.png", png -> Charts.draw(results, png));
        }
    }

    void write(Scaling scaling, List<ScalingPoint> points, String machine, String method) throws IOException {
        String name = "scaling-" + scaling.label();
        text(name, ScalingReport.markdown(scaling, points, machine, method), ScalingReport.csv(scaling, points));
        draw(name + ".png", png -> Charts.draw(scaling, points, List.of(method + ".", machine + "."), png));
    }

    void write(Latency latency, String machine, String database) throws IOException {
        text("latency", latency.markdown(machine, database), latency.csv());
    }

    private void text(String name, String markdown, String csv) throws IOException {
        out.println();
        out.println(markdown);
        out.println(csv);
        out.flush();
        Files.writeString(directory.resolve(name + ".md"), markdown);
        Files.writeString(directory.resolve(name + ".csv"), csv);
    }

    private interface Drawing {
        void into(Path png) throws IOException;
    }

    /** A machine without fonts must not cost the figures. */
    private void draw(String name, Drawing drawing) throws IOException {
        Path png = directory.resolve(name);
        try {
            drawing.into(png);
            out.println("Written to " + directory.toAbsolutePath() + ": Markdown, CSV and " + name);
        } catch (RuntimeException | LinkageError | InternalError e) {
            out.println("Cannot draw " + png + ": " + e + "; install fonts and fontconfig");
        }
        out.flush();
    }
}
