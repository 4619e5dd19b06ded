package io.mppconnect.transfer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExternalTableTest {

    private static final List<ExternalColumn> COLUMNS =
            List.of(new ExternalColumn("id", "bigint"), new ExternalColumn("Odd \"name\"", "numeric(10,2)"));
    private static final String URL = "gpfdist://10.0.0.1:8080/0123";

    @Test
    void readableTableDeclaresTheTextFormatInFull() {
        ExternalTable table = new ExternalTable("mpp_connect_1", COLUMNS, URL, RowFormat.text());

        assertThat(table.createReadable())
                .isEqualTo("CREATE READABLE EXTERNAL TEMP TABLE \"mpp_connect_1\""
                        + " (\"id\" bigint, \"Odd \"\"name\"\"\" numeric(10,2))"
                        + " LOCATION (E'gpfdist://10.0.0.1:8080/0123')"
                        + " FORMAT 'TEXT' (DELIMITER AS E'\\x09' NULL AS E'\\\\N' ESCAPE AS E'\\\\' NEWLINE AS 'LF')"
                        + " ENCODING E'UTF8'");
    }

    @Test
    void readableTableDeclaresTheCsvFormatInFull() {
        RowFormat format = RowFormat.csv()
                .withQuote('\'')
                .withEscape('\\')
                .withNullString("null")
                .withNewline(Newline.CRLF)
                .withEncoding("LATIN1");
        ExternalTable table = new ExternalTable("mpp_connect_1", COLUMNS.subList(0, 1), URL, format);

        assertThat(table.createReadable())
                .isEqualTo("CREATE READABLE EXTERNAL TEMP TABLE \"mpp_connect_1\" (\"id\" bigint)"
                        + " LOCATION (E'gpfdist://10.0.0.1:8080/0123')"
                        + " FORMAT 'CSV' (DELIMITER AS E',' NULL AS E'null' QUOTE AS E'\\'' ESCAPE AS E'\\\\'"
                        + " NEWLINE AS 'CRLF') ENCODING E'LATIN1'");
    }

    @Test
    void writableTableHasNoNewlineAndADistribution() {
        RowFormat format = RowFormat.text().withoutEscape().withNewline(Newline.CRLF);
        ExternalTable table = new ExternalTable("mpp_connect_1", COLUMNS.subList(0, 1), URL, format);

        assertThat(table.createWritable("DISTRIBUTED BY (\"id\")"))
                .isEqualTo("CREATE WRITABLE EXTERNAL TEMP TABLE \"mpp_connect_1\" (\"id\" bigint)"
                        + " LOCATION (E'gpfdist://10.0.0.1:8080/0123')"
                        + " FORMAT 'TEXT' (DELIMITER AS E'\\x09' NULL AS E'\\\\N' ESCAPE AS 'OFF')"
                        + " ENCODING E'UTF8' DISTRIBUTED BY (\"id\")");
    }

    @Test
    void everyTableHasANameOfItsOwn() {
        ExternalTable first = ExternalTable.of(COLUMNS, URL, RowFormat.text());
        ExternalTable second = ExternalTable.of(COLUMNS, URL, RowFormat.text());

        assertThat(first.name()).matches("mpp_connect_[0-9a-f]{16}").isNotEqualTo(second.name());
    }

    @Test
    void badRowsAreLoggedUpToALimit() {
        ExternalTable table = new ExternalTable("mpp_connect_1", COLUMNS.subList(0, 1), URL, RowFormat.text());

        assertThat(table.loggingErrors(101).createReadable())
                .isEqualTo(table.createReadable() + " LOG ERRORS SEGMENT REJECT LIMIT 101 ROWS");
    }

    @Test
    void severalUrlsAreReadAtTheSameTime() {
        ExternalTable table = ExternalTable.of(
                COLUMNS.subList(0, 1), List.of("gpfdist://a:1/x", "gpfdist://b:2/y"), RowFormat.text());

        assertThat(table.createReadable()).contains(" LOCATION (E'gpfdist://a:1/x', E'gpfdist://b:2/y') FORMAT ");
    }
}
