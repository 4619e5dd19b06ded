package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call has to fail with. */
final class Refusals {

    private Refusals() {}

    static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(MppConnectException.class)
                .hasMessage(message)
                .extracting(failure -> ((MppConnectException) failure).code())
                .isEqualTo(code);
    }
}
