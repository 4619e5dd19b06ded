package io.mppconnect.format.registry;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects an answer's bytes, up to a limit. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private static final int LONGEST = 64 << 20;

    private final BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
    private @Nullable Subscription subscription;
    private long length;

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        all.onSubscribe(started);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
        }
        if (length <= LONGEST) {
            all.onNext(buffers);
        } else {
            if (subscription != null) {
                subscription.cancel();
            }
            all.onError(new IOException("the answer is longer than 64 MB"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        all.onError(failure);
    }

    @Override
    public void onComplete() {
        if (length <= LONGEST) {
            all.onComplete();
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return all.getBody();
    }
}
