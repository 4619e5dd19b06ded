package io.mppconnect.benchmark;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Has all contenders do the same thing in turn, round by round: whatever slows the machine down slows all of them. Every
 * second round goes the other way round, so that nobody always comes after the same one.
 */
final class Duel {

    private final Workbench bench;
    private final List<Contender> contenders;
    private final int warmups;
    private final int runs;
    private final PrintWriter log;

    /**
     * A duel.
     *
     * @param warmups rounds that do not count
     * @param runs rounds that do
     * @param log told of each run
     */
    Duel(Workbench bench, List<Contender> contenders, int warmups, int runs, PrintWriter log) {
        this.bench = bench;
        this.contenders = List.copyOf(contenders);
        this.warmups = warmups;
        this.runs = runs;
        this.log = log;
    }

    List<Series> run(Scenario scenario) throws Exception {
        List<Contender> order = new ArrayList<>(
                contenders.stream().filter(one -> one.does(scenario)).toList());
        List<Series> series =
                order.stream().map(one -> new Series(scenario, one.name())).toList();
        for (int round = -warmups; round < runs; round++) {
            for (Contender contender : order) {
                Sample sample = runOnce(scenario, contender, round);
                if (round >= 0) {
                    series.stream()
                            .filter(one -> one.contender().equals(contender.name()))
                            .forEach(one -> one.add(sample));
                }
            }
            Collections.reverse(order);
        }
        return series;
    }

    private Sample runOnce(Scenario scenario, Contender contender, int round) throws Exception {
        bench.prepare(scenario);
        Sample sample = contender.run(scenario);
        bench.check(scenario, contender.name(), sample);
        log.printf(
                Locale.ROOT,
                "%-7s %-12s %s %8.3f s %8.1f MB/s%n",
                scenario.label(),
                contender.name(),
                round < 0 ? "warm-up" : "run " + (round + 1),
                sample.seconds(),
                sample.megabytesPerSecond());
        log.flush();
        long all = bench.rows(scenario);
        return sample.rows() < all ? sample.scaledTo(all) : sample;
    }
}
