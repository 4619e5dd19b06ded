package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sources whose fields change while they are loaded. */
@Conformance
class ChangingFieldsTest {

    private static final ColumnType INTEGER = ColumnType.of(TypeKind.INT4, "integer");
    private static final ColumnType TEXT = ColumnType.of(TypeKind.TEXT, "text");
    private static final Field ID = Field.of("id", INTEGER);
    private static final Field NOTE = Field.of("note", TEXT);
    private static final Field SIZE = Field.of("size", INTEGER);

    /** Rows 1 and 2 with an id, then row 3 with a note, too. */
    private static ChangingStream growing() {
        return ChangingStream.of(List.of(ID), List.of(ID, NOTE))
                .row(0, 0, Map.of("id", "1"))
                .row(0, 0, Map.of("id", "2"))
                .row(0, 1, Map.of("id", "3", "note", "new"));
    }

    /** Rows 1 and 2 with a note, then row 3 without. */
    private static ChangingStream shrinking() {
        return ChangingStream.of(List.of(ID, NOTE), List.of(ID))
                .row(0, 0, Map.of("id", "1", "note", "a"))
                .row(0, 0, Map.of("id", "2", "note", "b"))
                .row(0, 1, Map.of("id", "3"));
    }

    private static ParallelTransfer load(TestDatabase database, ChangingStream source, Table table) {
        return database.cluster().transfer().from(source).into(table).committing(Commits.every(Duration.ofHours(1)));
    }

    private static MppConnectException failure(TestDatabase database, ChangingStream source, Table table) {
        return catchThrowableOfType(
                MppConnectException.class, () -> load(database, source, table).run());
    }

    private static List<String> rows(TestDatabase database, String table) {
        return new Loads(database).rows(table + " ORDER BY id");
    }

    @Test
    void fieldsThatComeLaterAreLeftOutIfThatIsThePolicy(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        TransferReport report = load(database, growing(), Table.named(table).evolving(SchemaEvolution.NONE))
                .run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(rows(database, table)).containsExactly("1", "2", "3");
    }

    @Test
    void fieldsThatComeLaterEndTheLoadIfThatIsThePolicy(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        MppConnectException failure =
                failure(database, growing(), Table.named(table).evolving(SchemaEvolution.FAIL));

        assertThat(failure.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH);
        assertThat(failure)
                .hasMessage("Cannot load into " + Table.named(table).name()
                        + ": there is no column for field note (map it, or choose columns(...) to leave it out)");
        assertThat(rows(database, table)).containsExactly("1", "2");
    }

    @Test
    void fieldsThatComeLaterGetColumnsIfThatIsThePolicy(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");
        Table target = Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS);
        ChangingStream source = ChangingStream.of(List.of(ID), List.of(ID, NOTE), List.of(ID, NOTE, SIZE))
                .row(0, 0, Map.of("id", "1"))
                .row(0, 1, Map.of("id", "2", "note", "new"))
                .row(0, 2, Map.of("id", "3", "note", "newer", "size", "7"));

