package io.mppconnect.samples.quickstart;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.OptionalLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Draws on standard error where people look at it, and nowhere else. */
final class Terminal {

    private static final int COLUMNS = 79;
    private static final long MEGABYTE = 1 << 20;
    private static final boolean WATCHED = isWatched();

    private Terminal() {}

    /**
     * A bar that vanishes when it is closed.
     *
     * @param rows how many rows make it full; empty for a bar of bytes whose number comes later
     */
    static ProgressBar progressBar(String task, OptionalLong rows) {
        ProgressBarBuilder bar = ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(rows.orElse(-1))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .clearDisplayOnFinish()
                .setConsumer(new DelegatingProgressBarConsumer(Terminal::draw, COLUMNS));
        return (rows.isPresent() ? bar.setUnit(" rows", 1) : bar.setUnit(" MB", MEGABYTE)).build();
    }

    private static void draw(String line) {
        if (WATCHED) {
            System.err.print('\r' + line);
            System.err.flush();
        }
    }

    /**
     * Java cannot tell whether standard error is a terminal; POSIX's {@code test} can. Where it is missing nothing is
     * drawn.
     */
    private static boolean isWatched() {
        try {
            Process test = new ProcessBuilder("test", "-t", "2")
                    .redirectError(Redirect.INHERIT)
                    .start();
            return test.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
