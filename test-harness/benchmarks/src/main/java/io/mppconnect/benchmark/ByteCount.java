package io.mppconnect.benchmark;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Has JMH tell bytes a second besides operations. */
@AuxCounters
@State(Scope.Thread)
public class ByteCount {

    /** How many bytes of TEXT or CSV so far. */
    public long bytes;

    /** Starts anew with each iteration. */
    @Setup(Level.Iteration)
    public void reset() {
        bytes = 0;
    }
}
