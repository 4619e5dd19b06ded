package io.mppconnect.file;

import io.mppconnect.text.Newline;
import java.util.Optional;

/** Finds out what a file's rows end in by its first line end, quoted ones left out. */
final class NewlineFinder {

    private final FileFormat format;

    NewlineFinder(FileFormat format) {
        this.format = format;
    }

    /**
     * The kind of the first line end.
     *
     * @param start the file's first characters
     * @param complete whether they are all there are
     * @return empty when there is none, or more characters are needed to tell
     */
    Optional<Newline> find(CharSequence start, boolean complete) {
        int escape = format.isCsv() ? format.escape().orElse(-1) : -1;
        boolean quoted = false;
        for (int index = 0; index < start.length(); index++) {
            char character = start.charAt(index);
            if (format.isCsv() && character == format.quote()) {
                quoted = !quoted;
            } else if (quoted && character == escape) {
                index++;
            } else if (!quoted && character == '\n') {
                return Optional.of(Newline.LF);
            } else if (!quoted && character == '\r') {
                return afterCarriageReturn(start, index + 1, complete);
            }
        }
        return Optional.empty();
    }

    private static Optional<Newline> afterCarriageReturn(CharSequence start, int next, boolean complete) {
        if (next < start.length()) {
            return Optional.of(start.charAt(next) == '\n' ? Newline.CRLF : Newline.CR);
        }
        return complete ? Optional.of(Newline.CR) : Optional.empty();
    }
}
