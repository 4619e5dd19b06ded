package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Elements of an iterator or a stream, which are there for one run. */
final class OnceElements<T> implements Elements<T> {

    private final String what;
    private final Supplier<Iterator<? extends T>> elements;
    private final Runnable close;
    private final AtomicBoolean taken = new AtomicBoolean();

    private OnceElements(String what, Supplier<Iterator<? extends T>> elements, Runnable close) {
        this.what = what;
        this.elements = elements;
        this.close = close;
    }

    static <T> OnceElements<T> of(Iterator<? extends T> iterator) {
        return new OnceElements<>("iterator", () -> iterator, () -> {});
    }

    /** The stream is closed with the run that reads it. */
    static <T> OnceElements<T> of(Stream<? extends T> stream) {
        return new OnceElements<>("stream", stream::iterator, stream::close);
    }

    @Override
    public List<Part<T>> parts(int parallelism) {
        if (!taken.compareAndSet(false, true)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot read rows twice: the " + what + " was taken by an earlier run; give a collection, or a new "
                            + what + " for each run");
        }
        return List.of(Part.whole(elements));
    }

    @Override
    public void close() {
        close.run();
    }
}
