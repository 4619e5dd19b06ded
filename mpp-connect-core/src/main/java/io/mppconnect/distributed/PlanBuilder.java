package io.mppconnect.distributed;

import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.TransferEngine;
import java.util.List;
import java.util.stream.Stream;

/** Describes a load whose rows are in several JVMs. Immutable. */
public final class PlanBuilder {

    private final TransferEngine engine;
    private final TransferOptions options;

    /** Made by {@code MppCluster.plan()}. */
    public PlanBuilder(TransferEngine engine, TransferOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Names the table that the rows go into, in any write mode. */
    public Into into(Table table) {
        return new Into(table);
    }

    /** A plan that still lacks its fields. */
    public final class Into {

        private final Table table;

        private Into(Table table) {
            this.table = table;
        }

        /**
         * Names the fields of the rows that tasks write, in their order, and opens the plan: takes a connection, begins a
         * transaction, checks fields and table against each other, listens for other JVMs.
         *
         * @throws io.mppconnect.MppConnectException with everything found wrong
         */
        public TransferPlan open(List<Field> fields) {
            return TransferPlan.open(engine, options, table, fields);
        }

        /** As {@link #open(List)}, each field of the type of the column it is loaded into. */
        public TransferPlan open(String... fields) {
            return open(Stream.of(fields).map(Field::of).toList());
        }
    }
}
