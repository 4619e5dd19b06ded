package io.mppconnect.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A user of this machine. */
record Account(String name, int user, int group) {

    /** Whoever may do least first. */
    private static final List<String> PLAIN = List.of("nobody", "postgres", "daemon");

    private static final int NAME = 0;
    private static final int USER = 2;
    private static final int GROUP = 3;
    private static final int FIELDS = 7;

    /** The first of the usual users without privileges that a password file knows. */
    static Optional<Account> unprivileged(Path passwords) throws IOException {
        List<Account> all = Files.readAllLines(passwords).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length == FIELDS)
                .map(fields ->
                        new Account(fields[NAME], Integer.parseInt(fields[USER]), Integer.parseInt(fields[GROUP])))
                .toList();
        return PLAIN.stream()
                .flatMap(name -> all.stream().filter(account -> account.name().equals(name)))
                .filter(account -> account.user() != 0)
                .findFirst();
    }

    /** Whether this process is root's, as far as Linux tells. */
    static boolean isRoot() throws IOException {
        Path process = Path.of("/proc/self");
        return Files.exists(process) && Objects.equals(Files.getAttribute(process, "unix:uid"), 0);
    }

    /** Makes a file or directory this user's; only root can. */
    void own(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", user);
        Files.setAttribute(file, "unix:gid", group);
    }
}
