package io.mppconnect.distributed;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A JVM that takes part in a plan and wishes for a round, and of itself does nothing more, as one that hangs. */
final class SilentEndpoint implements AutoCloseable {

    private final Line line;
    private final ServerSocket segments = new ServerSocket(0);

    SilentEndpoint(LoadTicket ticket) throws IOException {
        line = new Line(new Socket(ticket.host(), ticket.port()));
        line.trust();
        line.send(new Message.Hello(ticket.token(), "silent"));
        line.read();
        line.send(new Message.Serving("gpfdist://" + line.localHost() + ":" + segments.getLocalPort() + "/rows"));
        line.send(new Message.Wish());
    }

    /** The next that it is told. */
    Message hear() throws IOException {
        return line.read();
    }

    /** Promises rows, and returns when a segment waits for them, in vain. */
    Socket letSegmentsWait(Message.Prepare round) throws IOException {
        line.send(new Message.Ready(round.round(), 1));
        return segments.accept();
    }

    @Override
    public void close() throws IOException {
        line.close();
        segments.close();
    }
}
