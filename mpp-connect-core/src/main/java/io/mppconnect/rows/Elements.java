package io.mppconnect.rows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Supplier;

/** Where the elements of one source come from. */
interface Elements<T> {

    /** How many elements are worth a part of their own. */
    int LEAST_PART = 4_096;

    /** How many parts each thread gets, so that none has to wait long for the last one. */
    int PARTS_PER_THREAD = 4;

    /**
     * The elements of one run, cut into parts that several threads may read at once.
     *
     * @throws io.mppconnect.MppConnectException when they were there once and have been read
     */
    List<Part<T>> parts(int parallelism);

    /** The run is over. */
    void close();

    /**
     * Some elements one after the other.
     *
     * @param first the number of the first one, from 1
     * @param elements begins to read them
     */
    record Part<T>(String name, long first, Supplier<Iterator<? extends T>> elements) {

        static <T> Part<T> whole(Supplier<Iterator<? extends T>> elements) {
            return new Part<>("rows", 1, elements);
        }
    }

    /** Elements that can be read time and again; a list that can be read anywhere is cut into several parts. */
    record Repeatable<T>(Iterable<? extends T> elements) implements Elements<T> {

        @Override
        public List<Part<T>> parts(int parallelism) {
            return elements instanceof List<? extends T> list && list instanceof RandomAccess
                    ? cut(list, parallelism)
                    : List.of(Part.whole(elements::iterator));
        }

        @Override
        public void close() {
            // Nothing was opened.
        }

        private static <T> List<Part<T>> cut(List<? extends T> list, int parallelism) {
            int size = list.size();
            long wished = Math.min((long) parallelism * PARTS_PER_THREAD, size / LEAST_PART);
            if (wished < 2) {
                return List.of(Part.whole(list::iterator));
            }
            List<Part<T>> parts = new ArrayList<>();
            int from = 0;
            for (long i = 1; i <= wished; i++) {
                int to = (int) (size * i / wished);
                String name = "rows " + (from + 1) + " to " + to;
                parts.add(new Part<>(name, from + 1L, list.subList(from, to)::iterator));
                from = to;
            }
            return parts;
        }
    }
}
