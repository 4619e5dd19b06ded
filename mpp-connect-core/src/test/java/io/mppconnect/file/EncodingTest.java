package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    @ParameterizedTest
    @CsvSource({
        "UTF8, UTF-8, UTF8",
        "utf-8, UTF-8, UTF8",
        "LATIN1, ISO-8859-1, LATIN1",
        "ISO-8859-1, ISO-8859-1, LATIN1",
        "latin9, ISO-8859-15, LATIN9",
        "iso_8859_5, ISO-8859-5, ISO_8859_5",
        "windows-1252, windows-1252, WIN1252",
        "win1251, windows-1251, WIN1251",
        "KOI8R, KOI8-R, KOI8R",
        "EUC_KR, EUC-KR, EUC_KR",
        "euc-cn, GB2312, EUC_CN",
        "WIN866, IBM866, WIN866"
    })
    void theDatabaseKnowsEncodingsThatHoldAscii(String name, String charset, String database) {
        assertThat(Encoding.named(name).charset().name()).isEqualTo(charset);
        assertThat(Encoding.named(name).database()).contains(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-32LE", "SJIS", "BIG5", "GBK", "GB18030", "UHC", "JOHAB", "IBM037"})
    void othersAreDecodedHere(String name) {
        assertThat(Encoding.named(name).database()).isEmpty();
    }

    @Test
    void asciiIsUtf8() {
        assertThat(Encoding.of(StandardCharsets.US_ASCII)).isEqualTo(Encoding.UTF8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF8",
                "LATIN1",
                "LATIN2",
                "LATIN3",
                "LATIN4",
                "LATIN5",
                "LATIN7",
                "LATIN9",
                "LATIN10",
                "ISO_8859_5",
                "ISO_8859_6",
                "ISO_8859_7",
                "ISO_8859_8",
                "WIN866",
                "WIN874",
                "WIN1250",
                "WIN1251",
                "WIN1252",
                "WIN1253",
                "WIN1254",
                "WIN1255",
                "WIN1256",
                "WIN1257",
                "WIN1258",
                "KOI8R",
                "KOI8U",
                "EUC_JP",
                "EUC_CN",
                "EUC_KR",
                "EUC_TW"
            })
    void noCharacterOfARawEncodingHoldsAnAsciiByte(String name) {
        Charset charset = Encoding.named(name).charset();
        CharsetEncoder encoder = charset.newEncoder();
        StringBuilder unsafe = new StringBuilder();
        for (char character = 128; character < Character.MIN_SURROGATE; character++) {
            String text = String.valueOf(character);
            byte[] bytes = encoder.canEncode(character) ? text.getBytes(charset) : new byte[0];
            for (byte part : bytes) {
                // Some encoders write a lookalike instead, which reads as itself.
                if (part >= 0 && new String(bytes, charset).equals(text)) {
                    unsafe.append(character);
                }
            }
        }
        assertThat(unsafe).isEmpty();
    }
}
