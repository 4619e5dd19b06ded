package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import java.nio.charset.Charset;
import java.util.List;

/** A format of records whose text is in another encoding than UTF-8. */
record RecodedFormat(Charset charset, RecordFormat format) implements RecordFormat {

    RecodedFormat {
        boolean bytes = format instanceof WholeRecord whole && !whole.text();
        if (bytes || format instanceof AvroFormat || format instanceof ProtobufFormat) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid format: " + format.name() + " is no text, and in no charset; leave out inCharset");
        }
    }

    @Override
    public String name() {
        return format.name() + " in " + charset;
    }

    @Override
    public RecordDecoder open(List<Column> columns) throws Exception {
        return new RecodedDecoder(charset, format.open(columns));
    }

    @Override
    public RecordDecoder open(List<Column> columns, List<Field> announced) throws Exception {
        return new RecodedDecoder(charset, format.open(columns, announced));
    }
}
