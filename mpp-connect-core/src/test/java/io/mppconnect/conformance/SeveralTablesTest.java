package io.mppconnect.conformance;

import static io.mppconnect.conformance.Loads.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.rows.Rows;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filters, SQL around a transfer, and one source for several tables; all of it in one transaction. */
@Conformance
class SeveralTablesTest {

    private TestDatabase database;
    private Loads loads;

    @BeforeEach
    void takeDatabase(TestDatabase database) {
        this.database = database;
        this.loads = new Loads(database);
    }

    @Test
    void aFilterLeavesRowsOut() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");

        TransferReport report = loads.load(
                Table.named(table).filter("kind = 'a' -- those alone"),
                List.of("id", "name", "kind"),
                row(1, "x", "a"),
                row(2, "y", "b"),
                row(3, "z", null));

        assertThat(loads.rows(table)).containsExactly("1|x");
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.inserted()).isEqualTo(1);
    }

    @Test
    void whatAFilterLeavesOutIsNotEvaluatedFurther() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");

        loads.load(
                Table.named(table).upsertBy("id").compute("id", "nr::int").filter("nr ~ '^[0-9]+$'"),
                List.of("nr", "name"),
                row("1", "x"),
                row("one", "y"));

        assertThat(loads.rows(table)).containsExactly("1|x");
    }

    @Test
    void statementsBeforeAndAfterShareTheTransaction() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'yesterday'), (2, 'today')");
        TransferOptions options = TransferOptions.defaults()
                .before("DELETE FROM " + table + " WHERE name = 'today'", "CREATE TABLE " + table + "_log (n bigint)")
                .after("INSERT INTO " + table + "_log SELECT count(*) FROM " + table);

        TransferReport report = database.cluster()
                .transfer(options)
                .from(Rows.arrays(List.of("id", "name"), List.<Object[]>of(row(3, "today"))))
                .into(Table.named(table))
                .run();

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|yesterday", "3|today");
        assertThat(database.value("SELECT n FROM " + table + "_log")).isEqualTo("2");
        assertThat(report.sql())
                .startsWith(options.before().toArray(String[]::new))
                .endsWith(options.after().get(0));
    }

    @Test
    void aStatementAfterThatFailsUndoesEverything() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer(TransferOptions.defaults()
                                .before("INSERT INTO " + table + " VALUES (0, 'before')")
                                .after("SELECT nosuch()"))
                        .from(Rows.arrays(List.of("id"), List.<Object[]>of(row(3))))
                        .into(Table.named(table))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        assertThat(failure)
                .hasMessage("Cannot transfer rows into table " + table + ": function nosuch() does not exist");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void oneSourceFeedsSeveralTables() {
        String orders = database.table("id bigint, customer text, total numeric(10,2) DISTRIBUTED BY (id)");
        String customers = database.table("name varchar(20), orders text DISTRIBUTED REPLICATED");
        String cancelled = database.table("id int DISTRIBUTED RANDOMLY");
        database.execute(
                "INSERT INTO " + orders + " VALUES (1, 'Ada', 0)",
                "INSERT INTO " + cancelled + " VALUES (99)",
                "INSERT INTO " + customers + " VALUES ('Ada', 'none')");

        TransferReport report = database.cluster()
                .transfer()
                .from(Rows.arrays(
                        List.of("id", "customer", "total", "state"),
                        List.of(
                                row("1", "Ada", "10.00", "open"),
                                row("2", "Bob", "20.00", "open"),
                                row("3", "Ada", "30.00", "cancelled"),
                                row("x", "Eve", null, "broken"))))
                .into(
                        Table.named(orders)
                                .upsertBy("id")
                                .columns("id", "customer", "total")
                                .filter("state = 'open'"),
                        Table.named(customers)
                                .upsertBy("name")
                                .map("name", "customer")
                                .compute("orders", "'last: ' || id")
                                .latestBy("id"),
                        Table.named(cancelled).truncating().columns("id").filter("state = 'cancelled'"))
                .run();

        assertThat(loads.rows(orders)).containsExactlyInAnyOrder("1|Ada|10.00", "2|Bob|20.00");
        assertThat(loads.rows(customers)).containsExactlyInAnyOrder("Ada|last: 3", "Bob|last: 2", "Eve|last: x");
        assertThat(loads.rows(cancelled)).containsExactly("3");
        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.tables())
                .containsExactly(
                        new TablePart(orders, 1, 1, 0),
                        new TablePart(customers, 2, 1, 0),
                        new TablePart(cancelled, 1, 0, 0));
        assertThat(report.sql().stream().filter(sql -> sql.contains("EXTERNAL TEMP TABLE")))
                .as("one pull, and perhaps the probe of the first transfer")
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void ifOneTableFailsNoneIsWritten() {
        String first = database.table("id int DISTRIBUTED BY (id)");
        String second = database.table("id int CHECK (id < 2) DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Rows.arrays(List.of("id"), List.of(row(1), row(2))))
                        .into(Table.named(first).truncating(), Table.named(second))
                        .run());

        assertThat(failure.sqlState()).contains("23514");
        assertThat(database.count(first) + database.count(second)).isZero();
    }

    @Test
    void nothingIsLeftBehind() {
        String table = database.table("id int, day int DISTRIBUTED BY (id)");

        loads.load(Table.named(table).upsertBy("id"), List.of("id", "day"), row(1, 1));
        loads.failure(Table.named(table).upsertBy("id"), List.of("id", "day"), row(1, 1), row(1, 2));

        assertThat(database.value("SELECT count(*) FROM pg_catalog.pg_class c"
                        + " WHERE relname LIKE 'mpp\\_connect\\_%' AND relkind = 'r'"))
                .isEqualTo("0");
    }
}
