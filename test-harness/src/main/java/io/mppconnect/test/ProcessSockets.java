package io.mppconnect.test;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The listening and connected TCP sockets of this process, as Linux lists them; none elsewhere. */
final class ProcessSockets {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final String ESTABLISHED = "01";
    private static final String CLOSE_WAIT = "08";
    private static final String LISTENING = "0A";
    private static final String LINK_PREFIX = "socket:[";

    private ProcessSockets() {}

    /**
     * One socket.
     *
     * @param inode its identity while it is open
     * @param remotePort 0 when it listens
     */
    record OpenSocket(String inode, int localPort, int remotePort) {

        @Override
        public String toString() {
            return remotePort == 0
                    ? "socket listening on port " + localPort
                    : "socket from port " + localPort + " to port " + remotePort;
        }
    }

    static List<OpenSocket> list() throws IOException {
        List<OpenSocket> sockets = new ArrayList<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return sockets;
        }
        Set<String> own = inodes();
        for (Path table : TABLES) {
            if (Files.exists(table)) {
                Files.readAllLines(table).stream().skip(1).forEach(line -> add(line, own, sockets));
            }
        }
        return sockets;
    }

    private static void add(String line, Set<String> own, List<OpenSocket> sockets) {
        String[] fields = line.strip().split("\\s+", -1);
        String state = fields[3];
        String inode = fields[9];
        boolean open = state.equals(ESTABLISHED) || state.equals(CLOSE_WAIT) || state.equals(LISTENING);
        if (open && own.contains(inode)) {
            sockets.add(new OpenSocket(inode, port(fields[1]), port(fields[2])));
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    private static Set<String> inodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path link : links) {
                String target = target(link);
                if (target.startsWith(LINK_PREFIX)) {
                    inodes.add(target.substring(LINK_PREFIX.length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            // It was closed meanwhile.
            return "";
        }
    }
}
