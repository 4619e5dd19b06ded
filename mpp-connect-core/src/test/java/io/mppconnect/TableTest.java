package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table's description holds, and refuses. */
class TableTest {

    @Test
    void isImmutable() {
        Table plain = Table.named("orders");
        Table changed = plain.upsertBy("id")
                .updating("name")
                .when("a")
                .deleteWhen("b")
                .latestBy("seq")
                .filter("c");

        assertThat(plain.mode().kind()).isEqualTo(WriteMode.Kind.APPEND);
        assertThat(plain.filter()).isEmpty();
        assertThat(changed.filter()).contains("c");
        assertThat(changed.mode().kind()).isEqualTo(WriteMode.Kind.UPSERT);
        assertThat(changed.mode().match()).isEqualTo(List.of("id"));
        assertThat(changed.mode().update()).isEqualTo(List.of("name"));
        assertThat(changed.mode().condition()).contains("a");
        assertThat(changed.mode().deletion()).contains("b");
        assertThat(changed.mode().order()).isEqualTo(List.of("seq"));
    }

    @Test
    void isWrittenInOneWay() {
        assertThatThrownBy(() -> Table.named("orders").upsertBy("id").truncating())
                .hasMessage("Cannot write into table orders in two ways: upsertBy and truncating");
    }

    @Test
    void isMatchedBySomething() {
        assertThatThrownBy(() -> Table.named("orders").deleteBy())
                .hasMessage("Cannot match rows of table orders: deleteBy needs at least one column");
    }

    @Test
    void isNotUnloadedByAWayOfLoading() {
        assertThatThrownBy(() -> Table.named("orders").truncating().query())
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot unload table orders: truncating is for loading; where(...) chooses the rows to"
                        + " unload");
        assertThatThrownBy(() -> Table.named("orders").filter("true").query())
                .hasMessage("Cannot unload table orders: filter is for loading; where(...) chooses the rows to unload");
    }
}
