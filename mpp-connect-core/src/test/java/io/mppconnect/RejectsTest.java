package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.rows.Rows;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RejectsTest {

    @Test
    void hasDocumentedDefaults() {
        assertThat(TransferOptions.defaults().rejects()).isEmpty();
        Rejects rejects = Rejects.unlimited();
        assertThat(rejects.rows()).isEmpty();
        assertThat(rejects.percent()).isEmpty();
        assertThat(rejects.perSegment()).isEmpty();
        assertThat(rejects.violations()).isFalse();
        assertThat(rejects.destinations()).isEmpty();
    }

    @Test
    void eachOptionChangesACopy() {
        Rejects rows = Rejects.rows(100);
        Rejects changed = rows.perSegment(10)
                .findingViolations()
                .to(row -> {})
                .to(Rows.into(row -> {}))
                .toFile(Path.of("rejected.csv"))
                .toTable("public.rejected");

        assertThat(changed.rows()).hasValue(100);
        assertThat(changed.perSegment()).hasValue(10);
        assertThat(changed.violations()).isTrue();
        assertThat(changed.destinations()).hasSize(4);
        assertThat(rows.destinations()).isEmpty();
        assertThat(Rejects.percent(1.5).percent()).hasValue(1.5);
    }

    @Test
    void saysItsLimit() {
        assertThat(Rejects.rows(100)).hasToString("rows(100)");
        assertThat(Rejects.percent(0.5).perSegment(3)).hasToString("percent(0.5).perSegment(3)");
        assertThat(Rejects.unlimited()).hasToString("unlimited");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> Rejects.rows(0))
                .hasMessage("Invalid number of rejected rows: 0; it must be 1 or more");
        assertThatThrownBy(() -> Rejects.percent(100))
                .hasMessage("Invalid percentage of rejected rows: 100.0; it must be more than 0 and less than 100");
        assertThatThrownBy(() -> Rejects.percent(Double.NaN))
                .hasMessage("Invalid percentage of rejected rows: NaN; it must be more than 0 and less than 100");
        assertThatThrownBy(() -> Rejects.unlimited().perSegment(0))
                .hasMessage("Invalid number of rejected rows per segment: 0; it must be 1 or more");
    }
}
