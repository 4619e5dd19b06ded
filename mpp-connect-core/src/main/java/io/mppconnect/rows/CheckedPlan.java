package io.mppconnect.rows;

import io.mppconnect.spi.Field;
import java.util.List;

/** A plan whose elements are looked at before they are written. */
record CheckedPlan<T>(RowPlan<T> plan, Check<T> check) implements RowPlan<T> {

    /** Throws when an element cannot be a row. */
    interface Check<T> {
        void check(T element, long number);
    }

    @Override
    public List<Field> fields() {
        return plan.fields();
    }

    @Override
    public ElementWriter<T> bind() {
        ElementWriter<T> writer = plan.bind();
        return (row, element, number) -> {
            check.check(element, number);
            writer.write(row, element, number);
        };
    }
}
