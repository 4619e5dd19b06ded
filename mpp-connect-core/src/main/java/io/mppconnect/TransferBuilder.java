package io.mppconnect;

import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.Target;
import io.mppconnect.transfer.TransferEngine;
import io.mppconnect.transfer.job.TransferJob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The first step of describing a transfer: where rows come from. Immutable. */
public final class TransferBuilder {

    private final TransferEngine engine;
    private final TransferOptions options;

    TransferBuilder(TransferEngine engine, TransferOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Loads a source's rows into the database. */
    public Load from(Source source) {
        return new Load(source);
    }

    /** Unloads a table. */
    public Unload from(Table table) {
        return new Unload(table.query(), Optional.of(table));
    }

    /** Unloads a query's rows. */
    public Unload from(Query query) {
        return new Unload(query, Optional.empty());
    }

    /** A load that still lacks its table. */
    public final class Load {

        private final Source source;

        private Load(Source source) {
            this.source = source;
        }

        /**
         * Names the table that the rows go into.
         *
         * @param others written too, in the same transaction, each with its own mapping and filter; the source is read
         *     once
         */
        public ParallelTransfer into(Table table, Table... others) {
            List<Table> tables =
                    Stream.concat(Stream.of(table), Stream.of(others)).toList();
            return new ParallelTransfer(engine, new TransferJob.Load(source, tables, options));
        }
    }

    /** An unload that still lacks its target. */
    public final class Unload {

        private final Query query;
        private final Optional<Table> table;

        private Unload(Query query, Optional<Table> table) {
            this.query = query;
            this.table = table;
        }

        /** Describes an unload into the target. */
        public ParallelTransfer into(Target target) {
            return new ParallelTransfer(engine, new TransferJob.Unload(query, table, target, options));
        }

        /**
         * Starts the unload and hands its rows to the caller as they come, from all segments, in no particular order.
         * Close the stream: closing it early cancels the unload.
         */
        public RowStream<Row> stream() {
            return streaming(Rows.stream());
        }

        /** Like {@link #stream()}, each row as a record whose components are named as the columns are. */
        public <R extends Record> RowStream<R> stream(Class<R> type) {
            return streaming(Rows.stream(type));
        }

        private <T> RowStream<T> streaming(RowStream<T> stream) {
            return stream.startedBy(into(stream.target()).start());
        }
    }
}
