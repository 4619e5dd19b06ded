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
    record Load(Source source, Table table, TransferOptions options) implements TransferJob {
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
