package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Listens to an unload and writes down what it hears; acknowledges at once, or when the test does. */
final class RecordedUnload implements UnloadListener {

    final List<String> events = new CopyOnWriteArrayList<>();
    private final List<Acknowledgement> acknowledgements = new CopyOnWriteArrayList<>();
    private volatile boolean hold;
    private volatile @Nullable String poison;

    /** From now on the test acknowledges. */
    void hold() {
        hold = true;
    }

    /** Fails when these rows come. */
    void failOn(String rows) {
        poison = rows;
    }

    /** Waits for the acknowledgement of the so-manieth request, counted from 1. */
    Acknowledgement acknowledge(int number) {
        await().until(() -> acknowledgements.size() >= number);
        return acknowledgements.get(number - 1);
    }

    @Override
    public void opened(int segment, Acknowledgement acknowledgement) {
        heard("opened " + segment, acknowledgement);
    }

    @Override
    public void received(int segment, byte[] bytes, int length, Acknowledgement acknowledgement) {
        String rows = new String(bytes, 0, length, ISO_8859_1);
        if (rows.equals(poison)) {
            throw new IllegalStateException("a listener that fails, as the test wants it");
        }
        heard("rows " + segment + ": " + rows, acknowledgement);
    }

    @Override
    public void done(int segment, Acknowledgement acknowledgement) {
        heard("done " + segment, acknowledgement);
    }

    @Override
    public void broken(int segment, String reason) {
        events.add("broken " + segment + ": " + reason);
    }

    private void heard(String event, Acknowledgement acknowledgement) {
        events.add(event);
        acknowledgements.add(acknowledgement);
        if (!hold) {
            acknowledgement.accept();
        }
    }
}
