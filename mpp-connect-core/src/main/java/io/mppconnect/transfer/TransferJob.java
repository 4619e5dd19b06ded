package io.mppconnect.transfer;

import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.Target;

/** What a transfer is to do. */
public sealed interface TransferJob {

    TransferOptions options();

    /** Rows from outside into a table. */
    record Load(Source source, Table table, TransferOptions options, Delivery delivery) implements TransferJob {

        public Load(Source source, Table table, TransferOptions options) {
            this(source, table, options, Delivery.ONCE);
        }

        /** The same, delivered in another way. */
        public Load delivered(Delivery changed) {
            return new Load(source, table, options, changed);
        }

        @Override
        public String toString() {
            return source.name() + " into " + table;
        }
    }

    /** Rows of a query to the outside. */
    record Unload(Query query, Target target, TransferOptions options) implements TransferJob {
        @Override
        public String toString() {
            return query + " into " + target.name();
        }
    }
}
