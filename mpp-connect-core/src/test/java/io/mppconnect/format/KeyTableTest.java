package io.mppconnect.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyTableTest {

    /** Each key, and others that differ from it in one byte, at every place of it. */
    @Test
    void findsKeysOfAllLengthsAndNoOthers() {
        Map<String, Integer> entries = new LinkedHashMap<>();
        for (int length = 0; length <= 40; length++) {
            entries.put("abcdefgh".repeat(5).substring(0, length), length);
        }
        KeyTable<Integer> table = new KeyTable<>(entries);

        entries.forEach((key, value) -> {
            assertThat(find(table, key)).isEqualTo(value);
            for (int i = 0; i < key.length(); i++) {
                assertThat(find(table, key.substring(0, i) + 'X' + key.substring(i + 1)))
                        .isNull();
            }
        });
    }

    @Test
    void tellsAByteThatIsMissingFromOneThatIsZero() {
        KeyTable<Integer> table = new KeyTable<>(Map.of("ab", 1, "ab\0", 2));

        assertThat(find(table, "ab")).isEqualTo(1);
        assertThat(find(table, "ab\0")).isEqualTo(2);
        assertThat(find(table, "ab\0\0")).isNull();
    }

    /** In the middle of other bytes, and at the end of them. */
    private static Integer find(KeyTable<Integer> table, String key) {
        byte[] alone = key.getBytes(StandardCharsets.UTF_8);
        byte[] among = ("12345" + key + "12345678").getBytes(StandardCharsets.UTF_8);
        Integer found = table.find(alone, 0, alone.length);
        assertThat(table.find(among, 5, 5 + alone.length)).isEqualTo(found);
        return found;
    }
}
