package io.mppconnect.benchmark;

import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.List;

/**
 * Full blocks of zeros that nobody has to fill: what is left is the way out.
 *
 * @param blocks how many
 */
record ReadyBlocks(int blocks) implements Source {

    @Override
    public String name() {
        return "ready blocks";
    }

    @Override
    public SourceScan open(LoadContext context) {
        return new Scan(blocks);
    }

    private record Scan(int blocks) implements SourceScan {

        @Override
        public List<Field> fields() {
            return List.of(Field.of("c1"));
        }

        @Override
        public RowFormat format() {
            return RowFormat.text();
        }

        @Override
        public List<Split> splits() {
            return List.of(new All(blocks));
        }

        @Override
        public void close() {}
    }

    private record All(int blocks) implements Split {

        @Override
        public String name() {
            return "all";
        }

        @Override
        public SplitReader open() {
            return new Hand(blocks);
        }
    }

    private static final class Hand implements SplitReader {

        private int left;

        Hand(int blocks) {
            this.left = blocks;
        }

        @Override
        public boolean read(SplitOutput output) throws InterruptedException {
            BlockWriter writer = output.blocks();
            Block block = writer.acquire(0);
            block.filled(block.capacity(), 1);
            writer.send(block);
            return --left > 0;
        }

        @Override
        public void close() {}
    }
}
