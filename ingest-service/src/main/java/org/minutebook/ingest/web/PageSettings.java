package org.minutebook.ingest.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the pages of clerks show.
 *
 * @param searchAddress address of the public pages, as {@code http://localhost:8600}, for links to
 *     what was found in a document; none leaves the links out
 */
@ConfigurationProperties("minutebook.pages")
record PageSettings(@Nullable URI searchAddress) {}
