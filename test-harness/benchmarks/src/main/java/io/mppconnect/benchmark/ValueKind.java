package io.mppconnect.benchmark;

import io.mppconnect.spi.RowReader;
import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A type of values, written and read one after the other: each as unlike the one before as data are. */
enum ValueKind {
    BOOLEAN {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeBoolean((number & 1) == 0);
        }

        @Override
        long read(RowReader reader, int column) {
            return reader.booleanAt(column) ? 1 : 0;
        }
    },
    INT {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeInt(scattered(number) >>> (number & 31));
        }

        @Override
        long read(RowReader reader, int column) {
            return reader.intAt(column);
        }
    },
    LONG {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeLong(scattered(number) * 1_000_003L);
        }

        @Override
        long read(RowReader reader, int column) {
            return reader.longAt(column);
        }
    },
    DOUBLE {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeDouble(scattered(number) / 1_000.0);
        }

        @Override
        long read(RowReader reader, int column) {
            return (long) reader.doubleAt(column);
        }
    },
    LONG_DOUBLE {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeDouble(scattered(number) / 7.0);
        }

        @Override
        long read(RowReader reader, int column) {
            return (long) reader.doubleAt(column);
        }
    },
    DECIMAL {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeDecimal(scattered(number) / 16L, 2);
        }

        @Override
        long read(RowReader reader, int column) {
            return (long) reader.doubleAt(column);
        }
    },
    BIG_DECIMAL {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeDecimal(DECIMALS[number & MASK]);
        }

        @Override
        long read(RowReader reader, int column) {
            return reader.decimalAt(column).scale();
        }
    },
    TEXT {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeText(WORDS[number & MASK]);
        }

        @Override
        long read(RowReader reader, int column) {
            return (long) reader.valueTo(column) - reader.valueFrom(column);
        }
    },
    UTF8 {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            byte[] bytes = UTF8_WORDS[number & MASK];
            writer.writeUtf8(bytes, 0, bytes.length);
        }

        @Override
        long read(RowReader reader, int column) {
            return (long) reader.valueTo(column) - reader.valueFrom(column);
        }
    },
    DATE {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeDate(8_000L + (scattered(number) & 0x1FFF));
        }

        @Override
        long read(RowReader reader, int column) {
            return reader.epochDayAt(column);
        }
    },
    TIMESTAMP {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeTimestamp(scattered(number) * 1_000_003L & Long.MAX_VALUE >> 12);
        }

        @Override
        long read(RowReader reader, int column) {
            return reader.timestampMicrosAt(column);
        }
    },
    UUID {
        @Override
        void write(RowWriter writer, int number) throws InterruptedException {
            writer.writeUuid(IDS[number & MASK]);
        }

        @Override
        long read(RowReader reader, int column) {
            return (long) reader.valueTo(column) - reader.valueFrom(column);
        }
    };

    private static final int MASK = 63;
    private static final BigDecimal[] DECIMALS = new BigDecimal[MASK + 1];
    private static final String[] WORDS = new String[MASK + 1];
    private static final byte[][] UTF8_WORDS = new byte[MASK + 1][];
    private static final java.util.UUID[] IDS = new java.util.UUID[MASK + 1];

    static {
        String text = "carefully final deposits. ironic theodolites among the quickly express packages\tsleep ";
        for (int i = 0; i <= MASK; i++) {
            DECIMALS[i] = BigDecimal.valueOf(scattered(i) / 16L, 2);
            WORDS[i] = text.substring(i % 23, i % 23 + 4 + i);
            UTF8_WORDS[i] = WORDS[i].getBytes(StandardCharsets.UTF_8);
            IDS[i] = new java.util.UUID(scattered(i) * 1_000_003L, scattered(i + 1) * 1_000_003L);
        }
    }

    abstract void write(RowWriter writer, int number) throws InterruptedException;

    /** Something that depends on the value. */
    abstract long read(RowReader reader, int column);

    private static int scattered(int number) {
        return (number * 0x9E3779B1) >>> 1;
    }
}
