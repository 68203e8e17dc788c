package org.minutebook.embedded;

import java.nio.file.Path;

/** The Java that runs this process, for the processes it starts. */
public final class JavaProgram {

    private JavaProgram() {}

    /** Its home folder. */
    public static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Its launcher. */
    public static Path ofThisProcess() {
        return home().resolve("bin").resolve("java");
    }
}
