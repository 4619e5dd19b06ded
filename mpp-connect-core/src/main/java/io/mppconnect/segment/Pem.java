package io.mppconnect.segment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys as text files have them. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-[^-]+)*)-----END \\1-----");

    private record Block(String label, String body) {
        byte[] bytes() throws IOException {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException e) {
                throw new IOException("its " + label + " is damaged", e);
            }
        }
    }

    private Pem() {}

    /** All certificates of the file, in order. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.label().endsWith("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("it holds no certificate");
        }
        return certificates;
    }

    private static X509Certificate certificate(Block block) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException e) {
            throw new IOException("a certificate in it is damaged", e);
        }
    }

    /** @param algorithm of the public key that belongs to it */
    static PrivateKey key(Path file, String algorithm) throws IOException {
        for (Block block : blocks(file)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return key(block, algorithm);
            }
        }
        throw new IOException("it holds no private key");
    }

    private static PrivateKey key(Block block, String algorithm) throws IOException {
        if (block.label().startsWith("ENCRYPTED") || block.body().contains("ENCRYPTED")) {
            throw new IOException(
                    "the key is encrypted; write it without a passphrase, with openssl pkcs8 -topk8" + " -nocrypt");
        }
        byte[] encoded = switch (block.label()) {
            case "PRIVATE KEY" -> block.bytes();
            case "RSA PRIVATE KEY" -> Pkcs8.ofRsa(block.bytes());
            case "EC PRIVATE KEY" -> Pkcs8.ofEc(block.bytes());
            default -> throw new IOException("keys of the kind " + block.label() + " are not known here");
        };
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IOException("it holds no " + algorithm + " key, which the certificate asks for", e);
        }
    }

    private static List<Block> blocks(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("no such file", e);
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
