package io.mppconnect.rows;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.RowWriter;
import java.util.List;

/** What elements look like as rows of one load. Shared by the splits; each binds writers of its own. */
interface RowPlan<T> {

    List<Field> fields();

    ElementWriter<T> bind();

    /** Writes elements as rows; used by one thread. */
    interface ElementWriter<T> {

        /**
         * Writes one element.
         *
         * @param number of the element within the source, from 1
         */
        void write(RowWriter row, T element, long number) throws InterruptedException;
    }
}
