package io.mppconnect.readme;

import io.mppconnect.ClusterOptions;
import io.mppconnect.DataSize;
import io.mppconnect.MppCluster;
import io.mppconnect.Query;
import io.mppconnect.Rejects;
import io.mppconnect.Route;
import io.mppconnect.RunningTransfer;
import io.mppconnect.ServedSource;
import io.mppconnect.Table;
import io.mppconnect.TableLayout;
import io.mppconnect.Tls;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.LoadTicket;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import io.mppconnect.distributed.TransferPlan;
import io.mppconnect.file.Compression;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import io.mppconnect.test.EmbeddedMpp;
import io.mppconnect.test.EmbeddedMppCluster;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's examples, compiled; {@link ReadmeTest} compares them with the page. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    record Order(long id, String customer, BigDecimal total) {}

    static void files(String password) {
        try (MppCluster cluster = MppCluster.connect("jdbc:postgresql://coordinator:5432/shop", "loader", password)) {
            TransferReport report = cluster.transfer()
                    .from(DataFiles.csv("data/orders-*.csv.gz").header())
                    .into(Table.named("public.orders"))
                    .run();
            System.out.println(report);
        }
    }

    static void memory(MppCluster cluster, List<Order> orders) {
        cluster.transfer()
                .from(Rows.of(orders)
                        .longs("id", Order::id)
                        .texts("customer", Order::customer)
                        .decimals("total", Order::total))
                .into(Table.named("public.orders"))
                .run();
    }

    static void mapping(MppCluster cluster) {
        cluster.transfer()
                .from(DataFiles.text("/data/clicks.tsv").fields("user_id", "url", "millis"))
                .into(Table.named("web.clicks")
                        .map("visitor", "user_id")
                        .compute("host", "split_part(url, '/', 3)")
                        .compute("clicked", "to_timestamp(millis::bigint / 1000.0)")
                        .columns("visitor", "url", "host", "clicked"))
                .run();
    }

    static void changes(MppCluster cluster) {
        cluster.transfer()
                .from(DataFiles.csv("changes.csv").header())
                .into(Table.named("public.orders")
                        .upsertBy("id")
                        .latestBy("seq")
                        .deleteWhen("op = 'D'")
                        .when("source.version > target.version")
                        .columns("id", "customer", "total", "version"))
                .run();
    }

    static void rejects(MppCluster cluster) {
        cluster.transfer()
                .from(DataFiles.csv("orders-*.csv").header())
                .into(Table.named("public.orders").createIfMissing(TableLayout.distributedBy("id")))
                .rejecting(Rejects.rows(100).toFile(Path.of("orders.rejected.csv")))
                .run();
    }

    @SuppressWarnings("UnusedVariable")
    static void jobs(MppCluster cluster, Source events) {
        RunningTransfer job = cluster.transfer()
                .from(events)
                .into(Table.named("public.events"))
                .exactlyOnce("events-job")
                .committingEvery(Duration.ofMillis(200))
                .start();
    }

    private static void awaitShutdown() {}

    static void served(MppCluster cluster) {
        try (ServedSource sales = cluster.expose(DataFiles.csv("sales-*.csv").header())
                .column("amount", "numeric(12,2)")
                .as("ext.sales")) {
            awaitShutdown();
        }
    }

    @SuppressWarnings("UnusedVariable")
    private static List<AttemptCommit> runTasksElsewhere(LoadTicket ticket) {
        return List.of();
    }

    @SuppressWarnings("UnusedVariable")
    static void severalJvms(MppCluster cluster) throws InterruptedException {
        try (TransferPlan plan =
                cluster.plan().into(Table.named("public.orders").upsertBy("id")).open("id", "customer")) {
            List<AttemptCommit> commits = runTasksElsewhere(plan.ticket());
            TransferReport report = plan.commit(commits);
        }
    }

    static AttemptCommit task(
            SegmentEndpoint endpoint, LoadTicket ticket, int task, long attemptNumber, List<Order> orders)
            throws InterruptedException {
        // in each of the others, one SegmentEndpoint.create() for all of its tasks
        try (TaskAttempt attempt = endpoint.begin(ticket, task, attemptNumber)) {
            for (Order order : orders) {
                attempt.rows().writeLong(order.id());
                attempt.rows().writeText(order.customer());
                attempt.rows().endRow();
            }
            return attempt.commit();
        }
    }

    static void routes(MppCluster cluster) {
        cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                .from(Table.named("public.orders"))
                .into(DataFiles.writeCsv(Path.of("out/orders")))
                .run();
    }

    static void tls(String url, String user, String password) {
        MppCluster cluster = MppCluster.connect(
                url,
                user,
                password,
                ClusterOptions.defaults()
                        .tls(Tls.pem(Path.of("server.crt"), Path.of("server.key"), Path.of("segments-ca.crt"))));
        System.out.println(cluster.diagnose());
    }

    static void unload(MppCluster cluster, LocalDate firstDay) {
        cluster.transfer()
                .from(Query.sql("SELECT * FROM public.orders WHERE ordered >= ?", firstDay))
                .into(DataFiles.writeCsv(Path.of("out/orders")).header().compression(Compression.GZIP))
                .run();
    }

    static void stream(MppCluster cluster) {
        try (RowStream<Order> orders =
                cluster.transfer().from(Table.named("public.orders").where("total > 1000")).stream(Order.class)) {
            orders.stream().forEach(order -> System.out.println(order.customer()));
        }
    }

    static void running(MppCluster cluster) {
        try (RunningTransfer running = cluster.transfer(TransferOptions.defaults()
                        .timeout(Duration.ofMinutes(30))
                        .memory(DataSize.ofMegabytes(64)))
                .from(DataFiles.csv("lineitem.csv"))
                .into(Table.named("lineitem"))
                .start()) {
            System.out.println(running.progress().rows() + " rows so far");
            running.await();
        }
    }

    static void addresses(String url, String user, String password) {
        MppCluster.connect(
                url,
                user,
                password,
                ClusterOptions.defaults().advertisedHost("loader.example.com").ports(8000, 8100));
    }

    @EmbeddedMpp(segments = 4)
    static class OrderLoadTest {

        @Test
        void loadsOrders(EmbeddedMppCluster database) {
            try (MppCluster cluster = MppCluster.connect(database.jdbcUrl(), database.user(), database.password())) {
                // ...
            }
        }
    }
}
