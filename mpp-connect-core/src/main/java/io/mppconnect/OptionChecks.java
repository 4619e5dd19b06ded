package io.mppconnect;

import java.time.Duration;

/** What the options of transfers and of served sources must be alike. */
final class OptionChecks {

    private static final Duration LONGEST = Duration.ofDays(20);

    private OptionChecks() {}

    static DataSize memory(DataSize value) {
        if (value.bytes() < DataSize.ofMegabytes(1).bytes()) {
            throw invalid("Invalid memory: " + value + "; a transfer needs at least 1 MB");
        }
        return value;
    }

    static DataSize maxRow(DataSize value) {
        if (value.bytes() < DataSize.ofKilobytes(64).bytes()
                || value.bytes() > DataSize.ofMegabytes(1024).bytes()) {
            throw invalid("Invalid longest row: " + value + "; it must be from 64 kB to 1 GB");
        }
        return value;
    }

    static int parallelism(int threads) {
        if (threads < 1 || threads > 1024) {
            throw invalid("Invalid parallelism: " + threads + "; it must be from 1 to 1024");
        }
        return threads;
    }

    static Duration positive(String what, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw invalid("Invalid " + what + ": " + value + "; it must be longer than nothing");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw invalid("Invalid " + what + ": " + value + "; the longest is " + LONGEST.toDays() + " days");
        }
        return value;
    }

    private static MppConnectException invalid(String message) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, message);
    }
}
