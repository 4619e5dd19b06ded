package io.mppconnect.transfer.plan;

import io.mppconnect.WriteMode;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableReactions.Event;
import java.util.EnumSet;
import java.util.Set;

/** What writing into a table does to it, and what the role needs for it. */
final class WriteNeeds {

    private WriteNeeds() {}

    /** What is done to its rows. */
    static Set<Event> events(WriteMode mode) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        if (mode.kind().inserts()) {
            events.add(Event.INSERT);
        }
        if (mode.kind().updates()) {
            events.add(Event.UPDATE);
        }
        if (mode.kind() == WriteMode.Kind.DELETE || mode.deletion().isPresent()) {
            events.add(Event.DELETE);
        }
        return events;
    }

    /** @param written the columns that something is written to */
    static Set<Privilege> privileges(TargetTable target, Set<String> written) {
        Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        WriteMode mode = target.mode();
        for (Event event : events(mode)) {
            privileges.add(
                    switch (event) {
                        case INSERT -> Privilege.INSERT;
                        case UPDATE -> Privilege.UPDATE;
                        case DELETE -> Privilege.DELETE;
                    });
        }
        if (updatesImmovable(target, written)) {
            privileges.add(Privilege.INSERT);
            privileges.add(Privilege.DELETE);
        }
        if (mode.kind().matches()) {
            privileges.add(Privilege.SELECT);
        }
        if (mode.kind() == WriteMode.Kind.TRUNCATE_AND_APPEND) {
            privileges.add(Privilege.TRUNCATE);
        }
        return privileges;
    }

    /** Whether rows may have to be moved by a deletion and an insertion. */
    private static boolean updatesImmovable(TargetTable target, Set<String> written) {
        WriteMode mode = target.mode();
        return mode.kind().updates()
                && target.reactions().immovable().stream()
                        .filter(column ->
                                written.contains(column) && !mode.match().contains(column))
                        .anyMatch(column ->
                                mode.update().isEmpty() || mode.update().contains(column));
    }
}
