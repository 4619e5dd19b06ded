package io.mppconnect.format;

import java.util.HexFormat;

/** Bytes as tests write them. */
final class HexBytes {

    private HexBytes() {}

    /** @param hex may have spaces in it */
    static byte[] of(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
