package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Pkcs8Test {

    private static final byte[] PRIME256V1 = HexFormat.of().parseHex("a00a06082a8648ce3d030107");

    /** As openssl writes it: version, number, curve. */
    private static byte[] sec1(BigInteger number, byte[] curve) {
        byte[] digits = new byte[32];
        byte[] signed = number.toByteArray();
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, digits, 32 - length, length);
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(new byte[] {0x30, (byte) (3 + 34 + curve.length), 0x02, 1, 1, 0x04, 32});
        key.writeBytes(digits);
        key.writeBytes(curve);
        return key.toByteArray();
    }

    @Test
    void keysOfSec1BecomeWhatJavaReads() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();

        byte[] encoded = Pkcs8.ofEc(sec1(key.getS(), PRIME256V1));

        ECPrivateKey read =
                (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        assertThat(read.getS()).isEqualTo(key.getS());
    }

    @Test
    void damagedKeysAreToldApart() {
        assertThatThrownBy(() -> Pkcs8.ofEc(sec1(BigInteger.TEN, new byte[0])))
                .isInstanceOf(IOException.class)
                .hasMessage("the key does not name its curve");
        assertThatThrownBy(() -> Pkcs8.ofEc(new byte[] {0x30, 0x7f, 1}))
                .isInstanceOf(IOException.class)
                .hasMessage("the key is damaged");
    }
}
