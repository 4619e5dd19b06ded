package io.mppconnect.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Query;
import io.mppconnect.Route;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.file.DataFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL without segments is served through its one process. */
class PlainPostgresqlTest {

    private static EmbeddedPostgres postgres;
    private static MppCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void connect() throws IOException {
        postgres = EmbeddedPostgres.start();
        cluster = MppCluster.connect(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
        postgres.close();
    }

    private ParallelTransfer unload(Route route) {
        return cluster.transfer(TransferOptions.defaults().route(route))
                .from(Query.sql("SELECT n AS id, 'name ' || n AS name FROM generate_series(1, 3) AS n ORDER BY n"))
                .into(DataFiles.writeCsv(directory.resolve("out.csv")).oneFile().header());
    }

    @Test
    void unloadsThroughTheCoordinator() throws IOException {
        TransferReport report = unload(Route.COORDINATOR).run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.route()).isEqualTo(new RouteTaken(Route.COORDINATOR, ""));
        assertThat(Files.readAllLines(directory.resolve("out.csv")))
                .containsExactly("id,name", "1,name 1", "2,name 2", "3,name 3");
    }

    @Test
    void autoSaysWhyItIsTheCoordinator() {
        TransferReport report = unload(Route.AUTO).run();

        assertThat(report.route().route()).isEqualTo(Route.COORDINATOR);
        assertThat(report.route().reason())
                .matches("Cannot move rows through segments: PostgreSQL [0-9.]+ has none; take"
                        + " Route\\.COORDINATOR or Route\\.AUTO; Cannot take the route RETRIEVE: .*");
    }

    @Test
    void segmentsAreRefused() {
        assertThatThrownBy(() -> unload(Route.SEGMENTS).run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageMatching("Cannot move rows through segments: PostgreSQL [0-9.]+ has none; take"
                        + " Route\\.COORDINATOR or Route\\.AUTO")
                .extracting(failure -> ((MppConnectException) failure).code())
                .isEqualTo(ErrorCode.UNSUPPORTED_DATABASE);
    }

    @Test
    void retrieveIsRefused() {
        assertThatThrownBy(() -> unload(Route.RETRIEVE).run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageMatching("Cannot take the route RETRIEVE: PostgreSQL [0-9.]+ has no parallel retrieve"
                        + " cursors here; .*");
    }
}
