package io.mppconnect.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next row has other fields than {@link SourceScan#fields}: more, fewer, or of other types. Thrown before anything of
 * that row is written.
 *
 * <p>The load opens the source again with the fields announced here, and plans anew, as at its start: {@link
 * io.mppconnect.SchemaEvolution} says what becomes of fields that have no column; columns that have no field any more get
 * their default; types that the columns do not take end the load.
 */
public final class FieldsChangedException extends SourceChangedException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Field> fields;

    /**
     * Announces fields.
     *
     * @param fields all fields that the source is to have from now on, in the order in which rows will hold them
     */
    public FieldsChangedException(List<Field> fields) {
        super("The fields are "
                + String.join(", ", fields.stream().map(Field::name).toList()) + " from now on");
        this.fields = List.copyOf(fields);
    }

    /** All fields; none in an exception that was serialised, for they are not. */
    public List<Field> fields() {
        List<Field> known = fields;
        return known == null ? List.of() : known;
    }
}
