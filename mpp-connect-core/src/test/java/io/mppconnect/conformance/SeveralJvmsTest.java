package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import io.mppconnect.distributed.TransferPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads whose rows are in several places, all of them in this JVM. */
@Conformance
@Timeout(120)
class SeveralJvmsTest {

    @Test
    void loadsTheRowsOfAllTasks(TestDatabase database) throws Exception {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan =
                        database.cluster().plan().into(Table.named(table)).open("id", "name")) {
            List<AttemptCommit> commits = new ArrayList<>();
            for (int task = 0; task < 3; task++) {
                try (TaskAttempt attempt = endpoint.begin(plan.ticket(), task, 0)) {
                    for (int row = 0; row < 100; row++) {
                        attempt.rows().writeLong(task * 100 + row);
                        attempt.rows().writeText("row " + row);
                        attempt.rows().endRow();
                    }
                    commits.add(attempt.commit());
                }
            }
            TransferReport report = plan.commit(commits);

            assertThat(report.inserted()).isEqualTo(300);
        }
        assertThat(database.query("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM " + table))
                .containsExactly(List.of("300", "300", "0", "299"));
    }
}
