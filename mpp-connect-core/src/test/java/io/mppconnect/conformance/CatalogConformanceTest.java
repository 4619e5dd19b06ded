package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Distribution;
import io.mppconnect.catalog.Segment;
import io.mppconnect.catalog.TableInfo;
import org.junit.jupiter.api.Test;

/** What the cluster says of itself. */
@Conformance
class CatalogConformanceTest {

    @Test
    void knowsTheDatabaseAndItsSegments(TestDatabase database) {
        assertThat(database.cluster().version().hasSegments()).isTrue();
        assertThat(database.cluster().segments())
                .filteredOn(segment -> segment.primary() && !segment.coordinator())
                .extracting(Segment::content)
                .containsExactly(0, 1, 2, 3);
        assertThat(database.cluster().segments())
                .filteredOn(Segment::coordinator)
                .hasSize(1);
    }

    @Test
    void knowsHowATableIsSpreadAndStored(TestDatabase database) {
        String hashed = database.table("a int, b text DISTRIBUTED BY (b, a)");
        String random = database.table("a int DISTRIBUTED RANDOMLY");
        String replicated = database.table("a int DISTRIBUTED REPLICATED");

        assertThat(database.cluster().table(hashed).distribution().key())
                .extracting(Distribution.Key::column)
                .containsExactly("b", "a");
        assertThat(database.cluster().table(random).distribution().policy()).isEqualTo(Distribution.Policy.RANDOM);
        assertThat(database.cluster().table(replicated).distribution().policy())
                .isEqualTo(Distribution.Policy.REPLICATED);
        assertThat(database.cluster().table(hashed).storage()).isEqualTo(TableInfo.Storage.HEAP);
    }
}
