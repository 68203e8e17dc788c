package org.minutebook.chaos;

import java.time.Duration;

/**
 * Something that goes wrong.
 *
 * @param at when, from the start of the run
 * @param kind what
 * @param target name of a part or of a cable
 * @param length how long it lasts: until a killed part is started again
 * @param delay how long each piece is kept back by a slow cable
 */
record Fault(Duration at, Kind kind, String target, Duration length, Duration delay) {

    /** What goes wrong. */
    enum Kind {
        /** A process dies without a word: SIGKILL. */
        KILL,
        /** A process is asked to end, as for an upgrade: SIGTERM. */
        RESTART,
        /** A process stands still: SIGSTOP. */
        PAUSE,
        /** Connections break off, and new ones too. */
        CUT_OFF,
        /** Nothing comes through, and nothing breaks off. */
        SILENCE,
        /** Everything comes late. */
        SLOW,
        /** Less room on the disk than intake's reserve. */
        DISK_LOW,
        /** No room on the disk at all. */
        DISK_FULL
    }

    @Override
    public String toString() {
        return "%s %s for %.1f s%s"
                .formatted(
                        kind,
                        target,
                        length.toMillis() / 1000.0,
                        delay.isZero() ? "" : ", %d ms a piece".formatted(delay.toMillis()));
    }
}
