package io.mppconnect.transfer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.Column.Generation;
import io.mppconnect.catalog.Distribution;
import io.mppconnect.catalog.ExternalTablePrivileges;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Kind;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableInfo.Storage;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadPlanTest {

    private static final ColumnType INT8 = ColumnType.of(TypeKind.INT8, "bigint");
    private static final ColumnType TEXT = ColumnType.of(TypeKind.TEXT, "text");
    private static final ColumnType DATE = ColumnType.of(TypeKind.DATE, "date");

    private static final Column ID = new Column("id", INT8, false, Optional.empty(), Generation.NONE);
    private static final Column NAME = Column.of("Name", TEXT);
    private static final Column DAY = new Column("day", DATE, false, Optional.of("now()"), Generation.NONE);
    private static final Column FOREIGN = new Column("day", DATE, true, Optional.empty(), Generation.NONE, false, true);
    private static final Column TWICE = new Column("twice", INT8, true, Optional.of("id * 2"), Generation.STORED);

    private static TableInfo orders(Column... columns) {
        return info(Kind.TABLE, Set.of(Privilege.INSERT, Privilege.USE_SCHEMA), columns);
    }

    private static TableInfo info(Kind kind, Set<Privilege> privileges, Column... columns) {
        return new TableInfo(
                1,
                TableName.parse("public.orders"),
                kind,
                Storage.HEAP,
                false,
                List.of(columns),
                new Distribution(Distribution.Policy.RANDOM, 4, List.of()),
                privileges);
    }

    private static List<Field> fields(String... names) {
        return Stream.of(names).map(Field::of).toList();
    }

    private static String insert(List<Field> fields, Table table, TableInfo info) {
        return plan(fields, table, info).targets().get(0).insert("\"x\"");
    }

    private static LoadPlan plan(List<Field> fields, Table table, TableInfo info) {
        return LoadPlan.of(
                fields,
                List.of(new TargetTable(table, info, Optional.empty())),
                new MissingPrivileges("loader", "shop", "load"));
    }

    @Test
    void fieldsGoIntoColumnsOfTheirNameAndTakeTheirTypes() {
        LoadPlan plan = plan(fields("Name", "id"), Table.named("orders"), orders(ID, NAME, DAY, TWICE));

        assertThat(plan.columns())
                .containsExactly(new ExternalColumn("Name", "text"), new ExternalColumn("id", "bigint"));
        assertThat(insert(fields("Name", "id"), Table.named("orders"), orders(ID, NAME, DAY, TWICE)))
                .isEqualTo("INSERT INTO \"public\".\"orders\" (\"id\", \"Name\") SELECT \"id\", \"Name\" FROM \"x\"");
    }

    @Test
    void mappedAndComputedColumnsTakeTheirFieldsAndExpressions() {
        Table table = Table.named("orders").map("id", "nr").compute("Name", "upper(label)");

        LoadPlan plan = plan(fields("nr", "label", "day"), table, orders(ID, NAME, DAY));

        assertThat(plan.columns())
                .containsExactly(
                        new ExternalColumn("nr", "bigint"),
                        new ExternalColumn("label", "text"),
                        new ExternalColumn("day", "date"));
        assertThat(insert(fields("nr", "label", "day"), table, orders(ID, NAME, DAY)))
                .isEqualTo("INSERT INTO \"public\".\"orders\" (\"id\", \"Name\", \"day\")"
                        + " SELECT \"nr\", (upper(label)\n), \"day\" FROM \"x\"");
    }

    @Test
    void aFieldForColumnsOfSeveralTypesIsReadAsTextAndCast() {
        Table table = Table.named("orders").map("id", "x").map("Name", "x");

        assertThat(plan(fields("x"), table, orders(ID, NAME)).columns())
                .containsExactly(new ExternalColumn("x", "text"));
        assertThat(insert(fields("x"), table, orders(ID, NAME)))
                .endsWith(" SELECT CAST(\"x\" AS bigint), CAST(\"x\" AS text) FROM \"x\"");
    }

    @Test
    void aFieldsOwnTypeWins() {
        LoadPlan plan = plan(List.of(Field.of("id", TEXT)), Table.named("orders"), orders(ID));

        assertThat(plan.columns()).containsExactly(new ExternalColumn("id", "text"));
    }

    @Test
    void aFieldCannotHaveTheNameOfASystemColumn() {
        assertThatThrownBy(
                        () -> plan(fields("id", "ctid"), Table.named("orders").columns("id"), orders(ID)))
                .hasMessage("Cannot load into public.orders: field ctid has the name of a column that every table has"
                        + " already; give it another one");
    }

    @Test
    void chosenColumnsLeaveOtherFieldsOut() {
        String sql = insert(fields("id", "Name", "note"), Table.named("orders").columns("id"), orders(ID, NAME, DAY));

        assertThat(sql).isEqualTo("INSERT INTO \"public\".\"orders\" (\"id\") SELECT \"id\" FROM \"x\"");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Table table = Table.named("orders")
                .map("nosuch", "label")
                .map("day", "nofield")
                .compute("twice", "1")
                .columns("Name", "Name", "gone");

        assertThatThrownBy(() -> plan(fields("label", "label"), table, orders(ID, NAME, DAY, TWICE)))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage(
                        "Cannot load into public.orders: the source has two fields named label; column Name is named"
                                + " twice; there is no column gone; there is no column nosuch; the source has no field nofield"
                                + " for column day; column twice is generated by the database and cannot be written; the source"
                                + " has no field Name; nothing is written to column id, which is NOT NULL without a default");
    }

    @Test
    void refusesAFieldThatNobodyReads() {
        assertThatThrownBy(() -> plan(fields("id", "nmae"), Table.named("orders"), orders(ID, NAME)))
                .hasMessage("Cannot load into public.orders: there is no column for field nmae (map it, or choose"
                        + " columns(...) to leave it out)");
    }

    @Test
    void namesTheColumnThatAFieldMayBeMeantFor() {
        assertThatThrownBy(() -> plan(fields("id", "namee"), Table.named("orders"), orders(ID, NAME)))
                .hasMessage("Cannot load into public.orders: there is no column for field namee (did you mean Name? map"
                        + " it, or choose columns(...) to leave it out)");
    }

    @Test
    void refusesToWriteAGeneratedColumn() {
        assertThatThrownBy(() -> plan(fields("id", "twice"), Table.named("orders"), orders(ID, TWICE)))
                .hasMessage("Cannot load into public.orders: column twice is generated by the database and cannot be"
                        + " written");
    }

    @Test
    void refusesAColumnMappedTwice() {
        assertThatThrownBy(() -> Table.named("orders").map("id", "a").map("id", "b"))
                .hasMessage("Cannot map column id twice; it has one value per row");
        assertThatThrownBy(() ->
                        plan(fields("a"), Table.named("orders").map("id", "a").compute("id", "1"), orders(ID)))
                .hasMessageContaining("column id is mapped and computed");
    }

    @Test
    void refusesWhatCannotBeInsertedInto() {
        assertThatThrownBy(() -> plan(
                        fields("id"),
                        Table.named("orders"),
                        info(Kind.MATERIALIZED_VIEW, Set.of(Privilege.INSERT, Privilege.USE_SCHEMA), ID)))
                .hasMessage("Cannot load into public.orders: it is a materialized view; name a table");
        assertThatThrownBy(() -> plan(
                        fields("day"),
                        Table.named("orders"),
                        info(Kind.TABLE, Set.of(Privilege.SELECT, Privilege.USE_SCHEMA), FOREIGN)))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING))
                .hasMessage(
                        "Cannot load: role loader may not INSERT on public.orders; the owner can allow it: GRANT INSERT ON"
                                + " \"public\".\"orders\" TO \"loader\"");
    }

    @Test
    void aPrivilegeOnTheColumnsWillDo() {
        TableInfo info = info(Kind.TABLE, Set.of(Privilege.USE_SCHEMA), ID, FOREIGN);

        assertThat(insert(fields("id"), Table.named("orders"), info)).contains("(\"id\") SELECT \"id\"");
        assertThatThrownBy(() -> plan(fields("id", "day"), Table.named("orders"), info))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING))
                .hasMessage(
                        "Cannot load: role loader may not INSERT into column day of public.orders; the owner can allow it:"
                                + " GRANT INSERT (\"day\") ON \"public\".\"orders\" TO \"loader\"");
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        MissingPrivileges missing = new MissingPrivileges("loader", "shop", "load");
        missing.readable(new ExternalTablePrivileges(false, true, false));
        missing.temporary(false);
        Table table = Table.named("orders").truncating();

        assertThatThrownBy(() -> LoadPlan.of(
                        fields("day"),
                        List.of(new TargetTable(table, info(Kind.TABLE, Set.of(), FOREIGN), Optional.empty())),
                        missing))
                .hasMessage("Cannot load: role loader may not create readable gpfdist external tables, nor create"
                        + " temporary tables in database shop, nor use schema public, nor INSERT, TRUNCATE on public.orders;"
                        + " a superuser can allow it: ALTER ROLE \"loader\" CREATEEXTTABLE(type='readable',"
                        + " protocol='gpfdist'); GRANT TEMPORARY ON DATABASE \"shop\" TO \"loader\"; GRANT USAGE ON SCHEMA"
                        + " \"public\" TO \"loader\"; GRANT INSERT, TRUNCATE ON \"public\".\"orders\" TO \"loader\"");
    }
}
