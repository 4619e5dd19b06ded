package io.mppconnect.format.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.format.BadRecordException;
import org.junit.jupiter.api.Test;

/** What is made of records, and how much that may be. */
class ScratchTest {

    @Test
    void moreThanAnArrayHoldsMakesARecordBad() throws Exception {
        Scratch scratch = new Scratch();
        scratch.addAscii("some");

        assertThatThrownBy(() -> scratch.reserve(Integer.MAX_VALUE))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("what is made of it would be longer than 2 GB");
        assertThat(scratch.length()).isEqualTo(4);
    }
}
