package io.mppconnect.spi;

/**
 * A scan cannot go on as it was planned, and nothing has failed: its fields are others, or the parts of the source that are
 * to be read. A {@link SplitReader} throws it from {@link SplitReader#read} before it writes anything that is not as planned,
 * and its {@link SplitReader#positions} lead there.
 *
 * <p>A load that commits many times takes it as news: it commits what all splits have read until then, closes the scan, and
 * {@linkplain Source#open opens} the source again at the positions reached. Rows are neither lost nor doubled on the way. A
 * load of one commit, or one whose source is not {@linkplain Source#resumable resumable}, fails.
 */
public class SourceChangedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what has changed, as a sentence */
    public SourceChangedException(String message) {
        super(message);
    }
}
