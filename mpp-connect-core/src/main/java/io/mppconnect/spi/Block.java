package io.mppconnect.spi;

/**
 * A piece of memory that holds whole rows in wire format. It has one owner at a time and no lock: whoever hands it on
 * does not touch it again.
 */
public final class Block {

    /** Takes blocks back that nobody needs any more. */
    public interface Owner {
        void released(Block block);
    }

    private final byte[] bytes;
    private final Owner owner;
    private int length;
    private int rows;
    private String origin = "";
    private long firstRecord;

    public Block(int capacity, Owner owner) {
        this.bytes = new byte[capacity];
        this.owner = owner;
    }

    /** The memory itself, of {@link #capacity()} bytes. */
    public byte[] bytes() {
        return bytes;
    }

    public int capacity() {
        return bytes.length;
    }

    /** How many bytes are rows. */
    public int length() {
        return length;
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** Says what the block holds now. */
    public void filled(int length, int rows) {
        this.length = length;
        this.rows = rows;
    }

    /** Where the rows come from, for the database's error log; empty when nothing said so. */
    public String origin() {
        return origin;
    }

    /** The number of the first row within {@link #origin()}, from 1; 0 when unknown. */
    public long firstRecord() {
        return firstRecord;
    }

    /** Says where the rows come from. */
    public void comesFrom(String origin, long firstRecord) {
        this.origin = origin;
        this.firstRecord = firstRecord;
    }

    /** Gives the memory back to its owner; the block is not to be touched again. */
    public void release() {
        length = 0;
        rows = 0;
        origin = "";
        firstRecord = 0;
        owner.released(this);
    }
}
