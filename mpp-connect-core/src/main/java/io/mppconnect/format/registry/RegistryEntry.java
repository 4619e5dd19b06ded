package io.mppconnect.format.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.registry.RegistryRequests.Wish;
import io.mppconnect.format.value.ElementText;
import java.util.Optional;

/** A schema's place in a registry: looked up first, for not everybody who may read may register. */
public record RegistryEntry(RegistryRequests requests, String subject) {

    public int id(String schema) throws InterruptedException {
        byte[] json = ("{\"schema\":" + ElementText.jsonText(schema) + "}").getBytes(UTF_8);
        String path = "subjects/" + RegistrySchemas.encoded(subject);
        String what = "a schema of subject " + subject;
        Optional<byte[]> known = requests.post(path, json, Wish.toRead(what));
        if (known.isPresent()) {
            return id(known.get(), Wish.toRead(what));
        }
        Wish wish = Wish.toRegister(what);
        return id(requests.post(path + "/versions", json, wish).orElseThrow(() -> unintelligible(wish)), wish);
    }

    private static int id(byte[] answer, Wish wish) {
        try {
            return Integer.parseInt(RegistrySchemas.member(answer, "id").orElse(""));
        } catch (BadRecordException | NumberFormatException e) {
            throw unintelligible(wish);
        }
    }

    private static MppConnectException unintelligible(Wish wish) {
        return new MppConnectException(
                ErrorCode.CONNECTION, wish + "its answer holds no number of a schema; check the address");
    }
}
