package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBuffersTest {

    private static final int KILOBYTE = 1024;

    @Test
    void takesUpWhatWasGivenBack() {
        BodyBuffers buffers = new BodyBuffers(1024 * KILOBYTE);
        byte[] buffer = buffers.take(100);

        buffers.giveBack(buffer);

        assertThat(buffer).hasSize(64 * KILOBYTE);
        assertThat(buffers.take(60_000)).isSameAs(buffer);
        assertThat(buffers.take(60_000)).isNotSameAs(buffer);
        assertThat(buffers.spareBytes()).isZero();
    }

    @Test
    void keepsNoMoreThanItsLimit() {
        BodyBuffers buffers = new BodyBuffers(200 * KILOBYTE);

        for (int i = 0; i < 256; i++) {
            buffers.giveBack(new byte[64 * KILOBYTE]);
        }

        assertThat(buffers.spareBytes()).isEqualTo(192 * KILOBYTE);
    }

    @Test
    void keepsNothingOfUnusualSize() {
        BodyBuffers buffers = new BodyBuffers(Long.MAX_VALUE);

        buffers.giveBack(buffers.take(2 * 1024 * KILOBYTE));

        assertThat(buffers.spareBytes()).isZero();
        assertThat(BodyBuffers.size(1024 * KILOBYTE + 1)).isEqualTo(1024 * KILOBYTE + 1);
    }

    @Test
    void aSpareThatIsTooSmallIsForgotten() {
        BodyBuffers buffers = new BodyBuffers(1024 * KILOBYTE);
        buffers.giveBack(buffers.take(100));

        assertThat(buffers.take(100_000)).hasSize(128 * KILOBYTE);
        assertThat(buffers.spareBytes()).isZero();
    }
}
