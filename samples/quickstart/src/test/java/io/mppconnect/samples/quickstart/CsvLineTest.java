package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {

    @Test
    void quotesWhatHasToBeQuoted() {
        assertThat(CsvLine.encode(List.of("1", "ironic, final", "a \"quick\" fox", " sleeps ")))
                .isEqualTo("1,\"ironic, final\",\"a \"\"quick\"\" fox\", sleeps ");
    }

    @Test
    void readsWhatItWrote() {
        List<String> values = List.of("", "a,b", "\"", "\"\"", ",", " x ", "plain", "");

        assertThat(CsvLine.decode(CsvLine.encode(values))).isEqualTo(values);
    }

    @Test
    void readsQuotesThatWereNotNeeded() {
        assertThat(CsvLine.decode("\"1\",\"\",\"x\"")).containsExactly("1", "", "x");
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> CsvLine.decode("1,\"x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid CSV line: a quote is not closed");
    }
}
