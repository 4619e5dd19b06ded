package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget(100);
    private final List<String> granted = new ArrayList<>();

    private ByteBudget.Share share(String name, long bytes) {
        return budget.share(bytes, () -> granted.add(name));
    }

    @Test
    void grantsAtOnceWhileThereIsRoom() {
        share("a", 60);
        share("b", 40);
        share("c", 1);
        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void grantsInOrderAsRoomComesBack() {
        ByteBudget.Share first = share("a", 60);
        share("b", 50);
        share("c", 10);
        assertThat(granted).containsExactly("a");
        first.giveBack();
        first.giveBack();
        assertThat(granted).containsExactly("a", "b", "c");
        share("d", 50);
        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void letsTheLargestTravelAlone() {
        ByteBudget.Share first = share("a", 1);
        ByteBudget.Share large = share("large", 1_000);
        share("b", 1);
        assertThat(granted).containsExactly("a");
        first.giveBack();
        assertThat(granted).containsExactly("a", "large");
        large.giveBack();
        assertThat(granted).containsExactly("a", "large", "b");
    }

    @Test
    void forgetsWhoStopsWaiting() {
        ByteBudget.Share first = share("a", 100);
        ByteBudget.Share gone = share("gone", 100);
        share("b", 100);
        gone.giveBack();
        first.giveBack();
        assertThat(granted).containsExactly("a", "b");
    }
}
