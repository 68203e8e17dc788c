package org.minutebook.search.alerts.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertMatched.Excerpt;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.subscriptions.SiteAddress;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls webhooks as Standard Webhooks 1.0 says: headers {@code webhook-id}, {@code
 * webhook-timestamp} and {@code webhook-signature}. Redirects are not followed, and private
 * addresses are not called unless the setting {@code minutebook.alerts.webhook-allow} names them.
 */
@WithAlerts
@Component
public class Webhooks implements DisposableBean {

    private static final String SECRET_PREFIX = "whsec_";
    private static final int SECRET_BYTES = 24;

    /** What is read of an answer: enough to keep a connection, too little to fill memory. */
    private static final int ANSWER_BYTES = 4096;

    private final Set<String> allowed;
    private final JsonMapper json;
    private final SiteAddress site;
    private final Clock clock;
    private final long timeoutMillis;
    private final CloseableHttpClient everybody;
    private final CloseableHttpClient trusted;

    Webhooks(AlertSettings settings, JsonMapper json, SiteAddress site, Clock clock) {
        this.json = json;
        this.site = site;
        this.clock = clock;
        allowed =
                settings.webhookAllow().stream()
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        timeoutMillis = settings.webhookTimeout().toMillis();
        everybody = client(new WebhookTargets());
        trusted = client(SystemDefaultDnsResolver.INSTANCE);
    }

    private CloseableHttpClient client(DnsResolver names) {
        Timeout timeout = Timeout.ofMilliseconds(timeoutMillis);
        return HttpClients.custom()
                .setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create()
                                .setDnsResolver(names)
                                .setMaxConnTotal(64)
                                .setMaxConnPerRoute(8)
                                .setDefaultConnectionConfig(
                                        ConnectionConfig.custom()
                                                .setConnectTimeout(timeout)
                                                .setSocketTimeout(timeout)
                                                .build())
                                .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setResponseTimeout(timeout)
                                .setConnectionRequestTimeout(timeout)
                                .build())
                .setUserAgent("Minutebook")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** A new secret, {@code whsec_} and 24 random bytes. */
    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Why an address cannot be a webhook, for who gave it; empty where it can. */
    public Optional<String> objection(String target) {
        URI address;
        try {
            address = new URI(target).parseServerAuthority();
        } catch (URISyntaxException e) {
            return Optional.of("'" + target + "' is not an address");
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            return Optional.of("expected an address that begins with https://");
        }
        if (address.getUserInfo() != null || address.getFragment() != null) {
            return Optional.of("expected an address without a password and without '#'");
        }
        if (isAllowed(address)) {
            return Optional.empty();
        }
        if (!scheme.equals("https")) {
            return Optional.of("expected an address that begins with https://");
        }
        try {
            new WebhookTargets().resolve(address.getHost().replaceAll("[\\[\\]]", ""));
            return Optional.empty();
        } catch (WebhookTargets.PrivateAddressException e) {
            return Optional.of("the address is not public");
        } catch (UnknownHostException e) {
            return Optional.of("there is no host '" + address.getHost() + "'");
        }
    }

    private boolean isAllowed(URI address) {
        int port = address.getPort();
        if (port < 0) {
            port = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        }
        return allowed.contains(address.getHost().toLowerCase(Locale.ROOT) + ":" + port);
    }

    /** Calls a webhook with alerts. */
    Attempt deliver(Delivery delivery) {
        return call(
                delivery.id(),
                delivery.subscription(),
                event(delivery.digest() ? "alert.digest" : "alert.matched", delivery));
    }

    /**
     * Calls a webhook with an event that says nothing.
     *
     * @return null where it was taken, else what went wrong
     */
    public @Nullable String test(Subscription subscription) {
        String id = "msg_test_" + clock.instant().toEpochMilli();
        Delivery nothing = new Delivery(id, subscription, List.of(), false, null);
        return switch (call(id, subscription, event("alert.test", nothing))) {
            case Attempt.Taken taken -> null;
            case Attempt.Later later -> later.detail();
            case Attempt.Never never -> never.detail();
        };
    }

