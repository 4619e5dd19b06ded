package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import io.mppconnect.test.EmbeddedMpp;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.test.LeakFree;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Segments whose requests come from where the catalog does not say that they are. */
@EmbeddedMpp(segments = 2)
@LeakFree
class StrangeAddressTest {

    @BeforeAll
    static void moveSegments(EmbeddedMppCluster database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE pg_catalog.gp_segment_configuration SET hostname = '192.0.2.7',"
                    + " address = '192.0.2.7' WHERE content >= 0");
            statement.execute("CREATE TABLE numbers (id int) DISTRIBUTED BY (id)");
        }
    }

    private static MppCluster connect(EmbeddedMppCluster database, ClusterOptions options) {
        return MppCluster.connect(database.jdbcUrl(), database.user(), "", options.advertisedHost("127.0.0.1"));
    }

    private static long load(MppCluster cluster) {
        return cluster.transfer()
                .from(Rows.of(List.of(1, 2, 3)).ints("id", Integer::intValue))
                .into(Table.named("numbers"))
                .run()
                .rows();
    }

    @Test
    void areRefused(EmbeddedMppCluster database) {
        try (MppCluster cluster = connect(database, ClusterOptions.defaults())) {
            MppConnectException failure = catchThrowableOfType(MppConnectException.class, () -> load(cluster));

            assertThat(failure.code()).isEqualTo(ErrorCode.SEGMENTS_UNREACHABLE);
            assertThat(failure.getMessage())
                    .matches("\\QCannot be reached by segments 0, 1 at gpfdist://127.0.0.1:\\E\\d+\\Q: requests from"
                            + " 127.0.0.1 were refused, for no segment in the catalog has that address; if segments"
                            + " come from there, add it with ClusterOptions.acceptFrom\\E");
        }
    }

    @Test
    void areServedWhereTheyMayComeFrom(EmbeddedMppCluster database) {
        try (MppCluster cluster = connect(database, ClusterOptions.defaults().acceptFrom("127.0.0.0/8"))) {
            assertThat(load(cluster)).isEqualTo(3);
        }
    }

    @Test
    void areServedWhenAnywhereWillDo(EmbeddedMppCluster database) {
        try (MppCluster cluster = connect(database, ClusterOptions.defaults().acceptFromAnywhere());
                RowStream<Row> rows =
                        cluster.transfer().from(Query.sql("SELECT generate_series(1, 10) AS n")).stream()) {
            assertThat(rows).toIterable().hasSize(10);
        }
    }
}
