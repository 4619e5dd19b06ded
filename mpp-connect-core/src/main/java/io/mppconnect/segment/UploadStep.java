package io.mppconnect.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request of a segment that has been handed on, until it is acknowledged. */
final class UploadStep implements Acknowledgement {

    private final UnloadExchange unload;
    private final Upload upload;
    private final SegmentRequest request;
    private final byte[] bytes;
    private final ByteBudget.@Nullable Share share;
    private final AtomicBoolean settled = new AtomicBoolean();
    /** Whoever waits for the answer; guarded by the lock of the exchange. */
    private final List<Post> posts = new ArrayList<>();

    UploadStep(UnloadExchange unload, Upload upload, Post post, byte[] bytes, ByteBudget.@Nullable Share share) {
        this.unload = unload;
        this.upload = upload;
        this.request = post.request();
        this.bytes = bytes;
        this.share = share;
        posts.add(post);
    }

    Upload upload() {
        return upload;
    }

    SegmentRequest request() {
        return request;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether the segment only says that it will send. */
    boolean opens() {
        return request.sequence() == 1 && !request.done();
    }

    /** Whether that is the same request again. */
    boolean is(SegmentRequest other) {
        return other.sequence() == request.sequence() && other.done() == request.done();
    }

    void join(Post post) {
        posts.add(post);
    }

    /** Whoever waits for the answer, once. */
    List<Post> takePosts() {
        List<Post> taken = List.copyOf(posts);
        posts.clear();
        return taken;
    }

    @Override
    public void accept() {
        settle(null);
    }

    @Override
    public void refuse(String reason) {
        settle(reason);
    }

    private void settle(@Nullable String reason) {
        if (settled.compareAndSet(false, true)) {
            unload.settled(this, reason);
            if (share != null) {
                share.giveBack();
            }
        }
    }
}
