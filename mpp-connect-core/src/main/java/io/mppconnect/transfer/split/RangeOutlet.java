package io.mppconnect.transfer.split;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.FileRange;
import java.util.function.Consumer;

/**
 * Where rows go that are still in their file.
 *
 * @param sent takes them
 * @param failed told when they cannot be read after all; from any thread
 */
public record RangeOutlet(Consumer<FileRange> sent, Consumer<MppConnectException> failed) {}
