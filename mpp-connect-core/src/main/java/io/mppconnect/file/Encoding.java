package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a file's characters are written as bytes.
 *
 * @param database the database's name of it, when segments can be given the bytes as they are; empty when delimiters
 *     cannot be found in the bytes, or when the database does not know the encoding
 */
record Encoding(Charset charset, Optional<String> database) {

    static final Encoding UTF8 = new Encoding(StandardCharsets.UTF_8, Optional.of("UTF8"));

    /** The database's names of encodings in which an ASCII byte is always that ASCII character, and Java's. */
    private static final Map<String, String> ASCII_SAFE = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("WIN1250", "windows-1250"),
            Map.entry("WIN1251", "windows-1251"),
            Map.entry("WIN1252", "windows-1252"),
            Map.entry("WIN1253", "windows-1253"),
            Map.entry("WIN1254", "windows-1254"),
            Map.entry("WIN1255", "windows-1255"),
            Map.entry("WIN1256", "windows-1256"),
            Map.entry("WIN1257", "windows-1257"),
            Map.entry("WIN1258", "windows-1258"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("EUC_KR", "EUC-KR"),
            Map.entry("EUC_TW", "x-EUC-TW"));

    /** The database's names of encodings whose characters may end in a byte that is a delimiter elsewhere. */
    private static final Map<String, String> NOT_ASCII_SAFE = Map.of(
            "SJIS", "windows-31j",
            "BIG5", "x-windows-950",
            "GBK", "GBK",
            "UHC", "x-windows-949",
            "GB18030", "GB18030",
            "JOHAB", "x-Johab");

    static Encoding of(Charset charset) {
        if (charset.equals(StandardCharsets.US_ASCII)) {
            return UTF8;
        }
        return new Encoding(
                charset,
                ASCII_SAFE.entrySet().stream()
                        .filter(entry -> entry.getValue().equalsIgnoreCase(charset.name()))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    /**
     * The encoding that the database or Java calls so.
     *
     * @throws MppConnectException when neither does
     */
    static Encoding named(String name) {
        String database = name.toUpperCase(Locale.ROOT).replace('-', '_');
        String java = ASCII_SAFE.getOrDefault(database, NOT_ASCII_SAFE.getOrDefault(database, name));
        try {
            return of(Charset.forName(java));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid encoding: " + name + "; give a name that the database or Java knows, such as UTF8, LATIN1"
                            + " or WIN1252",
                    unknown);
        }
    }
}
