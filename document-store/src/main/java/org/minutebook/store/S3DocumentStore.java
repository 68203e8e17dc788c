package org.minutebook.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A document store on a server that speaks the S3 protocol, for any number of instances.
 *
 * <pre>
 * documents/ab/ab….bytes               bytes (name: document id)
 * documents/ab/ab….json                record (name: document id)
 * unannounced/&lt;revision&gt;.&lt;id&gt;   empty: a revision that is to be announced; the oldest is listed first
 * derived/…                            what services keep for themselves
 * </pre>
 *
 * <p>Nobody overwrites another's record: the server is asked to write only if the entity tag is the
 * one that was read ({@code If-Match}, {@code If-None-Match}). The server must keep that promise;
 * Amazon's does, and a store opened on one that does not fails at once.
 *
 * <p>Bytes on their way in are kept in a local file first, because their key is their hash.
 */
public final class S3DocumentStore implements DocumentStore {

    /** Larger content is sent in parts. Source: the SDK's own default for multipart uploads. */
    private static final int PART_BYTES = 8 * 1024 * 1024;

    /** A file on its way that is older was left by a process that died. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private static final int REVISION_DIGITS = 19;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    /** An entity tag that no object has. */
    private static final String OTHER_TAG = "\"" + "0".repeat(32) + "\"";

    private static final Pattern MARK = Pattern.compile("(\\d{19})\\.([0-9a-f]{32})");

    private final S3Client s3;
    private final @Nullable S3Presigner presigner;
    private final StoreSettings.S3 settings;
    private final Path staging;
    private final RecordFormat format = new RecordFormat();

    /**
     * Opens the store.
     *
     * @param staging local folder for bytes on their way in and out
     * @throws StoreUnavailableException if the bucket cannot be reached, or its server does not
     *     write on conditions
     */
    public S3DocumentStore(StoreSettings.S3 settings, Path staging) {
        this(settings, staging, DefaultCredentialsProvider.builder().build(), List.of());
    }

    S3DocumentStore(
            StoreSettings.S3 settings,
            Path staging,
            AwsCredentialsProvider credentials,
            List<ExecutionInterceptor> interceptors) {
        this.settings = settings;
        this.staging = staging;
        this.s3 = client(settings, credentials, interceptors);
        this.presigner = settings.presignedDownloads() ? presigner(settings, credentials) : null;
        try {
            Files.createDirectories(staging);
            removeAbandoned();
            s3.headBucket(request -> request.bucket(settings.bucket()));
            requireConditions();
        } catch (IOException | SdkException e) {
            close();
            throw failure("reach bucket " + settings.bucket(), e);
        }
    }

