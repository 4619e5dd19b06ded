package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Query;
import io.mppconnect.Rejects;
import io.mppconnect.Table;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowFormat;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Targets that fail when the database has committed. */
@Conformance
class PublishFailureTest {

    /** Takes rows and throws when it is to publish them. */
    private record Unpublished(RuntimeException failure) implements Target {

        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public TargetWrite open(UnloadContext context) {
            return new TargetWrite() {
                @Override
                public RowFormat format() {
                    return RowFormat.text();
                }

                @Override
                public SegmentWriter open(int segment) {
                    return new SegmentWriter() {
                        @Override
                        public void write(byte[] bytes, int from, int to) {}

                        @Override
                        public void finish() {}

                        @Override
                        public void close() {}
                    };
                }

                @Override
                public void commit() {
                    throw failure;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static MppConnectException failure(TestDatabase database, RuntimeException thrown) {
        return catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Query.sql("SELECT 1 AS n"))
                        .into(new Unpublished(thrown))
                        .run());
    }

    @Test
    void whateverTheyThrowNothingIsVisible(TestDatabase database) {
        MppConnectException failure = failure(database, new IllegalStateException("the disk is gone"));

        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(failure)
                .hasMessage(
                        "Cannot publish query SELECT 1 AS n into nowhere, though the database has committed: the disk"
                                + " is gone; nothing of it is visible in the target, run it again");
    }

    @Test
    void oneThatDoesNotKnowSaysSo(TestDatabase database) {
        MppConnectException unknown = new MppConnectException(ErrorCode.OUTCOME_UNKNOWN, "Cannot tell: look first");

        assertThat(failure(database, unknown)).isSameAs(unknown);
    }

    @Test
    void oneOfRejectedRowsThatDoesNotKnowSaysSo(TestDatabase database) {
        MppConnectException unknown = new MppConnectException(ErrorCode.OUTCOME_UNKNOWN, "Cannot tell: look first");

        assertThat(rejecting(database, unknown, ParallelTransfer::run)).isSameAs(unknown);
    }

    @Test
    void oneOfAStreamsRejectedRowsThatDoesNotKnowSaysSo(TestDatabase database) {
        MppConnectException unknown = new MppConnectException(ErrorCode.OUTCOME_UNKNOWN, "Cannot tell: look first");

        assertThat(rejecting(
                        database,
                        unknown,
                        load -> load.committingEvery(Duration.ofHours(1)).run()))
                .isSameAs(unknown);
    }

    private static MppConnectException rejecting(
            TestDatabase database, RuntimeException thrown, Consumer<ParallelTransfer> run) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        return catchThrowableOfType(
                MppConnectException.class,
                () -> run.accept(database.cluster()
                        .transfer()
                        .from(NumberStream.bounded(1, 10).append(10))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).to(new Unpublished(thrown)))));
    }
}
