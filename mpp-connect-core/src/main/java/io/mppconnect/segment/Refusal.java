package io.mppconnect.segment;

/** A request that is not served: the status and the one line that its sender gets to see. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    static Refusal badRequest(String reason) {
        return new Refusal(400, reason);
    }

    static Refusal forbidden() {
        return new Refusal(403, "this address is not one of the database's segments");
    }

    static Refusal notFound() {
        return new Refusal(404, "no transfer here, or it is over");
    }

    static Refusal methodNotAllowed() {
        return new Refusal(405, "only GET and POST are served");
    }

    static Refusal lengthRequired() {
        return new Refusal(411, "a POST needs a Content-Length");
    }

    static Refusal tooLong(String reason) {
        return new Refusal(413, reason);
    }

    static Refusal failed(String reason) {
        return new Refusal(500, reason);
    }

    int status() {
        return status;
    }

    String reason() {
        return OneLine.reason(String.valueOf(getMessage()));
    }
}