    private static S3Client client(
            StoreSettings.S3 settings,
            AwsCredentialsProvider credentials,
            List<ExecutionInterceptor> interceptors) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials)
                        .forcePathStyle(settings.pathStyle())
                        .overrideConfiguration(
                                override -> override.executionInterceptors(interceptors));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private static S3Presigner presigner(
            StoreSettings.S3 settings, AwsCredentialsProvider credentials) {
        S3Presigner.Builder builder =
                S3Presigner.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials)
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .pathStyleAccessEnabled(settings.pathStyle())
                                        .build());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    /** A server that writes whatever the condition would let instances overwrite records. */
    private void requireConditions() throws IOException {
        String key = key("probes/" + UUID.randomUUID());
        PutObjectRequest once = request(key).ifNoneMatch("*").build();
        try {
            String tag = s3.putObject(once, RequestBody.empty()).eTag();
            if (writes(once)) {
                throw careless("If-None-Match");
            }
            if (writes(request(key).ifMatch(OTHER_TAG).build())) {
                throw careless("If-Match");
            }
            if (!writes(request(key).ifMatch(tag).build())) {
                throw new IOException(
                        "its server does not replace an object by its entity tag (If-Match); another server is needed, or a newer version of it");
            }
        } finally {
            deleteObject(key);
        }
    }

    private boolean writes(PutObjectRequest request) {
        try {
            s3.putObject(request, RequestBody.empty());
            return true;
        } catch (S3Exception e) {
            if (lost(e)) {
                return false;
            }
            throw e;
        }
    }

    private static IOException careless(String condition) {
        return new IOException(
                "its server overwrites objects in spite of %s; another server is needed, or a newer version of it"
                        .formatted(condition));
    }

    private void removeAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> files = Files.list(staging)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public StoredContent put(InputStream bytes, long limit) {
        Path file = newStagingFile();
        try {
            MessageDigest digest = ContentHash.newDigest();
            long size = receive(new DigestInputStream(bytes, digest), file, limit);
            ContentHash hash = ContentHash.ofDigest(digest.digest());
            String key = contentKey(hash);
            boolean created =
                    !exists(key)
                            && (size > PART_BYTES ? putInParts(key, file) : putWhole(key, file));
            return new StoredContent(hash, size, created);
        } catch (IOException | SdkException e) {
            throw failure("write a document", e);
        } finally {
            remove(file);
        }
    }

    private static long receive(InputStream bytes, Path file, long limit) throws IOException {
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = readFrom(bytes, buffer); read >= 0; read = readFrom(bytes, buffer)) {
                size += read;
                if (size > limit) {
                    throw new ContentTooLargeException(limit);
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private static int readFrom(InputStream bytes, byte[] buffer) {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            // The sender's failure, not the store's: told apart by its type.
            throw new UncheckedIOException(e);
        }
    }

    private boolean exists(String key) {
        try {
            s3.headObject(request -> request.bucket(settings.bucket()).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    /** Whether the content was not there before. */
    private boolean putWhole(String key, Path file) {
        try {
            s3.putObject(request(key).ifNoneMatch("*").build(), RequestBody.fromFile(file));
            return true;
        } catch (S3Exception e) {
            if (lost(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean putInParts(String key, Path file) throws IOException {
        String upload =
                s3.createMultipartUpload(request ->
                                request.bucket(settings.bucket())
                                        .key(key)
                                        .serverSideEncryption(settings.serverSideEncryption()))
                        .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(PART_BYTES);
                while (bytes.length > 0) {
                    int number = parts.size() + 1;
                    String tag =
                            s3.uploadPart(
                                            request ->
                                                    request.bucket(settings.bucket())
                                                            .key(key)
                                                            .uploadId(upload)
                                                            .partNumber(number),
                                            RequestBody.fromBytes(bytes))
                                    .eTag();
                    parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
                    bytes = in.readNBytes(PART_BYTES);
                }
            }
            s3.completeMultipartUpload(request ->
                    request.bucket(settings.bucket())
                            .key(key)
                            .uploadId(upload)
                            .ifNoneMatch("*")
                            .multipartUpload(whole -> whole.parts(parts)));
            return true;
        } catch (IOException | SdkException e) {
            abort(key, upload);
            if (e instanceof S3Exception answer && lost(answer)) {
                return false;
            }
            throw e;
        }
    }

    private void abort(String key, String upload) {
        try {
            s3.abortMultipartUpload(
                    request -> request.bucket(settings.bucket()).key(key).uploadId(upload));
        } catch (SdkException e) {
            // The bucket's rule for incomplete uploads removes it.
            System.getLogger(S3DocumentStore.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot abort an upload of " + key, e);
        }
    }

    @Override
    public Optional<InputStream> open(ContentHash hash) {
        return openObject(contentKey(hash));
    }

    @Override
    public boolean holds(ContentHash hash) {
        String key = contentKey(hash);
        try {
            return exists(key);
        } catch (SdkException e) {
            throw failure("look for " + key, e);
        }
    }

    private Optional<InputStream> openObject(String key) {
        try {
            return Optional.of(s3.getObject(request -> request.bucket(settings.bucket()).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("open " + key, e);
        }
    }

    @Override
    public Optional<LocalCopy> local(ContentHash hash) {
        Optional<InputStream> content = open(hash);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Path file = newStagingFile();
        try (InputStream in = content.get()) {
            Files.copy(in, file);
            return Optional.of(new Downloaded(file));
        } catch (IOException | SdkException e) {
            remove(file);
            throw failure("fetch " + hash, e);
        }
    }

    private record Downloaded(Path path) implements LocalCopy {
        @Override
        public void close() {
            remove(path);
        }
    }

    @Override
    public Optional<URI> address(ContentHash hash, Handout handout, Duration valid) {
        if (presigner == null) {
            return Optional.empty();
        }
        GetObjectRequest get =
                GetObjectRequest.builder()
                        .bucket(settings.bucket())
                        .key(contentKey(hash))
                        .responseContentType(handout.mediaType())
                        .responseContentDisposition(handout.disposition())
                        .build();
        try {
            return Optional.of(
                    URI.create(
                            presigner
                                    .presignGetObject(request ->
                                            request.signatureDuration(valid).getObjectRequest(get))
                                    .url()
                                    .toString()));
        } catch (SdkException e) {
            throw failure("sign an address of " + hash, e);
        }
    }

    @Override
    public void delete(ContentHash hash) {
        deleteObject(contentKey(hash));
    }

    private void deleteObject(String key) {
        try {
            s3.deleteObject(request -> request.bucket(settings.bucket()).key(key));
        } catch (SdkException e) {
            throw failure("delete " + key, e);
        }
    }

    @Override
    public Optional<Versioned<StoredDocument>> record(DocumentId id) {
        try {
            var answer =
                    s3.getObjectAsBytes(
                            request -> request.bucket(settings.bucket()).key(recordKey(id)));
            return Optional.of(
                    new Versioned<>(
                            format.read(id, answer.asByteArray()), answer.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("read the record of document " + id, e);
        }
    }

    @Override
    public Optional<String> putRecord(StoredDocument document, String expected) {
        DocumentId id = document.id();
        PutObjectRequest.Builder record = request(recordKey(id)).contentType("application/json");
        if (expected.equals(Versioned.ABSENT)) {
            record.ifNoneMatch("*");
        } else {
            record.ifMatch(expected);
        }
        try {
            s3.putObject(
                    request(markKey(new Unannounced(id, document.revision()))).build(),
                    RequestBody.empty());
            return Optional.of(
                    s3.putObject(record.build(), RequestBody.fromBytes(format.write(document)))
                            .eTag());
        } catch (S3Exception e) {
            if (lost(e)) {
                return Optional.empty();
            }
            throw failure("write the record of document " + id, e);
        } catch (SdkException e) {
            throw failure("write the record of document " + id, e);
        }
    }

    /** Whether somebody else was first. Source: S3 user guide, "conditional writes". */
    private static boolean lost(S3Exception e) {
        return e.statusCode() == PRECONDITION_FAILED
                || e.statusCode() == CONFLICT
                || e instanceof NoSuchKeyException;
    }

    @Override
    public void announced(DocumentId id, Revision revision) {
        deleteObject(markKey(new Unannounced(id, revision)));
    }

    @Override
    public List<Unannounced> unannounced(int limit) {
        String prefix = key("unannounced/");
        try {
            return s3
                    .listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(prefix))
                    .contents()
                    .stream()
                    .map(object -> MARK.matcher(object.key().substring(prefix.length())))
                    .filter(Matcher::matches)
                    .map(mark ->
                            new Unannounced(
                                    new DocumentId(mark.group(2)),
                                    new Revision(Long.parseLong(mark.group(1)))))
                    .limit(limit)
                    .toList();
        } catch (SdkException e) {
            throw failure("list what is to be announced", e);
        }
    }

    @Override
    public Stream<DocumentId> records() {
        String prefix = key("documents/");
        try {
            return s3
                    .listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(prefix))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .filter(key -> key.endsWith(".json"))
                    .map(key ->
                            key.substring(
                                    key.lastIndexOf('/') + 1, key.length() - ".json".length()))
                    .filter(DocumentId::isValid)
                    .map(DocumentId::new);
        } catch (SdkException e) {
            throw failure("list the records", e);
        }
    }

    @Override
    public void putDerived(String key, byte[] bytes) {
        try {
            s3.putObject(request(derivedKey(key)).build(), RequestBody.fromBytes(bytes));
        } catch (SdkException e) {
            throw failure("write " + key, e);
        }
    }

    @Override
    public boolean putDerivedIfAbsent(String key, byte[] bytes) {
        try {
            s3.putObject(
                    request(derivedKey(key)).ifNoneMatch("*").build(),
                    RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            if (lost(e)) {
                return false;
            }
            throw failure("write " + key, e);
        } catch (SdkException e) {
            throw failure("write " + key, e);
        }
    }

    @Override
    public Optional<InputStream> openDerived(String key) {
        return openObject(derivedKey(key));
    }

    @Override
    public void deleteDerived(String key) {
        String whole = derivedKey(key);
        deleteObject(whole);
        try {
            s3.listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(whole + "/"))
                    .contents()
                    .forEach(object -> deleteObject(object.key()));
        } catch (SdkException e) {
            throw failure("delete " + key, e);
        }
    }

    private String derivedKey(String key) {
        return key("derived/" + DerivedKeys.checked(key));
    }

    @Override
    public long usableSpace() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {
        s3.close();
        if (presigner != null) {
            presigner.close();
        }
    }

    private PutObjectRequest.Builder request(String key) {
        return PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(key)
                .serverSideEncryption(settings.serverSideEncryption());
    }

    private String contentKey(ContentHash hash) {
        return documentKey(DocumentId.of(hash), ".bytes");
    }

    private String recordKey(DocumentId id) {
        return documentKey(id, ".json");
    }

    private String documentKey(DocumentId id, String ending) {
        return key("documents/" + id.value().substring(0, 2) + "/" + id + ending);
    }

    // Zeros in front, so that the server's order of keys is the order of revisions.
    private String markKey(Unannounced mark) {
        return key(
                "unannounced/"
                        + String.format("%0" + REVISION_DIGITS + "d", mark.revision().value())
                        + "."
                        + mark.id());
    }

    private String key(String rest) {
        return settings.prefix() + rest;
    }

    private Path newStagingFile() {
        return staging.resolve(UUID.randomUUID().toString());
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Removed as abandoned at a later start.
            System.getLogger(S3DocumentStore.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + file, e);
        }
    }

    private static RuntimeException failure(String what, Exception cause) {
        String message = "Cannot " + what + ": " + cause.getMessage();
        if (cause instanceof IOException io && DiskSpace.isUsedUp(io)) {
            return new StoreFullException(message, cause);
        }
        return new StoreUnavailableException(message, cause);
    }
}
