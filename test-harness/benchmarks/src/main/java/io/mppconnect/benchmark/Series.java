package io.mppconnect.benchmark;

import java.util.ArrayList;
import java.util.List;

/** What one contender needed for one scenario, run by run. */
final class Series {

    private final Scenario scenario;
    private final String contender;
    private final List<Sample> samples = new ArrayList<>();

    Series(Scenario scenario, String contender) {
        this.scenario = scenario;
        this.contender = contender;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    Scenario scenario() {
        return scenario;
    }

    String contender() {
        return contender;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    Spread seconds() {
        return Spread.of(samples, Sample::seconds);
    }

    double megabytesPerSecond() {
        return Spread.of(samples, Sample::megabytesPerSecond).median();
    }

    double rowsPerSecond() {
        return Spread.of(samples, Sample::rowsPerSecond).median();
    }

    double cpuSeconds() {
        return Spread.of(samples, Sample::cpuSeconds).median();
    }

    /** Our time as a share of theirs: the median over the runs that stood side by side. */
    double ratioOf(Series ours) {
        double[] ratios = new double[samples.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.samples.get(i).seconds() / samples.get(i).seconds();
        }
        return Spread.of(ratios).median();
    }
}
