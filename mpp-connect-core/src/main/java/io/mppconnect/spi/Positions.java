package io.mppconnect.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a source is read: for each of its parts, such as the partitions of a topic, the place where reading goes on.
 * Names and places are the source's own; nobody else reads them. A part is not a {@link Split}: one split may read
 * several. Immutable.
 */
public final class Positions {

    private static final Positions NONE = new Positions(Collections.emptyMap());

    private final Map<String, String> places;

    private Positions(Map<String, String> places) {
        this.places = places;
    }

    /** Of a source that was never read, or that cannot resume. */
    public static Positions none() {
        return NONE;
    }

    /** Of one part. */
    public static Positions of(String part, String place) {
        return new Positions(Collections.singletonMap(part, place));
    }

    /** Of parts by their names. */
    public static Positions of(Map<String, String> places) {
        return places.isEmpty() ? NONE : new Positions(Collections.unmodifiableMap(new TreeMap<>(places)));
    }

    /** These, and those of the others; where both know a part, the others' place counts. */
    public Positions and(Positions later) {
        if (later.places.isEmpty() || later.equals(this)) {
            return this;
        }
        if (places.isEmpty()) {
            return later;
        }
        Map<String, String> all = new TreeMap<>(places);
        all.putAll(later.places);
        return new Positions(Collections.unmodifiableMap(all));
    }

    /** Those of these that are not the same before. */
    public Positions since(Positions before) {
        Map<String, String> changed = new TreeMap<>(places);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.places.get(entry.getKey())));
        return of(changed);
    }

    /** Where to go on reading a part; empty when it was never read. */
    public Optional<String> place(String part) {
        return Optional.ofNullable(places.get(part));
    }

    /** Part to place, in the order of the parts' names. */
    public Map<String, String> asMap() {
        return places;
    }

    /** Whether no part has a place. */
    public boolean isEmpty() {
        return places.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Positions positions && positions.places.equals(places);
    }

    @Override
    public int hashCode() {
        return places.hashCode();
    }

    @Override
    public String toString() {
        return places.toString();
    }
}
