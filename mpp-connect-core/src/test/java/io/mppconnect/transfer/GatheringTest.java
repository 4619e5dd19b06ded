package io.mppconnect.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.Commits;
import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.block.BlockPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheringTest {

    private static final Commits SELDOM = Commits.every(Duration.ofHours(1));

    private final BlockPool pool = new BlockPool(1024, 64);

    private Block block(String origin, long record, int rows, int length) throws InterruptedException {
        Block block = pool.acquire(0, true);
        block.filled(length, rows);
        block.comesFrom(origin, record);
        return block;
    }

    @Test
    void aBatchIsDueBySoManyRowsAndTheNextOneGathersBehindIt() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM.rows(10), 1024);
        gathering.add("a", List.of(block("a", 1, 6, 6)), Positions.of("a", "6"));
        gathering.add("b", List.of(block("b", 1, 6, 6)), Positions.of("b", "6"));
        gathering.add("a", List.of(block("a", 7, 1, 1)), Positions.of("a", "7"));

        Gathered first = gathering.take();
        assertThat(first.rows()).isEqualTo(12);
        assertThat(first.positions()).hasToString("{a=6, b=6}");
        gathering.end();
        Gathered second = gathering.take();
        assertThat(second.rows()).isEqualTo(1);
        assertThat(second.positions()).hasToString("{a=7}");
        assertThat(gathering.take()).isNull();
    }

    @Test
    void blocksStayTheCallersWhenTheRowsSetAsideCannotBeKept() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM, 1024);
        List<Block> blocks = List.of(block("a", 1, 1, 40));
        List<RejectedRow> unkept = new AbstractList<>() {
            @Override
            public RejectedRow get(int index) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatThrownBy(() -> gathering.add("a", blocks, unkept, Positions.of("a", "1")))
                .isInstanceOf(UncheckedIOException.class);
        gathering.end();
        assertThat(gathering.take()).isNull();
    }

    @Test
    void aBatchIsDueBySoManyBytes() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM.bytes(io.mppconnect.DataSize.ofBytes(60)), 1024);
        gathering.add("a", List.of(block("a", 1, 1, 60)), Positions.none());
        assertThat(gathering.take().bytes()).isEqualTo(60);
    }

    @Test
    void aBatchIsDueOnceItHoldsHalfOfTheMemory() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM, 256);
        gathering.add("a", List.of(block("a", 1, 1, 40), block("a", 2, 1, 40)), Positions.none());
        assertThat(gathering.take().memory()).isEqualTo(128);
    }

    @Test
    void aBatchIsDueItsTimeAfterItsFirstRow() throws Exception {
        Gathering gathering = new Gathering(Commits.every(Duration.ofMillis(5)), 1024);
        CompletableFuture<Gathered> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return gathering.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        gathering.add("a", List.of(block("a", 1, 1, 1)), Positions.none());
        assertThat(taken.get(30, TimeUnit.SECONDS).rows()).isEqualTo(1);
    }

    @Test
    void smallBlocksThatFollowEachOtherBecomeOne() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM, 1024);
        for (int record = 1; record <= 5; record++) {
            Block block = block("a", record, 1, 2);
            block.bytes()[0] = (byte) ('0' + record);
            block.bytes()[1] = '\n';
            gathering.add("a", List.of(block), Positions.none());
        }
        gathering.add("a", List.of(block("a", 9, 1, 2)), Positions.none());
        gathering.end();

        Gathered taken = gathering.take();
        assertThat(taken.blocks()).hasSize(2);
        Block first = taken.blocks().get(0);
        assertThat(new String(first.bytes(), 0, first.length(), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(first.rows()).isEqualTo(5);
        assertThat(pool.used()).isEqualTo(128);
    }

    @Test
    void whatComesAfterTheEndIsDroppedWithItsPositions() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM, 1024);
        gathering.end();
        gathering.add("a", List.of(block("a", 1, 1, 1)), Positions.of("a", "1"));
        assertThat(gathering.take()).isNull();
        assertThat(pool.used()).isZero();
    }

    @Test
    void discardingGivesAllMemoryBack() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM.rows(1), 1024);
        gathering.add("a", List.of(block("a", 1, 1, 1)), Positions.none());
        gathering.add("a", List.of(block("a", 2, 1, 1)), Positions.none());
        gathering.discard();
        assertThat(pool.used()).isZero();
    }

    @Test
    void blocksOfSeveralOriginsThatASplitReadsByTurnsArePutTogether() throws InterruptedException {
        Gathering gathering = new Gathering(SELDOM, 1024);
        for (int turn = 0; turn < 3; turn++) {
            gathering.add(
                    "split",
                    List.of(block("a", 1 + turn, 1, 4), block("b", 7 + turn, 1, 4)),
                    Positions.of("a", Integer.toString(turn)));
        }
        gathering.end();

        Gathered all = gathering.take();
        assertThat(all.blocks())
                .extracting(block -> block.origin() + " " + block.firstRecord() + " " + block.rows())
                .containsExactly("a 1 3", "b 7 3");
        all.blocks().forEach(Block::release);
    }
}
