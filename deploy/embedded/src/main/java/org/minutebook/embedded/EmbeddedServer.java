package org.minutebook.embedded;

import java.io.IOException;

/** A server that runs on this machine, in a folder of its own. */
public interface EmbeddedServer {

    /**
     * Writes the server's settings and says how to start it. What an earlier run left behind, also
     * one that was killed, does no harm.
     *
     * @throws IOException if the folder cannot be written
     */
    Launch prepare() throws IOException;

    /**
     * Version of the server, as its makers number it.
     *
     * @throws ServerFailedException if the build has not put the server there
     */
    String version();

    /** Whether it takes requests now; never blocks for longer than two seconds. */
    boolean isReady();
}
