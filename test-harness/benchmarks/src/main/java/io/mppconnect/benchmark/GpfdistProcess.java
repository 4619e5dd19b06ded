package io.mppconnect.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The C daemon, serving one directory. */
final class GpfdistProcess implements AutoCloseable {

    /** Its largest block, with which it is fastest. */
    private static final String BLOCK_BYTES = "1048576";

    private static final int START_SECONDS = 10;
    private static final int POLL_MILLIS = 20;

    private final Process process;
    private final int port;

    private GpfdistProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program of this name on the PATH. */
    static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, "gpfdist"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static GpfdistProcess start(Path program, Path directory) throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(), "-d", directory.toString(), "-p", Integer.toString(port), "-m", BLOCK_BYTES)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // Where an installation keeps the libraries of its own programs.
        Path libraries = program.toAbsolutePath().resolveSibling("../lib").normalize();
        builder.environment()
                .merge(
                        "LD_LIBRARY_PATH",
                        libraries.toString(),
                        (given, own) -> given + java.io.File.pathSeparator + own);
        GpfdistProcess started = new GpfdistProcess(builder.start(), port);
        try {
            started.awaitListening();
        } catch (IOException | InterruptedException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!listens()) {
            if (!process.isAlive()) {
                throw new IOException("it ended at once with status " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("it does not listen within " + START_SECONDS + " s");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
