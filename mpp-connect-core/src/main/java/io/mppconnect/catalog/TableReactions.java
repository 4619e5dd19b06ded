package io.mppconnect.catalog;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a table does by itself when rows are written into it, and where it cannot move them to.
 *
 * @param immovable the columns that the database does not update when that moves the row elsewhere
 * @param checks the conditions of its CHECK constraints, as SQL over its columns
 */
public record TableReactions(List<Reaction> reactions, Set<String> immovable, List<String> checks) {

    public TableReactions {
        reactions = List.copyOf(reactions);
        immovable = Set.copyOf(immovable);
        checks = List.copyOf(checks);
    }

    /** A table that does nothing by itself. */
    public static final TableReactions NONE = new TableReactions(List.of(), Set.of(), List.of());

    /** What is done to a row. */
    public enum Event {
        INSERT(4),
        DELETE(8),
        UPDATE(16);

        /** Its bit in {@code pg_trigger.tgtype}. */
        private final int bit;

        Event(int bit) {
            this.bit = bit;
        }

        static Set<Event> of(int bits) {
            Set<Event> events = EnumSet.noneOf(Event.class);
            for (Event event : values()) {
                if ((bits & event.bit) != 0) {
                    events.add(event);
                }
            }
            return events;
        }
    }

    /** How something reacts. */
    public enum Kind {
        /** A rule that does something else instead. */
        INSTEAD_RULE,
        /** A trigger that sees each row before, and may drop it. */
        BEFORE_TRIGGER,
        /** A trigger that sees each row after. */
        AFTER_TRIGGER
    }

    /** A rule or a trigger, and what it reacts to. */
    public record Reaction(Kind kind, String name, Set<Event> events) {

        public Reaction {
            events = Set.copyOf(events);
        }
    }

    /** The names of the rules that do something instead of any of this. */
    public List<String> insteadRules(Set<Event> events) {
        return of(Kind.INSTEAD_RULE, events).map(Reaction::name).sorted().toList();
    }

    /** Whether a trigger may drop rows to which this is done. */
    public boolean mayDrop(Event event) {
        return of(Kind.BEFORE_TRIGGER, Set.of(event)).findAny().isPresent();
    }

    /** Whether any trigger sees rows to which this is done. */
    public boolean triggers(Event event) {
        return mayDrop(event) || of(Kind.AFTER_TRIGGER, Set.of(event)).findAny().isPresent();
    }

    private Stream<Reaction> of(Kind kind, Set<Event> events) {
        return reactions.stream()
                .filter(reaction ->
                        reaction.kind() == kind && reaction.events().stream().anyMatch(events::contains));
    }
}
