package io.mppconnect.distributed;

import io.mppconnect.transfer.block.Origins;
import java.util.ArrayList;
import java.util.List;

/** Knows the attempts of a plan by their numbers, from 1. Thread safe. */
final class AttemptRegister {

    private final List<String> names = new ArrayList<>();

    /** The number of an attempt that begins. */
    synchronized int open(int task, long attempt) {
        names.add("attempt " + attempt + " of task " + task);
        return names.size();
    }

    /** What people call a line that the database complains of. */
    synchronized String place(long line) {
        int number = Origins.number(line);
        return number >= 1 && number <= names.size()
                ? "row " + Origins.record(line) + " of " + names.get(number - 1)
                : "line " + line;
    }
}
