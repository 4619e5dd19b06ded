package io.mppconnect;

/**
 * What a load does when its source has fields that the table has no columns for, at its start or, in a load that commits
 * many times, from some row on ({@link io.mppconnect.spi.FieldsChangedException}). Columns are never dropped nor changed:
 * one whose field goes away gets its default from then on, and a field whose type it does not take ends the load.
 */
public enum SchemaEvolution {
    /** Leaves these fields out. */
    NONE,
    /** Fails before a row of these fields moves; what was committed before stays. */
    FAIL,
    /**
     * Adds a column for each, of the type that the source gives it, or text; rows that are there hold NULL in it. Other
     * loads of the table wait meanwhile, until this one is committed. The role must own the table. Fields that have no
     * column because {@link Table#compute} uses them, or {@link Table#columns} does not, get none.
     */
    ADD_COLUMNS
}
