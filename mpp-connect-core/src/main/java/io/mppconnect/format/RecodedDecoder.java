package io.mppconnect.format;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.RowWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Has another decoder read records whose text is in another encoding than UTF-8. */
final class RecodedDecoder implements RecordDecoder {

    private static final int FIRST = 1024;

    /** Beyond this, what one record needed is given back with the next. */
    private static final int KEPT = 1 << 20;

    /** No array is longer. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final CharsetDecoder from;
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private final RecordDecoder decoder;
    private ByteBuffer record = ByteBuffer.allocate(0);
    private CharBuffer characters = CharBuffer.allocate(FIRST);
    private ByteBuffer recoded = ByteBuffer.allocate(FIRST);

    RecodedDecoder(Charset charset, RecordDecoder decoder) {
        from = charset.newDecoder();
        this.decoder = decoder;
    }

    @Override
    public List<Field> fields() {
        return decoder.fields();
    }

    @Override
    public void decode(byte[] bytes, int start, int end) throws Exception {
        if (record.array() != bytes) {
            record = ByteBuffer.wrap(bytes);
        }
        record.limit(end).position(start);
        int most = length((double) from.maxCharsPerByte() * (end - start));
        if (characters.capacity() < most || characters.capacity() > KEPT) {
            characters = CharBuffer.allocate(Math.max(FIRST, most));
        }
        characters.clear();
        from.reset();
        check(from.decode(record, characters, true), start);
        check(from.flush(characters), start);
        characters.flip();
        encode();
        decoder.decode(recoded.array(), 0, recoded.position());
    }

    private void encode() throws BadRecordException {
        int most = length((double) utf8.maxBytesPerChar() * characters.remaining());
        if (recoded.capacity() < most || recoded.capacity() > KEPT) {
            recoded = ByteBuffer.allocate(Math.max(FIRST, most));
        }
        recoded.clear();
        utf8.reset();
        if (!utf8.encode(characters, recoded, true).isUnderflow()) {
            throw new BadRecordException("it holds half a surrogate pair");
        }
    }

    private void check(CoderResult result, int start) throws BadRecordException {
        if (!result.isUnderflow()) {
            throw new BadRecordException("no " + from.charset() + " at byte " + (record.position() - start));
        }
    }

    private static int length(double most) throws BadRecordException {
        if (most > LONGEST) {
            throw new BadRecordException("it is too long to be read in another encoding than UTF-8");
        }
        return (int) Math.ceil(most);
    }

    @Override
    public void decodeNull() {
        decoder.decodeNull();
    }

    @Override
    public void write(RowWriter rows) throws InterruptedException {
        decoder.write(rows);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
