package org.minutebook.store;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where documents are kept: in a folder of this machine, or, where a bucket is named, on a server
 * that speaks the S3 protocol. All services of an installation need the same.
 *
 * @param directory folder of the document store; with a bucket, the local folder for bytes on their
 *     way in and out
 * @param create whether the store is made where the folder has none; {@code false} where the folder
 *     is a disk of its own and the store is made: without the disk the services then do not start,
 *     rather than begin an empty store beneath it
 * @param s3 the bucket; none keeps documents in the folder
 */
@ConfigurationProperties("minutebook.store")
public record StoreSettings(
        @DefaultValue("data/store") Path directory,
        @DefaultValue("true") boolean create,
        @Nullable S3 s3) {

    /**
     * A bucket. Credentials come from where the AWS SDK looks for them (environment, files, roles),
     * never from here.
     *
     * @param bucket name of the bucket, which exists already
     * @param prefix of all keys, so that a bucket can be shared; empty or ending in {@code /}
     * @param endpoint address of a server that is not Amazon's; none for Amazon's own
     * @param region region of the bucket
     * @param pathStyle whether the bucket stands in the path instead of the host name, as most
     *     other servers need
     * @param serverSideEncryption encryption asked of the server, {@code AES256} or {@code
     *     aws:kms}; none for the bucket's own default
     * @param presignedDownloads whether readers fetch originals from the server itself, by
     *     addresses that end after some minutes; they must be able to reach it
     */
    public record S3(
            String bucket,
            @DefaultValue("") String prefix,
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("false") boolean pathStyle,
            @Nullable String serverSideEncryption,
            @DefaultValue("false") boolean presignedDownloads) {

        public S3 {
            if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
                throw new IllegalArgumentException(
                        "minutebook.store.s3.prefix '"
                                + prefix
                                + "', expected nothing or a path that ends in '/'");
            }
        }
    }

    /**
     * Opens the store that is named.
     *
     * @throws StoreUnavailableException if it cannot be used
     */
    public DocumentStore open() {
        return s3 == null
                ? new FileSystemDocumentStore(directory, create)
                : new S3DocumentStore(s3, directory);
    }
}
