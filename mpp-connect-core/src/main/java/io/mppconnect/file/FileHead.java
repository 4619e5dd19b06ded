package io.mppconnect.file;

import io.mppconnect.text.Newline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the start of a file tells.
 *
 * @param data the first row that is no header; its offset is of no use in a file that is decoded here
 * @param newline what its rows end in; absent when it has no line end
 * @param names what its header calls the fields; empty without a header
 */
record FileHead(DataFile file, RowStart data, @Nullable Newline newline, List<String> names) {

    FileHead {
        names = List.copyOf(names);
    }
}
