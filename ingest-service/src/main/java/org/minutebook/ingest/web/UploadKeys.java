package org.minutebook.ingest.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.ingest.IngestSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through to the API who carries a known key in {@code Authorization: Bearer}. Only hashes of
 * keys are kept.
 */
@Component
class UploadKeys extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final List<byte[]> hashes;

    UploadKeys(IngestSettings settings) {
        hashes =
                settings.keyHashes().stream()
                        .map(entry ->
                                HexFormat.of().parseHex(entry.substring(entry.indexOf(':') + 1)))
                        .toList();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isKnown(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType("application/problem+json");
        response.getWriter()
                .write(
                        "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"KEY_NEEDED\","
                                + "\"detail\":\"Send the upload key in the header Authorization: Bearer <key>.\"}");
    }

    private boolean isKnown(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return false;
        }
        byte[] hash =
                ContentHash.newDigest()
                        .digest(
                                authorization
                                        .substring(BEARER.length())
                                        .strip()
                                        .getBytes(StandardCharsets.UTF_8));
        boolean known = false;
        for (byte[] expected : hashes) {
            known |= MessageDigest.isEqual(expected, hash); // all of them, in constant time
        }
        return known;
    }
}
