package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** How a file is compressed. Each is told by the end of the file's name. */
public enum Compression {
    NONE("", "plain"),
    /** {@code .gz}; several members one after the other are read as one file. */
    GZIP(".gz", "gzip"),
    /** {@code .bz2}; the application brings {@code org.apache.commons:commons-compress}. */
    BZIP2(".bz2", "bzip2"),
    /** {@code .zst}; the application brings {@code com.github.luben:zstd-jni}. */
    ZSTD(".zst", "zstd");

    static final int BUFFER = 64 * 1024;

    private final String suffix;
    private final String label;

    Compression(String suffix, String label) {
        this.suffix = suffix;
        this.label = label;
    }

    /** The end of the names of such files, such as {@code .gz}; empty for {@link #NONE}. */
    public String suffix() {
        return suffix;
    }

    /** The compression that the end of a file's name tells, whatever its case; {@link #NONE} for any other name. */
    public static Compression ofName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        for (Compression compression : values()) {
            if (compression != NONE && name.endsWith(compression.suffix)) {
                return compression;
            }
        }
        return NONE;
    }

    /** What messages call the compressed data. */
    String label() {
        return label;
    }

    /**
     * The uncompressed bytes of a file.
     *
     * @param name what messages call the file
     * @throws IOException when the data does not start as it should
     * @throws MppConnectException when the classes for it are absent
     */
    InputStream decompress(InputStream in, String name) throws IOException {
        try {
            return switch (this) {
                case NONE -> in;
                case GZIP -> new GzipInput(in);
                case BZIP2 -> Bzip2Streams.input(in);
                case ZSTD -> ZstdStreams.input(in);
            };
        } catch (NoClassDefFoundError absent) {
            throw needed("read " + name, absent);
        }
    }

    /**
     * A stream that compresses into another; closing it closes both.
     *
     * @param name what messages call the file
     * @throws MppConnectException when the classes for it are absent
     */
    OutputStream compress(OutputStream out, String name) throws IOException {
        try {
            return switch (this) {
                case NONE -> out;
                case GZIP -> new GZIPOutputStream(out, BUFFER);
                case BZIP2 -> Bzip2Streams.output(out);
                case ZSTD -> ZstdStreams.output(out);
            };
        } catch (NoClassDefFoundError absent) {
            throw needed("write " + name, absent);
        }
    }

    private MppConnectException needed(String what, NoClassDefFoundError absent) {
        String artifact = this == ZSTD ? "com.github.luben:zstd-jni" : "org.apache.commons:commons-compress";
        return new MppConnectException(
                ErrorCode.INVALID_OPTION,
                "Cannot " + what + ": " + label + " needs " + artifact + "; add it to the application's dependencies",
                absent);
    }

    /** The compression that some first bytes of a file are unmistakable for; {@link #NONE} for any other bytes. */
    static Compression ofContent(byte[] head, int length) {
        if (length >= 3 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8) {
            return GZIP;
        }
        if (length >= 4 && head[0] == 0x28 && head[1] == (byte) 0xb5 && head[2] == 0x2f && head[3] == (byte) 0xfd) {
            return ZSTD;
        }
        return NONE;
    }
}
