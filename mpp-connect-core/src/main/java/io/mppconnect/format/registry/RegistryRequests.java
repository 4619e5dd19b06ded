package io.mppconnect.format.registry;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.BadRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks a registry's addresses until one answers, and begins with that one the next time. */
public final class RegistryRequests {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_COMPLAINT = 500;

    /** The registry's own codes of subjects, versions and schemas that it does not have. */
    private static final Pattern MISSING = Pattern.compile("404[0-9][0-9]");

    private static final AtomicLong THREADS = new AtomicLong();

    private final List<URI> addresses;
    private final @Nullable String authorization;
    private final @Nullable SSLContext tls;
    private final Duration timeout;
    private volatile int answering;
    private @Nullable HttpClient client;

    public RegistryRequests(
            List<URI> addresses, @Nullable String authorization, @Nullable SSLContext tls, Duration timeout) {
        this.addresses = addresses;
        this.authorization = authorization;
        this.tls = tls;
        this.timeout = timeout;
    }

    public static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What is to be done with a thing, as messages say it. */
    record Wish(String verb, String what, String where) {

        static Wish toRead(String what) {
            return new Wish("read", what, "from the schema registry");
        }

        static Wish toRegister(String what) {
            return new Wish("register", what, "with the schema registry");
        }

        @Override
        public String toString() {
            return "Cannot " + verb + " " + what + " " + where + ": ";
        }
    }

    /**
     * What the registry has at a path.
     *
     * @return empty when there is no such thing
     * @throws MppConnectException when no address answers, or the registry refuses
     */
    Optional<byte[]> get(String path, Wish wish) throws InterruptedException {
        return ask(path, HttpRequest.Builder::GET, wish);
    }

    /**
     * What the registry answers to JSON at a path; it may be sent to several addresses.
     *
     * @return empty when there is no such path, or nothing like what was sent
     * @throws MppConnectException when no address answers, or the registry refuses
     */
    Optional<byte[]> post(String path, byte[] json, Wish wish) throws InterruptedException {
        return ask(
                path,
                request -> request.header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json)),
                wish);
    }

    private Optional<byte[]> ask(String path, UnaryOperator<HttpRequest.Builder> method, Wish wish)
            throws InterruptedException {
        List<String> complaints = new ArrayList<>();
        @Nullable IOException first = null;
        int start = answering;
        for (int i = 0; i < addresses.size(); i++) {
            int place = (start + i) % addresses.size();
            URI address = addresses.get(place);
            try {
                HttpResponse<byte[]> response = send(request(address.resolve(path), method));
                Optional<byte[]> answer = answer(response, address, wish);
                if (answer.isPresent() || saysThereIsNone(response)) {
                    answering = place;
                    return answer;
                }
                complaints.add(address + " answered with status " + response.statusCode());
            } catch (IOException e) {
                first = first == null ? e : first;
                complaints.add(address + " " + reason(e));
            }
        }
        throw new MppConnectException(ErrorCode.CONNECTION, wish + String.join("; ", complaints), first);
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newCachedThreadPool(RegistryRequests::thread))
                    .connectTimeout(timeout);
            if (tls != null) {
                builder.sslContext(tls);
            }
            known = builder.build();
            client = known;
        }
        return known;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mpp-connect-registry-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** The answer with its body: a request's own timeout ends with the headers. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, head -> new BoundedBody());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            HttpTimeoutException late = new HttpTimeoutException("the answer is not complete");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(URI uri, UnaryOperator<HttpRequest.Builder> method) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return method.apply(request).build();
    }

    /** What was answered; empty when there is nothing, or when another address may know more. */
    private static Optional<byte[]> answer(HttpResponse<byte[]> response, URI address, Wish wish) {
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new MppConnectException(
                    ErrorCode.PRIVILEGE_MISSING,
                    wish.toString() + address + " answered with status " + status
                            + "; check the user and password of basicAuth");
        }
        if (status == CONFLICT || status == UNPROCESSABLE) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    wish.toString() + address + " answered with status " + status + " ("
                            + complaint(response.body())
                            + ")");
        }
        return status == OK ? Optional.of(response.body()) : Optional.empty();
    }

    /** Whether the registry says so, and not only what stands before it, or something else at its address. */
    private static boolean saysThereIsNone(HttpResponse<byte[]> response) {
        try {
            return response.statusCode() == NOT_FOUND
                    && RegistrySchemas.member(response.body(), "error_code")
                            .filter(code -> MISSING.matcher(code).matches())
                            .isPresent();
        } catch (BadRecordException e) {
            return false;
        }
    }

    /** What the registry says of a schema. */
    private static String complaint(byte[] body) {
        String said = new String(body, 0, Math.min(body.length, LONGEST_COMPLAINT), StandardCharsets.UTF_8);
        return said.replaceAll("\\p{Cntrl}+", " ");
    }

    private String reason(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return "did not answer within " + timeout.toMillis() + " ms";
        }
        if (failure instanceof ConnectException) {
            return "cannot be reached";
        }
        if (failure instanceof SSLException) {
            return "and this JVM do not agree on TLS (" + failure.getMessage() + ")";
        }
        return "broke off (" + failure.getMessage() + ")";
    }
}
