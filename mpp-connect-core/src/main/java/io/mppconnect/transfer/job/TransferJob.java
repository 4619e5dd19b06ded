package io.mppconnect.transfer.job;

import io.mppconnect.Query;
import io.mppconnect.Rejects;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a transfer is to do. */
public sealed interface TransferJob {

    TransferOptions options();

    /** What is left of one that has failed, for messages. */
    default String consequence() {
        return "nothing was committed, run it again";
    }

    /** Rows from outside into tables. */
    record Load(Source source, List<Table> tables, TransferOptions options, Delivery delivery) implements TransferJob {

        public Load {
            tables = List.copyOf(tables);
        }

        public Load(Source source, List<Table> tables, TransferOptions options) {
            this(source, tables, options, Delivery.ONCE);
        }

        /** The same, delivered in another way. */
        public Load delivered(Delivery changed) {
            return new Load(source, tables, options, changed);
        }

        /** Whether rows that break constraints are to be found. */
        public boolean findsViolations() {
            return options.rejects().map(Rejects::violations).orElse(false);
        }

        @Override
        public String consequence() {
            return delivery.isStream(source) ? "what was committed before stays" : TransferJob.super.consequence();
        }

        @Override
        public String toString() {
            return source.name() + " into "
                    + tables.stream().map(Table::toString).collect(Collectors.joining(", "));
        }
    }

    /**
     * Rows of a query to the outside.
     *
     * @param table the one that the query reads, when an application has asked for a table
     */
    record Unload(Query query, Optional<Table> table, Target target, TransferOptions options) implements TransferJob {
        @Override
        public String toString() {
            return query + " into " + target.name();
        }
    }
}
