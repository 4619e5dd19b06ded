package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schemas of a registry, each asked for once. */
final class RegistrySchemas implements SchemaSource {

    private static final int KEPT = 1000;

    private final RegistryRequests requests;
    private final Optional<String> subject;
    private final Map<Integer, List<String>> schemas = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, List<String>> eldest) {
            return size() > KEPT;
        }
    };
    private @Nullable List<String> latest;

    /** @param subject whose latest schema tells the fields */
    RegistrySchemas(RegistryRequests requests, Optional<String> subject) {
        this.requests = requests;
        this.subject = subject;
    }

    @Override
    public synchronized List<String> schema(int id) throws Exception {
        List<String> known = schemas.get(id);
        if (known == null) {
            String what = "schema " + id;
            known = avro(
                    requests.get("schemas/ids/" + id, what)
                            .orElseThrow(() -> new BadRecordException("the schema registry has no schema " + id)),
                    what);
            schemas.put(id, known);
            // A schema that was never seen is likely to be the latest.
            latest = null;
        }
        return known;
    }

    @Override
    public synchronized List<String> latest() throws Exception {
        List<String> known = latest;
        if (known == null && subject.isPresent()) {
            String what = "the latest schema of subject " + subject.get();
            known = avro(version(subject.get(), "latest", what), what);
            latest = known;
        }
        return known == null ? List.of() : known;
    }

    private byte[] version(String name, String version, String what) throws InterruptedException {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return requests.get("subjects/" + encoded + "/versions/" + version, what)
                .orElseThrow(() -> new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot read " + what + " from the schema registry: there is none; check the subject's name"));
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
        JsonDecoder decoder =
                new JsonDecoder(List.of(new ChosenField("value", FieldPath.parse(path), false)), List.of());
        try {
            decoder.decode(answer, 0, answer.length);
        } catch (BadRecordException e) {
            throw unintelligible(what, e);
        }
        return decoder.text(0);
    }

    private static MppConnectException unintelligible(String what, @Nullable BadRecordException cause) {
        return new MppConnectException(
                ErrorCode.CONNECTION,
                "Cannot read " + what + " from the schema registry: its answer holds no schema; check the address",
                cause);
    }
}
