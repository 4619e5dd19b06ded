package io.mppconnect.rows;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import java.util.List;
import java.util.function.Function;

/** Elements whose fields follow from the target's columns. */
record PlannedSource<T>(Elements<T> elements, Function<List<Column>, RowPlan<T>> plan) implements Source {

    @Override
    public String name() {
        return RowScan.ORIGIN;
    }

    @Override
    public SourceScan open(LoadContext context) {
        return new RowScan<>(plan.apply(context.columns()), elements, context.parallelism());
    }
}
