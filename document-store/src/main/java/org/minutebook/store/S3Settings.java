package org.minutebook.store;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where documents are kept on a server that speaks the S3 protocol. Credentials come from where the
 * AWS SDK looks for them (environment, files, roles), never from here.
 *
 * @param bucket that exists already
 * @param prefix of all keys, so that a bucket can be shared; empty or ending in {@code /}
 * @param endpoint address of a server that is not Amazon's; null for Amazon's own
 * @param region region of the bucket
 * @param pathStyle whether the bucket stands in the path instead of the host name, as most other
 *     servers need
 * @param serverSideEncryption encryption asked of the server, {@code AES256} or {@code aws:kms};
 *     null for the bucket's own default
 * @param staging local folder for bytes on their way in and out
 */
public record S3Settings(
        String bucket,
        String prefix,
        @Nullable URI endpoint,
        String region,
        boolean pathStyle,
        @Nullable String serverSideEncryption,
        Path staging) {

    public S3Settings {
        if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
            throw new IllegalArgumentException(
                    "prefix '" + prefix + "', expected nothing or a path that ends in '/'");
        }
    }
}
