package io.mppconnect.spi;

import java.io.IOException;

/** A piece of memory that holds whole rows in wire format. */
public final class Block extends WireRows {

    /** Takes blocks back that nobody needs any more. */
    public interface Owner {
        /** Nobody uses the block any more; from any thread. */
        void released(Block block);
    }

    private final byte[] bytes;
    private final Owner owner;

    /** Memory of so many bytes, which goes back to its owner when it is released. */
    public Block(int capacity, Owner owner) {
        this.bytes = new byte[capacity];
        this.owner = owner;
    }

    /** The memory itself, of {@link #capacity()} bytes. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there is room for. */
    public int capacity() {
        return bytes.length;
    }

    /** Says what the block holds now. */
    public void filled(int length, int rows) {
        hold(length, rows);
    }

    @Override
    public long writeTo(Sink sink, int from) throws IOException {
        return sink.take(bytes, from, length() - from);
    }

    /** Gives the memory back to its owner. */
    @Override
    public void release() {
        hold(0, 0);
        comesFrom("", 0);
        owner.released(this);
    }
}
