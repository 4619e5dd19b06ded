package io.mppconnect.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * Everything that one run of the program found out.
 *
 * @param machine what it ran on
 * @param database what it ran against
 * @param method how it was measured
 * @param series scenario by scenario, ours first
 * @param notes what figures do not say by themselves, absent peers among it
 */
record Results(String machine, String database, String method, List<Series> series, List<String> notes) {

    Results {
        series = List.copyOf(series);
        notes = List.copyOf(notes);
    }

    List<Series> of(Scenario scenario) {
        return series.stream().filter(one -> one.scenario() == scenario).toList();
    }

    Optional<Series> ours(Scenario scenario) {
        return of(scenario).stream()
                .filter(one -> one.contender().equals(MppConnectContender.NAME))
                .findFirst();
    }
}
