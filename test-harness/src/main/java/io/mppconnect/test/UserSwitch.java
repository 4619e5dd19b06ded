package io.mppconnect.test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way for root to run a program as another user.
 *
 * @param command the tool
 * @param options what the tool takes before the program
 */
record UserSwitch(String command, List<String> options) {

    private static final String SU = "su";

    /** Runs a command and tells whether it went well. */
    @FunctionalInterface
    interface Probe {
        boolean succeeds(List<String> command);
    }

    /** The ways that Linux systems offer, the one with the fewest side effects first. */
    static List<UserSwitch> ways(Account account) {
        String user = String.valueOf(account.user());
        String group = String.valueOf(account.group());
        return List.of(
                new UserSwitch("setpriv", List.of("--reuid=" + user, "--regid=" + group, "--clear-groups", "--")),
                new UserSwitch("runuser", List.of("-u", account.name(), "--")),
                new UserSwitch("chroot", List.of("--userspec=" + user + ":" + group, "/")),
                new UserSwitch(SU, List.of("-s", "/bin/sh", account.name(), "-c")));
    }

    /** The first way that works here. */
    static Optional<UserSwitch> find(Account account, Probe probe) {
        return ways(account).stream()
                .filter(way -> probe.succeeds(way.running("true")))
                .findFirst();
    }

    private List<String> running(String program) {
        return Stream.of(Stream.of(command), options.stream(), Stream.of(program))
                .flatMap(words -> words)
                .toList();
    }

    /** A shell script that runs, with the arguments given to it, what it stands for: the file of its own name and suffix. */
    String script(String suffix) {
        String start = "exec " + command + " " + String.join(" ", options) + " ";
        if (command.equals(SU)) {
            return "#!/bin/sh\n"
                    + "cd /\n"
                    + "line=\"'$0" + suffix + "'\"\n"
                    + "for argument; do line=\"$line '$argument'\"; done\n"
                    + start + "\"$line\"\n";
        }
        return "#!/bin/sh\ncd /\n" + start + "\"$0" + suffix + "\" \"$@\"\n";
    }
}
