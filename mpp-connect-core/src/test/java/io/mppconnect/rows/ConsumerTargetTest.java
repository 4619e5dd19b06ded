package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsumerTargetTest {

    private record Id(int id) {}

    private static final UnloadContext CONTEXT = new UnloadContext(Columns.all("id int4"), 4, 1024);

    private static void write(SegmentWriter writer, String text) throws Exception {
        byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
        writer.write(bytes, 2, bytes.length - 2);
    }

    @Test
    void asksForTextAndGivesEveryRow() throws Exception {
        List<Id> ids = new ArrayList<>();
        try (TargetWrite write = Rows.into(Id.class, ids::add).open(CONTEXT)) {
            assertThat(write.format()).usingRecursiveComparison().isEqualTo(RowFormat.text());
            try (SegmentWriter writer = write.open(0)) {
                write(writer, "1\n2\n");
                write(writer, "3\n");
                writer.finish();
            }
            write.commit();
        }
        assertThat(ids).containsExactly(new Id(1), new Id(2), new Id(3));
    }

    @Test
    void callsTheConsumerForOneRowAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        Set<Integer> seen = new HashSet<>();
        Target target = Rows.into(Id.class, id -> {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            seen.add(id.id());
            Thread.onSpinWait();
            inside.decrementAndGet();
        });

        ExecutorService segments = Executors.newFixedThreadPool(4);
        try (TargetWrite write = target.open(CONTEXT)) {
            List<Future<?>> running = new ArrayList<>();
            for (int segment = 0; segment < 4; segment++) {
                int number = segment;
                running.add(segments.submit(() -> {
                    try (SegmentWriter writer = write.open(number)) {
                        for (int i = 0; i < 200; i++) {
                            write(writer, (number * 1000 + 2 * i) + "\n" + (number * 1000 + 2 * i + 1) + "\n");
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> segment : running) {
                segment.get();
            }
        } finally {
            segments.shutdownNow();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(seen).hasSize(1600);
    }

    @Test
    void callsTheConsumerNoMoreOnceItFailed() throws Exception {
        IllegalStateException thrown = new IllegalStateException("mine");
        AtomicInteger calls = new AtomicInteger();
        Target target = Rows.into(row -> {
            calls.incrementAndGet();
            throw thrown;
        });
        try (TargetWrite write = target.open(CONTEXT);
                SegmentWriter first = write.open(0);
                SegmentWriter second = write.open(1)) {
            assertThatThrownBy(() -> write(first, "1\n2\n")).isSameAs(thrown);
            assertThatThrownBy(() -> write(second, "3\n")).isSameAs(thrown);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void heedsInterruptsBetweenRows() throws Exception {
        List<Integer> seen = new ArrayList<>();
        Target target = Rows.into(Id.class, id -> {
            seen.add(id.id());
            Thread.currentThread().interrupt();
        });
        try (TargetWrite write = target.open(CONTEXT);
                SegmentWriter writer = write.open(0)) {
            assertThatThrownBy(() -> write(writer, "1\n2\n3\n")).isInstanceOf(InterruptedException.class);
        }
        assertThat(Thread.interrupted()).isFalse();
        assertThat(seen).containsExactly(1);
    }

    @Test
    void refusesRecordsThatDoNotFitBeforeAnyRow() {
        Target target = Rows.into(Id.class, id -> {});
        assertThatThrownBy(() -> target.open(new UnloadContext(Columns.all("name text"), 1, 1024)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read rows as Id: there is no column for id; the columns are name");
    }
}
