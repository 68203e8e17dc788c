package org.minutebook.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build has put the servers: beside this module's classes.
 *
 * @param kafkaLibraries folder of the broker's jars
 * @param brokerClasses jar or folder with the broker's main class
 * @param elasticsearchHome unpacked Elasticsearch, with the analysis plugin installed
 */
record ServerFiles(Path kafkaLibraries, Path brokerClasses, Path elasticsearchHome) {

    /** Those of the build tree that this class comes from. */
    static ServerFiles ofBuild() {
        Path classes;
        try {
            classes =
                    Path.of(
                            ServerFiles.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        Path target = classes.resolveSibling("");
        Path elasticsearch;
        try (var homes =
                Files.newDirectoryStream(target.resolve("elasticsearch"), "elasticsearch-*")) {
            var found = homes.iterator();
            if (!found.hasNext()) {
                throw new ServerFailedException("There is no Elasticsearch under " + target);
            }
            elasticsearch = found.next();
        } catch (IOException e) {
            throw new ServerFailedException(
                    "The servers are not built (mvn process-classes unpacks them): "
                            + e.getMessage());
        }
        return new ServerFiles(target.resolve("kafka"), classes, elasticsearch);
    }
}
