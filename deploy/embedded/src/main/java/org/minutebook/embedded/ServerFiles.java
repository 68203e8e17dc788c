package org.minutebook.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the build has put the servers: beside this module's classes.
 *
 * @param kafkaLibraries folder of the broker's jars
 * @param brokerClasses jar or folder with the broker's main class
 * @param elasticsearchHome unpacked Elasticsearch, with the analysis plugin installed
 */
record ServerFiles(Path kafkaLibraries, Path brokerClasses, Path elasticsearchHome) {

    private static final Pattern BROKER_JAR = Pattern.compile("kafka_[0-9.]+-([0-9].*)\\.jar");

    String elasticsearchVersion() {
        String name = String.valueOf(elasticsearchHome.getFileName());
        return name.substring(name.indexOf('-') + 1);
    }

    String kafkaVersion() {
        try (var jars = Files.newDirectoryStream(kafkaLibraries, "kafka_*.jar")) {
            for (Path jar : jars) {
                Matcher name = BROKER_JAR.matcher(String.valueOf(jar.getFileName()));
                if (name.matches()) {
                    return name.group(1);
                }
            }
        } catch (IOException e) {
            throw new ServerFailedException("The broker is not built: " + e.getMessage());
        }
        throw new ServerFailedException("There is no broker under " + kafkaLibraries);
    }

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
