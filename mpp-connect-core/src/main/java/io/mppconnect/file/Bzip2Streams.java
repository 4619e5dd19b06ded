package io.mppconnect.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** A class of its own, so that commons-compress is needed by those who read or write bzip2 and by nobody else. */
final class Bzip2Streams {

    private Bzip2Streams() {}

    static InputStream input(InputStream in) throws IOException {
        return new BZip2CompressorInputStream(new BufferedInputStream(in, Compression.BUFFER), true);
    }

    static OutputStream output(OutputStream out) throws IOException {
        return new BZip2CompressorOutputStream(out);
    }
}
