package io.mppconnect.format.registry;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.SchemaSource;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.json.JsonDecoder;
import io.mppconnect.format.registry.RegistryRequests.Wish;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The schemas of a registry, each asked for once. */
public final class RegistrySchemas implements SchemaSource {

    private static final int KEPT = 1000;

    /** For so long a schema that there is not, or none of Avro, is not asked for again. */
    private static final long MISSED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private record Missing(String reason, long since) {}

    private final RegistryRequests requests;
    private final Optional<String> subject;
    private final Map<Integer, List<String>> schemas = bounded();
    private final Map<Integer, Missing> missing = bounded();

    /** Held while the registry is asked, so that only one asks for a schema. */
    private final ReentrantLock asking = new ReentrantLock();

    private @Nullable List<String> latest;

    /** @param subject whose latest schema tells the fields */
    public RegistrySchemas(RegistryRequests requests, Optional<String> subject) {
        this.requests = requests;
        this.subject = subject;
    }

    private static <T> Map<Integer, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, T> eldest) {
                return size() > KEPT;
            }
        };
    }

    @Override
    public List<String> schema(int id) throws Exception {
        asking.lockInterruptibly();
        try {
            List<String> known = schemas.get(id);
            return known == null ? asked(id) : known;
        } finally {
            asking.unlock();
        }
    }

    private List<String> asked(int id) throws Exception {
        Missing missed = missing.get(id);
        if (missed != null && System.nanoTime() - missed.since() < MISSED_NANOS) {
            throw new BadRecordException(missed.reason());
        }
        String what = "schema " + id;
        List<String> known;
        try {
            known = avro(
                    requests.get("schemas/ids/" + id, Wish.toRead(what))
                            .orElseThrow(() -> new BadRecordException("the schema registry has no schema " + id)),
                    what);
        } catch (BadRecordException e) {
            missing.put(id, new Missing(e.getMessage(), System.nanoTime()));
            throw e;
        }
        missing.remove(id);
        schemas.put(id, known);
        // A schema that was never seen is likely to be the latest.
        latest = null;
        return known;
    }

    @Override
    public List<String> latest() throws Exception {
        asking.lockInterruptibly();
        try {
            List<String> known = latest;
            if (known == null && subject.isPresent()) {
                String what = "the latest schema of subject " + subject.get();
                known = avro(version(subject.get(), "latest", what), what);
                latest = known;
            }
            return known == null ? List.of() : known;
        } finally {
            asking.unlock();
        }
    }

    private byte[] version(String name, String version, String what) throws InterruptedException {
        return requests.get("subjects/" + encoded(name) + "/versions/" + version, Wish.toRead(what))
                .orElseThrow(() -> new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot read " + what + " from the schema registry: there is none; check the subject's name"));
    }

    static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A schema after those that it refers to. */
    private List<String> avro(byte[] answer, String what) throws Exception {
        Set<String> found = new LinkedHashSet<>();
        Map<String, Boolean> versions = new LinkedHashMap<>();
        collect(answer, what, found, versions);
        return List.copyOf(found);
    }

    private void collect(byte[] answer, String what, Set<String> found, Map<String, Boolean> versions)
            throws Exception {
        Optional<String> type = member(answer, "schemaType", what);
        if (type.isPresent() && !type.get().equals("AVRO")) {
            throw new BadRecordException(what + " of the schema registry is of type " + type.get() + ", and not Avro");
        }
        for (Reference reference : references(answer, what)) {
            if (versions.putIfAbsent(reference.subject() + " " + reference.version(), true) == null) {
                String other = "version " + reference.version() + " of subject " + reference.subject();
                collect(version(reference.subject(), reference.version(), other), other, found, versions);
            }
        }
        found.add(member(answer, "schema", what).orElseThrow(() -> unintelligible(what, null)));
    }

    private record Reference(String subject, String version) {}

    private static List<Reference> references(byte[] answer, String what) {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; ; i++) {
            Optional<String> subject = member(answer, "references[" + i + "].subject", what);
            Optional<String> version = member(answer, "references[" + i + "].version", what);
            if (subject.isEmpty() || version.isEmpty()) {
                return references;
            }
            references.add(new Reference(subject.get(), version.get()));
        }
    }

    private static Optional<String> member(byte[] answer, String path, String what) {
        try {
            return member(answer, path);
        } catch (BadRecordException e) {
            throw unintelligible(what, e);
        }
    }

    /** The value at a path of an answer; empty when there is none. */
    static Optional<String> member(byte[] answer, String path) throws BadRecordException {
        JsonDecoder decoder =
                new JsonDecoder(List.of(new ChosenField("value", FieldPath.parse(path), false)), List.of());
        decoder.decode(answer, 0, answer.length);
        return decoder.text(0);
    }

    private static MppConnectException unintelligible(String what, @Nullable BadRecordException cause) {
        return new MppConnectException(
                ErrorCode.CONNECTION,
                "Cannot read " + what + " from the schema registry: its answer holds no schema; check the address",
                cause);
    }
}
