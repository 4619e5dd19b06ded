package io.mppconnect;

import java.util.Locale;

/** A number of bytes, zero or more. */
public record DataSize(long bytes) {

    private static final long KILO = 1024;

    public DataSize {
        if (bytes < 0) {
            throw new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid data size: " + bytes + " bytes");
        }
    }

    /** So many bytes. */
    public static DataSize ofBytes(long bytes) {
        return new DataSize(bytes);
    }

    /** So many times 1024 bytes. */
    public static DataSize ofKilobytes(long kilobytes) {
        return new DataSize(Math.multiplyExact(kilobytes, KILO));
    }

    /** So many times 1024 kilobytes. */
    public static DataSize ofMegabytes(long megabytes) {
        return new DataSize(Math.multiplyExact(megabytes, KILO * KILO));
    }

    /** The size as people read it: {@code 64 B}, {@code 1.5 MB}. */
    @Override
    public String toString() {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        double size = bytes;
        int unit = 0;
        while (size >= KILO) {
            size /= KILO;
            unit++;
        }
        return size == Math.rint(size)
                ? String.format(Locale.ROOT, "%.0f %s", size, units[unit])
                : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
