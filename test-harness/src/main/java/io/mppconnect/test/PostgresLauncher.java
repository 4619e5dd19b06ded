package io.mppconnect.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts PostgreSQL, which refuses to run as root. Root runs it in a user namespace of its own, and where these are not
 * to be had, as many containers forbid them, as another user.
 */
final class PostgresLauncher {

    private static final Path PASSWORDS = Path.of("/etc/passwd");
    private static final long PROBE_SECONDS = 10;
    private static final String ORIGINAL = ".original";
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl");

    private PostgresLauncher() {}

    static EmbeddedPostgres start() throws IOException {
        if (!Account.isRoot() || LinuxUtils.isUnshareAvailable()) {
            return server().start();
        }
        return startAs(Account.unprivileged(PASSWORDS), PostgresLauncher::succeeds);
    }

    /** Starts it as a user without privileges. */
    static EmbeddedPostgres startAs(Optional<Account> account, UserSwitch.Probe probe) throws IOException {
        if (account.isEmpty()) {
            throw new IOException(
                    "PostgreSQL does not run as root, and " + PASSWORDS + " knows neither nobody nor postgres"
                            + " nor daemon; run the JVM as another user, or let root have user namespaces (unshare -U)");
        }
        Account plain = account.get();
        UserSwitch way = UserSwitch.find(plain, probe)
                .orElseThrow(() -> new IOException("PostgreSQL does not run as root, and root can neither have a user"
                        + " namespace (unshare -U) nor become " + plain.name()
                        + " with setpriv, runuser, chroot or su; run the JVM as another user, or allow one of these"));
        Path programs = programs(plain, way);
        Path data = Files.createTempDirectory("embedded-mpp-data");
        plain.own(data);
        return server().setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(data)
                .start();
    }

    /** Whether a command ends well, and soon. */
    static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                .setServerConfig("allow_system_table_mods", "on")
                .setServerConfig("extra_float_digits", "0")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("jit", "off");
    }

    /** The directory of programs that switch to the user by themselves. */
    private static Path programs(Account account, UserSwitch way) throws IOException {
        Path directory = directory(Path.of(System.getProperty("java.io.tmpdir"), "embedded-mpp-" + account.name()));
        try (FileChannel file = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            unpack(directory);
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.toList()) {
                    openToAll(path);
                }
            }
            try (Stream<Path> unpacked = Files.list(directory)) {
                for (Path version : unpacked.filter(Files::isDirectory).toList()) {
                    for (String program : PROGRAMS) {
                        standIn(version.resolve("bin").resolve(program), way);
                    }
                }
            }
        }
        return directory;
    }

    /** The directory itself when root alone can write in it, for root runs what is there; a fresh one otherwise. */
    static Path directory(Path usual) throws IOException {
        Files.createDirectories(usual.getParent());
        try {
            return Files.createDirectory(usual, PosixFilePermissions.asFileAttribute(OWN));
        } catch (FileAlreadyExistsException e) {
            return isSafe(usual) ? usual : Files.createTempDirectory(usual.getFileName() + "-");
        }
    }

    private static boolean isSafe(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Objects.equals(Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS), 0)
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Says that there is nothing left to do but to start the server. */
    private static final class Unpacked extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Has the programs unpacked as a start would, but starts nothing: the data directory looks as if it were set up. */
    private static void unpack(Path directory) throws IOException {
        Path data = Files.createTempDirectory("embedded-mpp-none");
        Files.createFile(data.resolve("postgresql.conf"));
        EmbeddedPostgres.Builder unpacking = server().setOverrideWorkingDirectory(directory.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(prepared -> {
                    throw new Unpacked();
                });
        try (EmbeddedPostgres started = unpacking.start()) {
            throw new IOException("PostgreSQL was to be unpacked but has started: " + started);
        } catch (Unpacked expected) {
            try (Stream<Path> files = Files.list(data)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(data);
        }
    }

    private static void openToAll(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            boolean searchable = Files.isDirectory(path) || Files.isExecutable(path);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(searchable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Puts a script in the place of a program, which gets another name. */
    private static void standIn(Path program, UserSwitch way) throws IOException {
        Path original = program.resolveSibling(program.getFileName() + ORIGINAL);
        if (!Files.exists(original)) {
            Files.move(program, original);
        }
        Path script = program.resolveSibling(program.getFileName() + ".script");
        Files.writeString(script, way.script(ORIGINAL));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(script, program, StandardCopyOption.ATOMIC_MOVE);
    }
}