        TransferReport report = load(database, source, target).run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.commits()).isEqualTo(3);
        assertThat(rows(database, table)).containsExactly("1|null|null", "2|new|null", "3|newer|7");
        assertThat(database.cluster().table(table).columns())
                .extracting(column -> column.name() + " " + column.type().sql())
                .containsExactly("id integer", "note text", "size integer");
    }

    @Test
    void aJobLoadsEachRowOnceWhenSplitsChangeOneAfterTheOther(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");
        Table target = Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS);
        String job = "changing-" + UUID.randomUUID();
        ChangingStream source = ChangingStream.of(List.of(ID), List.of(ID, NOTE));
        for (int i = 0; i < 100; i++) {
            source.row(0, i < 50 ? 0 : 1, Map.of("id", Integer.toString(2 * i), "note", "even"));
            source.row(1, i < 80 ? 0 : 1, Map.of("id", Integer.toString(2 * i + 1), "note", "odd"));
        }

        load(database, source, target).exactlyOnce(job).run();
        load(database, source, target).exactlyOnce(job).run();

        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of("200", "200", "199"));
        assertThat(database.value(
                        "SELECT count(*) FROM " + table + " WHERE id >= 100 AND id % 2 = 0 AND note = 'even'"))
                .isEqualTo("50");
        assertThat(database.value("SELECT count(*) FROM " + table + " WHERE id >= 160 AND note IS NULL"))
                .isEqualTo("0");
    }

    @Test
    void anUpsertGoesOnWithTheColumnThatWasAdded(TestDatabase database) {
        String table = database.table("id integer, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'kept'), (3, 'kept')");

        load(database, growing(), Table.named(table).upsertBy("id").evolving(SchemaEvolution.ADD_COLUMNS))
                .run();

        assertThat(rows(database, table)).containsExactly("1|kept|null", "2|null|null", "3|kept|new");
    }

    @Test
    void aColumnWhoseFieldGoesAwayGetsItsDefault(TestDatabase database) {
        String table = database.table("id integer, note text DEFAULT 'none' DISTRIBUTED BY (id)");

        load(database, shrinking(), Table.named(table)).run();

        assertThat(rows(database, table)).containsExactly("1|a", "2|b", "3|none");
    }

    @Test
    void aColumnThatNeedsAValueEndsTheLoadWhenItsFieldGoesAway(TestDatabase database) {
        String table = database.table("id integer, note text NOT NULL DISTRIBUTED BY (id)");

        MppConnectException failure = failure(database, shrinking(), Table.named(table));

        assertThat(failure.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH);
        assertThat(failure)
                .hasMessage("Cannot load into " + Table.named(table).name()
                        + ": nothing is written to column note, which is NOT NULL without a default");
        assertThat(rows(database, table)).containsExactly("1|a", "2|b");
    }

    @Test
    void aTypeThatTheColumnDoesNotTakeEndsTheLoad(TestDatabase database) {
        String table = database.table("id integer, size integer DISTRIBUTED BY (id)");
        ChangingStream source = ChangingStream.of(List.of(ID, SIZE), List.of(ID, Field.of("size", TEXT)))
                .row(0, 0, Map.of("id", "1", "size", "1"))
                .row(0, 1, Map.of("id", "2", "size", "large"));

        MppConnectException failure =
                failure(database, source, Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS));

        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        assertThat(failure)
                .hasMessage("Cannot transfer changing into " + Table.named(table)
                        + ": column \"size\" is of type integer but expression is of type text");
        assertThat(rows(database, table)).containsExactly("1|1");
    }

    @Test
    void aValueOfAWiderTypeIsNeverCut(TestDatabase database) {
        String table = database.table("id integer, size integer DISTRIBUTED BY (id)");
        Field wider = Field.of("size", ColumnType.of(TypeKind.INT8, "bigint"));
        ChangingStream source = ChangingStream.of(List.of(ID, SIZE), List.of(ID, wider))
                .row(0, 0, Map.of("id", "1", "size", "1"))
                .row(0, 1, Map.of("id", "2", "size", "3000000000"));

        MppConnectException failure = failure(database, source, Table.named(table));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure).hasMessageContaining("integer out of range");
        assertThat(rows(database, table)).containsExactly("1|1");
    }

    @Test
    void aLoadOfOneCommitCannotGoOnWithOtherFields(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(growing())
                        .into(Table.named(table))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure)
                .hasMessage("Cannot load changing into " + Table.named(table)
                        + " by one commit: its fields change half-way; load it with committingEvery");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void aSourceThatCannotResumeEndsWhereItsFieldsChange(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        MppConnectException failure = failure(database, growing().fromStartOnly(), Table.named(table));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure)
                .hasMessage("Cannot go on with changing into " + Table.named(table)
                        + ": its fields change, and it cannot resume where it was; what it gave before is committed");
        assertThat(rows(database, table)).containsExactly("1", "2");
    }

    @Test
    void aSourceThatAnnouncesTheSameFieldsForEverEndsTheLoad(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        MppConnectException failure = failure(database, growing().deaf(), Table.named(table));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure)
                .hasMessage("Cannot go on with changing into " + Table.named(table)
                        + ": it announces the same fields again and gives no row of them");
        assertThat(rows(database, table)).containsExactly("1", "2");
    }

    @Test
    void aSourceThatAnnouncesFieldsInTurnForEverEndsTheLoad(TestDatabase database) {
        String table = database.table("id integer, note text, size integer DISTRIBUTED BY (id)");
        ChangingStream source = ChangingStream.of(List.of(ID), List.of(ID, NOTE), List.of(ID, SIZE))
                .row(0, 0, Map.of("id", "1"))
                .fickle();

        MppConnectException failure = failure(database, source, Table.named(table));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure)
                .hasMessage("Cannot go on with changing into " + Table.named(table)
                        + ": it announces the same fields again and gives no row of them");
    }

    @Test
    void aSourceThatIsChangedAgainAndAgainIsReadInTheEnd(TestDatabase database) {
        String table = database.table("id integer, note text DISTRIBUTED BY (id)");

        TransferReport report =
                load(database, growing().changing(3), Table.named(table)).run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(rows(database, table)).containsExactly("1|null", "2|null", "3|new");
    }

    @Test
    void aLoadOfOneCommitSaysWhatHasChanged(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        assertThat(catchThrowableOfType(
                        MppConnectException.class,
                        () -> database.cluster()
                                .transfer()
                                .from(growing().changing(1))
                                .into(Table.named(table))
                                .run()))
                .hasMessage("Cannot load changing into " + Table.named(table)
                        + " by one commit: The parts are others from now on; load it with committingEvery")
                .extracting(MppConnectException::code)
                .isEqualTo(ErrorCode.SOURCE_FAILED);
    }

    @Test
    void aSourceThatCannotResumeEndsWhereItsPartsChange(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");

        assertThat(failure(database, growing().fromStartOnly().changing(1), Table.named(table)))
                .hasMessage("Cannot go on with changing into " + Table.named(table)
                        + ": The parts are others from now on, and it cannot resume where it was; what it gave before is"
                        + " committed")
                .extracting(MppConnectException::code)
                .isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(database.count(table)).isZero();
    }

    @Test
    void positionsWithoutRowsAreNotReachedInAnotherSource(TestDatabase database) {
        String table = database.table("id integer DISTRIBUTED BY (id)");
        ChangingStream source = ChangingStream.of(List.of(ID)).gap(0).replaced();

        assertThat(failure(database, source, Table.named(table))).hasMessage("The log is another one");
    }
}
