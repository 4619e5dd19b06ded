package io.mppconnect.transfer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.rows.Rows;
import io.mppconnect.transfer.job.TransferJob;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What becomes of errors as segments and the coordinator word them. */
class FailureReportTest {

    private final FailureReport report = new FailureReport(
            new TransferJob.Load(
                    Rows.of(List.of(1)).ints("id", Integer::intValue),
                    List.of(Table.named("t")),
                    TransferOptions.defaults()),
            line -> "line " + line + " of a.csv");

    private MppConnectException of(String state, String message, String context) {
        String fields = "SERROR\0C" + state + "\0M" + message + "\0W" + context + "\0";
        return report.of(new PSQLException(new ServerErrorMessage(fields)));
    }

    @Test
    void aBadValueIsNamedByItsPlaceAndNotShown() {
        MppConnectException failure = of(
                "22P02",
                "invalid input syntax for integer: \"secret\"  (seg1 slice1 10.0.0.7:15434 pid=23946)",
                "External table x, line 3 of gpfdist://10.0.0.1:5000/0123, column id");

        assertThat(failure)
                .hasMessage(
                        "Cannot transfer rows into table t: invalid input syntax for integer (line 3 of a.csv, column"
                                + " id, segment 1)");
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure.sqlState()).contains("22P02");
    }

    @Test
    void soIsOneOfACopy() {
        assertThat(of(
                        "22P02",
                        "invalid input syntax for type numeric: \"secret\"",
                        "COPY mpp_connect_0123abcd, line 3, column price: \"secret\""))
                .hasMessage("Cannot transfer rows into table t: invalid input syntax for type numeric (line 3 of a.csv,"
                        + " column price)");
    }

    @Test
    void aValueAtTheStartIsNotShownEither() {
        assertThat(of("22003", "value \"99999\" is out of range for type smallint", ""))
                .hasMessage("Cannot transfer rows into table t: a value is out of range for type smallint");
        assertThat(of("22003", "\"1e400\" is out of range for type double precision", ""))
                .hasMessage("Cannot transfer rows into table t: a value is out of range for type double precision");
        assertThat(of("22P02", "\"2\" is not a valid binary digit", ""))
                .hasMessage("Cannot transfer rows into table t: a value is not a valid binary digit");
    }

    @Test
    void norIsOneInTheMiddle() {
        assertThat(of("22007", "invalid value \"hunter2\" for \"YYYY\"", ""))
                .hasMessage("Cannot transfer rows into table t: invalid value for \"YYYY\"");
        assertThat(of("22023", "time zone \"hunter2\" not recognized", ""))
                .hasMessage("Cannot transfer rows into table t: time zone not recognized");
    }

    @Test
    void namesThatAreNoValuesStay() {
        assertThat(of("22P04", "missing data for column \"b\"", "External table x, line 7 of gpfdist://h:1/p: \"1|2\""))
                .hasMessage("Cannot transfer rows into table t: missing data for column \"b\" (line 7 of a.csv)");
        assertThat(of("22021", "invalid byte sequence for encoding \"UTF8\": 0xe9 0x0a", ""))
                .hasMessage("Cannot transfer rows into table t: invalid byte sequence for encoding \"UTF8\"");
    }

    @Test
    void aLostConnectionIsNoFailedStatement() {
        MppConnectException failure =
                report.of(new SQLException("An I/O error occurred", "08006", new IOException("reset")));

        assertThat(failure)
                .hasMessage(
                        "Cannot transfer rows into table t: the coordinator went away (An I/O error occurred); nothing"
                                + " was committed, run it again");
        assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION);
    }

    @Test
    void whatIsKnownAlreadyStaysAsItIs() {
        MppConnectException known = new MppConnectException(ErrorCode.BAD_DATA, "known");

        assertThat(report.of(known)).isSameAs(known);
    }
}
