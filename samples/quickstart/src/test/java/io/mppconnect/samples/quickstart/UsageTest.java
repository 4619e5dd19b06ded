package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --file a.csv --table t | --file needs a real cluster that has its table; name it with --url
            --url jdbc:x --file a.csv | --file needs the table that it goes into; name it with --table
            --table t | --table, --format, --delimiter, --header and --null are of a file; name it with --file
            --header | --table, --format, --delimiter, --header and --null are of a file; name it with --file
            --url jdbc:x --file a --table t --keep | --scale and --keep are of the TPC-H tables; leave them out with --file
            --url jdbc:x --file a --table t --scale 1 | --scale and --keep are of the TPC-H tables; leave them out with --file
            --url jdbc:x --segments 2 | --segments is of the embedded cluster; leave it out with --url
            --user me | --user and --password are of a real cluster; name it with --url
            --segments 0 | --segments must be from 1 to 256, not 0
            --scale 0 | --scale must be from 0.001 to 1000.0, not 0.0
            --scale NaN | --scale must be from 0.001 to 1000.0, not NaN
            --scale much | Invalid value for option '--scale': 'much' is not a double
            --url jdbc:x --file a --table t --format xml | Invalid value for option '--format': expected one of [CSV, TEXT] (case-insensitive) but was 'xml'
            --fast | Unknown option: '--fast'
            """)
    void wrongArgumentsAreExplained(String arguments, String message) {
        CommandRun run = CommandRun.of(arguments.split(" "));

        assertThat(run.err()).isEqualToNormalizingNewlines("quickstart: " + message + "\nTry: quickstart --help\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        CommandRun run = CommandRun.of("--user", "me", "--segments", "0", "--scale", "-1");

        assertThat(run.err())
                .contains("--user and --password")
                .contains("--segments must be")
                .contains("--scale must be");
    }

    @Test
    void helpNamesEveryOption() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("--scale=FACTOR", "--keep", "--verbose", "--help", "--version")
                .contains("--url=JDBC_URL", "--user=NAME", "--password", "--segments=NUMBER")
                .contains("--file=PATH", "--table=TABLE", "--format=FORMAT", "--delimiter=", "--header", "--null=");
    }

    @Test
    void tellsItsVersion() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("mpp-connect quickstart ");
    }
}
