package io.mppconnect.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What names files: a file, a directory, or a glob over files; a glob that ends in a slash is one over directories.
 *
 * <p>Globs are read part by part, as shells do: {@code *} stays within one directory, {@code **} is any number of
 * directories, none included, and names that start with a dot are matched only by a part that does too.
 */
record FilePattern(FileSystem system, String text) {

    private static final String GLOB_CHARACTERS = "*?[{\\";
    private static final String ANY_DEPTH = "**";

    static FilePattern of(Path path) {
        return new FilePattern(path.getFileSystem(), path.toString());
    }

    static FilePattern of(String text) {
        return new FilePattern(FileSystems.getDefault(), text);
    }

    /**
     * The files it names now, sorted within each directory: all regular files of a directory that are not hidden.
     *
     * @throws IOException when there is none, or a directory cannot be listed; its message tells why
     */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path match : matches()) {
            if (Files.isDirectory(match)) {
                files.addAll(filesOf(match));
            } else {
                files.add(match);
            }
        }
        if (files.isEmpty()) {
            throw new IOException("no file matches");
        }
        return files;
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path entry : sortedEntries(directory)) {
            if (!hidden(entry) && Files.isRegularFile(entry)) {
                files.add(entry);
            }
        }
        if (files.isEmpty()) {
            throw new IOException("the directory holds no files");
        }
        return files;
    }

    private List<Path> matches() throws IOException {
        if (!hasGlob(text) || existsAsWritten()) {
            Path path = path(text);
            Files.readAttributes(path, BasicFileAttributes.class);
            return List.of(path);
        }
        String separator = system.getSeparator().equals("\\") ? "[/\\\\]" : "/";
        List<String> parts = List.of(text.split(separator, -1));
        int literal = 0;
        while (!hasGlob(parts.get(literal))) {
            literal++;
        }
        String base = String.join("/", parts.subList(0, literal));
        boolean absolute = literal > 0 && base.isEmpty();
        List<Path> matches = new ArrayList<>();
        expand(path(absolute ? "/" : base), parts.subList(literal, parts.size()), matches);
        return matches;
    }

    private boolean existsAsWritten() {
        try {
            return Files.exists(system.getPath(text), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException glob) {
            return false;
        }
    }

    private Path path(String literal) throws IOException {
        try {
            return system.getPath(literal);
        } catch (InvalidPathException invalid) {
            throw new IOException("it is not a path: " + invalid.getReason(), invalid);
        }
    }

    private void expand(Path directory, List<String> parts, List<Path> matches) throws IOException {
        if (parts.isEmpty()) {
            matches.add(directory);
            return;
        }
        String part = parts.get(0);
        List<String> rest = parts.subList(1, parts.size());
        if (part.equals(ANY_DEPTH)) {
            List<String> within = rest.isEmpty() ? List.of("*") : rest;
            expand(directory, within, matches);
            for (Path child : sortedEntries(directory)) {
                if (!hidden(child) && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    expand(child, parts, matches);
                }
            }
        } else if (hasGlob(part)) {
            PathMatcher matcher = matcher(part);
            for (Path child : sortedEntries(directory)) {
                boolean visible = part.startsWith(".") || !hidden(child);
                if (visible && matcher.matches(child.getFileName()) && leadsOn(child, rest)) {
                    expand(child, rest, matches);
                }
            }
        } else {
            Path child = directory.resolve(part);
            if (Files.exists(child)) {
                expand(child, rest, matches);
            }
        }
    }

    /** Whether a match may be the file that the glob ends in, or a directory for the rest of it. */
    private static boolean leadsOn(Path child, List<String> rest) {
        return rest.isEmpty() != Files.isDirectory(child);
    }

    private PathMatcher matcher(String part) throws IOException {
        try {
            return system.getPathMatcher("glob:" + part);
        } catch (PatternSyntaxException invalid) {
            throw new IOException("it is not a glob: " + invalid.getDescription(), invalid);
        }
    }

    private static List<Path> sortedEntries(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        entries.sort(null);
        return entries;
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static boolean hasGlob(String part) {
        return part.chars().anyMatch(character -> GLOB_CHARACTERS.indexOf(character) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
