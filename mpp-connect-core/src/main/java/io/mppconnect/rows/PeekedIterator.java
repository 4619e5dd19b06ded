package io.mppconnect.rows;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An iterator whose first element can be looked at before it is taken. */
final class PeekedIterator<T> implements Iterator<T> {

    private final Iterator<? extends T> elements;
    private final @Nullable T first;
    private boolean ahead;

    PeekedIterator(Iterator<? extends T> elements) {
        this.elements = elements;
        this.ahead = elements.hasNext();
        this.first = ahead ? elements.next() : null;
    }

    /** The first element; null when there is none. */
    @Nullable
    T peek() {
        return first;
    }

    @Override
    public boolean hasNext() {
        return ahead || elements.hasNext();
    }

    @Override
    @SuppressWarnings("NullAway") // An element is handed on as it came, null or not.
    public T next() {
        if (ahead) {
            ahead = false;
            return first;
        }
        return elements.next();
    }
}
