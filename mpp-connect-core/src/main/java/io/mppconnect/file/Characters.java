package io.mppconnect.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;

/** A file's characters, a byte order mark at the start left out. Bytes that are no character fail the reading. */
final class Characters extends FilterReader {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private boolean started;

    private Characters(Reader in) {
        super(in);
    }

    static Reader open(DataFile file, Encoding encoding) {
        return new Characters(new InputStreamReader(
                FileInput.open(file),
                encoding.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        if (!started) {
            started = true;
            int first = in.read();
            if (first < 0) {
                return -1;
            }
            if (first != BYTE_ORDER_MARK) {
                target[from] = (char) first;
                return 1;
            }
        }
        return in.read(target, from, length);
    }
}
