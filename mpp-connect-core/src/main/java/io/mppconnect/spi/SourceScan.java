package io.mppconnect.spi;

import io.mppconnect.text.RowFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One pass over a source, planned: what its rows look like and the splits they come in. Closed when the run is over. */
public interface SourceScan extends AutoCloseable {

    /**
     * The fields of every row, in the order in which rows hold them; a reader that comes upon others throws
     * {@link FieldsChangedException}.
     */
    List<Field> fields();

    /** The format in which blocks are handed over; {@link RowFormat#text()} where a {@link RowWriter} encodes them. */
    RowFormat format();

    /** The units of work, read by several workers at once and each by one; may be empty. */
    List<Split> splits();

    /**
     * All that readers have given until now leads to these positions, and is being written; it is committed after the
     * answer, and not when that is a failure: then the load fails, or tries again. A source that must make sure that it was
     * itself what they have read does so now.
     *
     * <p>Called before each commit, on the transfer's own thread, which does not wait for the answer at once: a load that
     * commits many times writes the rows meanwhile, one of a single commit has written them by then. Nothing is committed
     * before the answer, however long that takes, so it should have a time limit of its own. A load that tries again (see
     * {@link io.mppconnect.Retries}) does so after an {@link io.mppconnect.MppConnectException} with {@link
     * io.mppconnect.ErrorCode#CONNECTION}, and opens the source anew at what was committed last; any other failure ends it.
     *
     * @param reached of the parts that have come further since the last commit; none in a load of one commit
     */
    default CompletionStage<Void> committing(Positions reached) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * How far each part is behind the end of what there is to read, in the source's own unit such as records, as far as is
     * known without asking anybody; by the names that {@link Positions} have. From any thread, at any time.
     */
    default Map<String, Long> behind() {
        return Map.of();
    }

    /**
     * All rows up to these positions are committed; a source that tells others how far it is can do so now. Called after
     * each commit, on the transfer's own thread: it holds up the next one.
     */
    default void committed(Positions positions) {}

    @Override
    void close() throws Exception;
}
