package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL for root, where it cannot have a user namespace. */
class PostgresLauncherTest {

    private static final Account NOBODY = new Account("nobody", 65534, 65533);

    @TempDir
    Path directory;

    private Optional<Account> unprivileged(String... lines) throws IOException {
        return Account.unprivileged(Files.write(directory.resolve("passwd"), List.of(lines)));
    }

    @Test
    void theUserThatMayDoLeastIsTaken() throws IOException {
        assertThat(unprivileged(
                        "root:x:0:0::/root:/bin/sh",
                        "postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash",
                        "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin"))
                .contains(NOBODY);
        assertThat(unprivileged("root:x:0:0::/root:/bin/sh", "postgres:x:101:104:::"))
                .contains(new Account("postgres", 101, 104));
        assertThat(unprivileged("root:x:0:0::/root:/bin/sh", "nobody:x:0:0:::", "", "# comment"))
                .isEmpty();
    }

    @Test
    void theFirstWayThatWorksIsTaken() {
        List<List<String>> tried = new ArrayList<>();

        Optional<UserSwitch> found = UserSwitch.find(NOBODY, command -> {
            tried.add(command);
            return command.get(0).equals("su");
        });

        assertThat(found).map(UserSwitch::command).contains("su");
        assertThat(tried)
                .containsExactly(
                        List.of("setpriv", "--reuid=65534", "--regid=65533", "--clear-groups", "--", "true"),
                        List.of("runuser", "-u", "nobody", "--", "true"),
                        List.of("chroot", "--userspec=65534:65533", "/", "true"),
                        List.of("su", "-s", "/bin/sh", "nobody", "-c", "true"));
    }

    @Test
    void aProgramThatIsMissingOrFailsIsNoWay() {
        assertThat(PostgresLauncher.succeeds(List.of("mpp-connect-no-such-program")))
                .isFalse();
        assertThat(PostgresLauncher.succeeds(List.of("false"))).isFalse();
        assertThat(PostgresLauncher.succeeds(List.of("true"))).isTrue();
    }

    @Test
    void withoutAnyWayItSaysWhatToDo() {
        assertThatThrownBy(() -> PostgresLauncher.startAs(Optional.of(NOBODY), command -> false))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "PostgreSQL does not run as root, and root can neither have a user namespace (unshare -U) nor"
                                + " become nobody with setpriv, runuser, chroot or su; run the JVM as another user, or allow one"
                                + " of these");
    }

    @Test
    void withoutAnyUserItSaysWhatToDo() {
        assertThatThrownBy(() -> PostgresLauncher.startAs(Optional.empty(), command -> true))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "PostgreSQL does not run as root, and /etc/passwd knows neither nobody nor postgres nor daemon;"
                                + " run the JVM as another user, or let root have user namespaces (unshare -U)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"setpriv", "runuser", "chroot", "su"})
    void aScriptRunsTheOriginalAsTheUser(String tool) throws Exception {
        Account account = plainUser();
        UserSwitch way = UserSwitch.find(
                        account, command -> command.get(0).equals(tool) && PostgresLauncher.succeeds(command))
                .orElse(null);
        assumeTrue(way != null, "there is " + tool);
        Path script = program("program", way.script(".original"));
        program("program.original", "#!/bin/sh\nid -u; pwd; for argument; do echo \"$argument\"; done\n");

        assertThat(output(new ProcessBuilder(script.toString(), "-D", "a b", "-o", "-c x=$y -F")))
                .containsExactly(String.valueOf(account.user()), "/", "-D", "a b", "-o", "-c x=$y -F");
    }

    @Test
    void programsThatRootRunsAreWhereNobodyElseWrites() throws Exception {
        Account account = plainUser();
        Path usual = PostgresLauncher.directory(directory.resolve("programs"));
        assertThat(usual).isEqualTo(directory.resolve("programs"));
        assertThat(PostgresLauncher.directory(usual)).isEqualTo(usual);

        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        account.own(foreign);
        Path link = Files.createSymbolicLink(directory.resolve("link"), usual);
        assertThat(List.of(open, foreign, link))
                .allSatisfy(other -> assertThat(PostgresLauncher.directory(other))
                        .isNotEqualTo(other)
                        .isEmptyDirectory());
    }

    @Test
    void rootWithoutUserNamespacesHasACluster() throws Exception {
        Account account = plainUser();
        assumeTrue(UserSwitch.find(account, PostgresLauncher::succeeds).isPresent(), "root can become another user");
        program("unshare", "#!/bin/sh\nexit 1\n");
        ProcessBuilder jvm = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                classPath(),
                ServerOwner.class.getName());
        jvm.environment().merge("PATH", directory.toString(), (path, first) -> first + ":" + path);

        assertThat(output(jvm)).contains("the server runs as " + account.user());
    }

    /** Starts a cluster in a JVM of its own, and tells whose process the server is. */
    static final class ServerOwner {

        private ServerOwner() {}

        public static void main(String[] arguments) throws Exception {
            try (EmbeddedMppCluster cluster = EmbeddedMppCluster.start();
                    Connection connection = cluster.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                System.out.println(
                        "the server runs as " + Files.getAttribute(Path.of("/proc", row.getString(1)), "unix:uid"));
            }
        }
    }

    /** Some launchers of tests have a class loader of their own. */
    private static String classPath() {
        if (PostgresLauncherTest.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static Account plainUser() throws IOException {
        assumeTrue(Account.isRoot(), "only root can become another user");
        Optional<Account> account = Account.unprivileged(Path.of("/etc/passwd"));
        assumeTrue(account.isPresent(), "there is another user");
        return account.get();
    }

    private Path program(String name, String content) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> output(ProcessBuilder command) throws Exception {
        Process process = command.redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }
}
