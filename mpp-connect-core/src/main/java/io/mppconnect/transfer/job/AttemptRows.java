package io.mppconnect.transfer.job;

import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;

/** Stands for the rows that tasks in other JVMs bring by themselves: nobody reads it. */
public final class AttemptRows implements Source {

    @Override
    public String name() {
        return "the tasks' rows";
    }

    @Override
    public SourceScan open(LoadContext context) {
        throw new IllegalStateException("Tasks bring their rows themselves");
    }
}
