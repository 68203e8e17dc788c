package org.minutebook.ingest;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where documents are kept.
 *
 * @param directory folder of the document store
 */
@ConfigurationProperties("minutebook.store")
record StoreSettings(@DefaultValue("data/store") Path directory) {}
