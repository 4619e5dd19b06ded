package io.mppconnect.file;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A class of its own, so that zstd-jni is needed by those who read or write zstd and by nobody else. */
final class ZstdStreams {

    private ZstdStreams() {}

    static InputStream input(InputStream in) throws IOException {
        return new ZstdInputStream(in);
    }

    static OutputStream output(OutputStream out) throws IOException {
        return new ZstdOutputStream(out);
    }
}
