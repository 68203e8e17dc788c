package org.minutebook.ingest.files;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much an archive may unpack to; past a limit the whole archive is refused.
 *
 * @param mostEntries most files and folders in it
 * @param mostContent most bytes of all its files together
 * @param mostRatio most bytes unpacked for each byte packed, looked at past the first 10 MB; texts
 *     reach about 20
 */
@ConfigurationProperties("minutebook.archives")
public record ArchiveLimits(
        @DefaultValue("50000") int mostEntries,
        @DefaultValue("50GB") DataSize mostContent,
        @DefaultValue("100") int mostRatio) {}