    private Attempt call(String id, Subscription subscription, Event event) {
        URI target = URI.create(Objects.requireNonNull(subscription.channel().target()));
        if (!isAllowed(target) && !"https".equalsIgnoreCase(target.getScheme())) {
            return new Attempt.Later("the address is not one of TLS");
        }
        byte[] body = json.writeValueAsBytes(event);
        long seconds = clock.instant().getEpochSecond();
        HttpPost post = new HttpPost(target);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        post.setHeader("webhook-id", id);
        post.setHeader("webhook-timestamp", Long.toString(seconds));
        post.setHeader(
                "webhook-signature",
                signature(
                        Objects.requireNonNull(subscription.channel().secret()),
                        id,
                        seconds,
                        body));
        CloseableHttpClient client = isAllowed(target) ? trusted : everybody;
        // Also for one that sends a byte now and then.
        CompletableFuture.delayedExecutor(timeoutMillis, TimeUnit.MILLISECONDS)
                .execute(post::cancel);
        try {
            return client.execute(
                    post,
                    answer -> {
                        drain(answer.getEntity());
                        return outcome(answer.getCode());
                    });
        } catch (WebhookTargets.PrivateAddressException e) {
            return new Attempt.Later("the address is not public");
        } catch (IOException e) {
            return new Attempt.Later(e.getClass().getSimpleName());
        }
    }

    private static void drain(@Nullable HttpEntity entity) throws IOException {
        if (entity != null) {
            try (InputStream content = entity.getContent()) {
                content.readNBytes(ANSWER_BYTES);
            }
        }
    }

    private static Attempt outcome(int status) {
        if (status >= HttpStatus.SC_SUCCESS && status < HttpStatus.SC_REDIRECTION) {
            return new Attempt.Taken();
        }
        return status == HttpStatus.SC_GONE
                ? new Attempt.Never("410 Gone", true)
                : new Attempt.Later("status " + status);
    }

    private static String signature(String secret, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** The body. It is the same for every repeat of a delivery. */
    record Event(String type, Instant timestamp, Data data) {}

    record Data(Search subscription, List<Item> items) {}

    record Search(String id, String query) {}

    record Item(
            String key,
            String id,
            @Nullable String number,
            @Nullable String section,
            String title,
            List<Decision> decisions,
            int page,
            int pageTo,
            List<Excerpt> excerpts,
            boolean corrected,
            boolean late,
            String url,
            Document document) {}

    record Document(
            String id,
            @Nullable String council,
            @Nullable String committee,
            @Nullable String meetingDate,
            @Nullable DocumentKind kind,
            @Nullable String title,
            @Nullable String sourceUrl,
            String file) {}

    private Event event(String type, Delivery delivery) {
        Subscription subscription = delivery.subscription();
        Instant at =
                delivery.alerts().stream()
                        .map(AlertMatched::matchedAt)
                        .max(Instant::compareTo)
                        .orElseGet(clock::instant);
        return new Event(
                type,
                at,
                new Data(
                        new Search(subscription.id().value(), subscription.query()),
                        delivery.alerts().stream().map(this::item).toList()));
    }

    private Item item(AlertMatched alert) {
        AlertMatched.MatchedItem item = alert.item();
        AlertMatched.InDocument document = alert.document();
        return new Item(
                alert.key().value(),
                item.id().value(),
                item.number(),
                item.section(),
                item.title(),
                item.decisions(),
                item.page(),
                item.pageTo(),
                alert.excerpts(),
                document.corrects(),
                alert.late(),
                site.item(item.id()),
                new Document(
                        document.id().value(),
                        document.council(),
                        document.committee(),
                        document.meetingDate() == null ? null : document.meetingDate().toString(),
                        document.kind(),
                        document.title(),
                        document.sourceUrl(),
                        site.file(document.id(), item.page())));
    }

    @Override
    public void destroy() throws IOException {
        everybody.close();
        trusted.close();
    }
}
