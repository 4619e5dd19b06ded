package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Column;
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

    @Test
    void noticesWhatChangesDeepInAType(TestDatabase database) {
        String table = database.newTable();
        database.execute(
                "CREATE DOMAIN " + table + "_inner AS int NOT NULL",
                "CREATE DOMAIN " + table + "_outer AS " + table + "_inner",
                "CREATE TABLE " + table + " (a " + table + "_outer) DISTRIBUTED RANDOMLY");
        assertThat(database.cluster().table(table).columns())
                .extracting(Column::nullable)
                .containsExactly(false);

        database.execute("ALTER DOMAIN " + table + "_inner DROP NOT NULL");

        assertThat(database.cluster().table(table).columns())
                .extracting(Column::nullable)
                .containsExactly(true);
    }
}
