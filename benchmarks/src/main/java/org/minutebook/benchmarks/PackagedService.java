package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A service as the build has made it. */
final class PackagedService {

    private PackagedService() {}

    /** The project: where this was started, unless the script says so. */
    static Path project() {
        return Path.of(System.getProperty("minutebook.root", "")).toAbsolutePath();
    }

    /** Its jar. */
    static Path jar(String service) throws IOException {
        Path target = project().resolve(service).resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-app.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new IOException("no packaged service in %s; build it first".formatted(target));
    }
}
