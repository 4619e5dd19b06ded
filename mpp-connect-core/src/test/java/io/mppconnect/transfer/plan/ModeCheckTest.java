package io.mppconnect.transfer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.Distribution;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Kind;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableInfo.Storage;
import io.mppconnect.catalog.TableName;
import io.mppconnect.catalog.TableReactions;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is refused about write modes before a row moves. */
class ModeCheckTest {

    private static final Column ID = Column.of("id", ColumnType.of(TypeKind.INT8, "bigint"));
    private static final Column NAME = Column.of("name", ColumnType.of(TypeKind.TEXT, "text"));
    private static final Column DOCUMENT = Column.of("document", ColumnType.of(TypeKind.JSON, "json"));

    private static TargetTable target(Table table, Set<Privilege> privileges, TableReactions reactions) {
        TableInfo info = new TableInfo(
                1,
                TableName.parse("public.orders"),
                Kind.TABLE,
                Storage.HEAP,
                false,
                List.of(ID, NAME, DOCUMENT),
                new Distribution(Distribution.Policy.RANDOM, 4, List.of()),
                privileges);
        return new TargetTable(table, info, Optional.of(reactions));
    }

    private static LoadPlan plan(List<Field> fields, TargetTable... targets) {
        return LoadPlan.of(fields, List.of(targets), new MissingPrivileges("loader", "shop", "load"));
    }

    private static void assertRefused(Table table, String problems, String... fields) {
        assertThatThrownBy(() -> plan(
                        Stream.of(fields).map(Field::of).toList(),
                        target(table, EnumSet.allOf(Privilege.class), TableReactions.NONE)))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot load into public.orders: " + problems);
    }

    @Test
    void matchedColumnsExistAreWrittenAndCanBeCompared() {
        assertRefused(
                Table.named("orders").upsertBy("id", "id", "nosuch", "name", "document"),
                "column id is matched twice; there is no column nosuch; no field of the source has a value for column"
                        + " name, which is to be matched; column document cannot be matched: json has no equality",
                "id",
                "document");
    }

    @Test
    void theColumnThatWasMeantIsNamed() {
        assertRefused(
                Table.named("orders").upsertBy("id").updating("names"),
                "there is no column names (did you mean name?)",
                "id");
    }

    @Test
    void updateColumnsExistAreWrittenAndNotMatched() {
        assertRefused(
                Table.named("orders").upsertBy("id").updating("id", "name", "name", "nosuch"),
                "column id is matched, so there is nothing to update in it; no field of the source has a value for"
                        + " column name, which is to be updated; column name is to be updated twice; there is no column"
                        + " nosuch",
                "id");
    }

    @Test
    void anUpdateOfKeysAloneUpdatesNothing() {
        assertRefused(
                Table.named("orders").updateBy("id"),
                "the source has values for the matched columns alone, so there is nothing to update",
                "id");
    }

    @Test
    void theLatestRowIsToldByFieldsOfTheSource() {
        assertRefused(
                Table.named("orders").upsertBy("id").latestBy("seq", "name", "name"),
                "the source has no field seq to tell the latest row by; field name orders twice",
                "id",
                "name");
    }

    @Test
    void anAppendHasNothingToMatch() {
        assertRefused(
                Table.named("orders")
                        .updating("name")
                        .deleteWhen("true")
                        .when("true")
                        .latestBy("id"),
                "updating(...) needs upsertBy(...) or updateBy(...); deleteWhen(...) needs upsertBy(...) or"
                        + " updateBy(...); when(...) needs upsertBy(...), updateBy(...) or deleteBy(...); latestBy(...)"
                        + " needs upsertBy(...), updateBy(...) or deleteBy(...)",
                "id",
                "name");
    }

    @Test
    void fieldsThatConditionsMentionNeedNoColumn() {
        LoadPlan plan = plan(
                Stream.of("id", "name", "op", "seq", "kind").map(Field::of).toList(),
                target(
                        Table.named("orders")
                                .upsertBy("id")
                                .filter("kind = 1")
                                .deleteWhen("OP = 'D'")
                                .latestBy("seq"),
                        EnumSet.allOf(Privilege.class),
                        TableReactions.NONE));

        assertThat(plan.targets().get(0).values()).containsOnlyKeys("id", "name");
    }

    @Test
    void movingRowsNeedsMorePrivileges() {
        TableReactions partitioned = new TableReactions(List.of(), Set.of("name"), List.of());
        Table table = Table.named("orders").updateBy("id");
        Set<Privilege> granted = EnumSet.of(Privilege.SELECT, Privilege.UPDATE, Privilege.USE_SCHEMA);

        assertThatThrownBy(() -> plan(List.of(Field.of("id"), Field.of("name")), target(table, granted, partitioned)))
                .hasMessage("Cannot load: role loader may not INSERT, DELETE on public.orders; the owner can allow it:"
                        + " GRANT INSERT, DELETE ON \"public\".\"orders\" TO \"loader\"");
        plan(List.of(Field.of("id"), Field.of("document")), target(table, granted, partitioned));
    }

    @Test
    void severalTablesReportTheirProblemsTogether() {
        Set<Privilege> all = EnumSet.allOf(Privilege.class);

        assertThatThrownBy(() -> plan(
                        List.of(Field.of("id"), Field.of("nmae")),
                        target(Table.named("orders").upsertBy("name"), all, TableReactions.NONE),
                        target(Table.named("orders").map("gone", "id"), all, TableReactions.NONE)))
                .hasMessage("Cannot load into public.orders: no field of the source has a value for column name, which"
                        + " is to be matched. Cannot load into public.orders: there is no column gone. None of the tables"
                        + " takes field nmae");
    }

    @Test
    void aFieldIsTextWhenTablesReadItDifferently() {
        TargetTable one =
                target(Table.named("orders").map("id", "x"), EnumSet.allOf(Privilege.class), TableReactions.NONE);
        TargetTable other =
                target(Table.named("orders").map("name", "x"), EnumSet.allOf(Privilege.class), TableReactions.NONE);

        LoadPlan plan = plan(List.of(Field.of("x")), one, other);

        assertThat(plan.columns()).containsExactly(new ExternalTable.ExternalColumn("x", "text"));
        assertThat(plan.targets().get(0).values()).containsEntry("id", "CAST(\"x\" AS bigint)");
    }
}
