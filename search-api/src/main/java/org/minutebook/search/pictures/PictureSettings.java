package org.minutebook.search.pictures;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How pictures of pages are drawn. Each is drawn once, by a process of its own.
 *
 * @param enabled whether pages of items show them
 * @param atOnce how many are drawn at the same time; further ones wait
 * @param patience how long somebody waits for others' pictures before being asked to come again
 * @param timeLimit longest that drawing one may take, the start of its process included
 * @param memory heap of the process that draws one
 */
@ConfigurationProperties("minutebook.pictures")
public record PictureSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1") int atOnce,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("20s") Duration timeLimit,
        @DefaultValue("192MB") DataSize memory) {

    public PictureSettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException(
                    "minutebook.pictures.at-once: " + atOnce + ", expected 1 or more");
        }
        if (timeLimit.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "minutebook.pictures.time-limit: " + timeLimit + ", expected 1 second or more");
        }
        if (memory.toMegabytes() < 32) {
            throw new IllegalArgumentException(
                    "minutebook.pictures.memory: " + memory + ", expected 32 MB or more");
        }
    }
}
