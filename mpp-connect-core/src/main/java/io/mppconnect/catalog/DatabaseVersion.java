package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which database is at the other end.
 *
 * @param number the family's own version, such as {@code 6.24.3}
 * @param major the first part of it
 * @param postgres the version of PostgreSQL that it is made of, as {@code server_version_num} counts: 90426, 120022
 * @param text all that {@code version()} says
 */
public record DatabaseVersion(DatabaseFamily family, String number, int major, int postgres, String text) {

    private static final Pattern BASE = Pattern.compile("PostgreSQL (\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");
    private static final Pattern PRODUCT = Pattern.compile(
            "\\((Greenplum Database|WarehousePG|Greengage Database|Cloudberry Database|Apache Cloudberry) ((\\d+)[0-9.]*)");
    /** A release as PostgreSQL numbers it, with nothing glued to it. */
    private static final Pattern PLAIN =
            Pattern.compile("PostgreSQL (\\d+(?:\\.\\d+)*)(?:devel|beta\\d+|rc\\d+)?[ ,].*");
    /** Databases that answer as PostgreSQL does and are another inside. */
    private static final Pattern OTHER =
            Pattern.compile("Redshift|EnterpriseDB|openGauss|GaussDB|QuestDB|Materialize|HAWQ|Cloudberry|Greenplum");

    private static final int OLDEST_POSTGRES = 120000;
    private static final int TEXT_SHOWN = 200;

    /**
     * Reads the answer of {@code select version()}.
     *
     * @throws MppConnectException {@link ErrorCode#UNSUPPORTED_DATABASE} for anything but Greenplum 5 to 7, Greengage 6
     *     and 7, Cloudberry and PostgreSQL 12 or later
     */
    public static DatabaseVersion parse(String text) {
        Matcher base = BASE.matcher(text);
        if (!base.lookingAt()) {
            throw unsupported(text);
        }
        int postgres = postgresNumber(base);
        Matcher product = PRODUCT.matcher(text);
        if (product.find()) {
            DatabaseFamily family = family(product.group(1));
            int major = Integer.parseInt(product.group(3));
            if (!supported(family, major)) {
                throw unsupported(text);
            }
            return new DatabaseVersion(family, product.group(2), major, postgres, text);
        }
        Matcher plain = PLAIN.matcher(text);
        if (!plain.matches() || OTHER.matcher(text).find() || postgres < OLDEST_POSTGRES) {
            throw unsupported(text);
        }
        return new DatabaseVersion(DatabaseFamily.POSTGRESQL, plain.group(1), postgres / 10000, postgres, text);
    }

    /** From 10 on a version has two parts, before three. */
    private static int postgresNumber(Matcher base) {
        int first = Integer.parseInt(base.group(1));
        int second = base.group(2) == null ? 0 : Integer.parseInt(base.group(2));
        int third = base.group(3) == null ? 0 : Integer.parseInt(base.group(3));
        return first >= 10 ? first * 10000 + second : first * 10000 + second * 100 + third;
    }

    private static DatabaseFamily family(String product) {
        return switch (product) {
            case "Greengage Database" -> DatabaseFamily.GREENGAGE;
            case "Cloudberry Database", "Apache Cloudberry" -> DatabaseFamily.CLOUDBERRY;
            default -> DatabaseFamily.GREENPLUM;
        };
    }

    private static boolean supported(DatabaseFamily family, int major) {
        return switch (family) {
            case GREENPLUM -> Set.of(5, 6, 7).contains(major);
            case GREENGAGE -> Set.of(6, 7).contains(major);
            case CLOUDBERRY, POSTGRESQL -> true;
        };
    }

    private static MppConnectException unsupported(String text) {
        String shown = text.length() > TEXT_SHOWN ? text.substring(0, TEXT_SHOWN) : text;
        return new MppConnectException(
                ErrorCode.UNSUPPORTED_DATABASE,
                "Cannot use this database: " + shown + "; supported are Greenplum 5, 6 and 7, Greengage 6 and 7, Apache"
                        + " Cloudberry and PostgreSQL 12 or later");
    }

    /** Whether it spreads its rows over segments. */
    public boolean hasSegments() {
        return family != DatabaseFamily.POSTGRESQL;
    }

    /** Such as {@code Greenplum 6.24.3}. */
    @Override
    public String toString() {
        return family + " " + number;
    }
}
