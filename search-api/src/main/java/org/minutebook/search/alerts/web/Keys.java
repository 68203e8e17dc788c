package org.minutebook.search.alerts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.minutebook.contracts.ContentHash;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.subscriptions.SignedLinks;
import org.minutebook.search.alerts.subscriptions.SignedLinks.Purpose;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Who may do what, by the key in {@code Authorization: Bearer}. Only hashes of keys are kept. */
@WithAlerts
@Component
class Keys {

    private static final String BEARER = "Bearer ";

    private final List<byte[]> operators;
    private final SignedLinks links;

    Keys(AlertSettings settings, SignedLinks links) {
        this.links = links;
        operators =
                settings.operatorKeyHashes().stream()
                        .map(entry ->
                                HexFormat.of().parseHex(entry.substring(entry.indexOf(':') + 1)))
                        .toList();
    }

    /** The key is missing, or not the right one. */
    static final class KeyNeededException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Lets the operator through.
     *
     * @throws KeyNeededException for anybody else
     */
    void requireOperator(HttpServletRequest request) {
        if (key(request).filter(this::isOperator).isEmpty()) {
            throw new KeyNeededException();
        }
    }

    /**
     * Lets the owner of a subscription and the operator through.
     *
     * @throws KeyNeededException for anybody else
     */
    void requireOwner(HttpServletRequest request, String subscription) {
        boolean allowed =
                key(request)
                        .filter(key ->
                                isOperator(key)
                                        || links.read(Purpose.MANAGE, key)
                                                .filter(id -> id.value().equals(subscription))
                                                .isPresent())
                        .isPresent();
        if (!allowed) {
            throw new KeyNeededException();
        }
    }

    private static Optional<String> key(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null || !header.startsWith(BEARER)
                ? Optional.empty()
                : Optional.of(header.substring(BEARER.length()).strip());
    }

    private boolean isOperator(String key) {
        byte[] hash = ContentHash.newDigest().digest(key.getBytes(StandardCharsets.UTF_8));
        boolean known = false;
        for (byte[] expected : operators) {
            known |= MessageDigest.isEqual(expected, hash); // all of them, in constant time
        }
        return known;
    }
}
