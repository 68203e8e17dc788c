package org.minutebook.ingest.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.ingest.access.AccessKey;
import org.minutebook.ingest.access.AccessKeys;
import org.minutebook.ingest.access.Allowances;
import org.minutebook.ingest.access.Right;
import org.minutebook.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets through who shows a key that allows it: in {@code Authorization: Bearer}, or, for people at
 * our pages, by the cookie that they got for it. Counts what each asks, and writes a line of audit
 * for every change.
 */
@Component
class KeyFilter extends OncePerRequestFilter {

    /** Request attribute: what a change was about, for the audit. */
    static final String ABOUT = "minutebook.about";

    private static final String BEARER = "Bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_ORIGINS = Set.of("same-origin", "none");
    private static final Logger audit = LoggerFactory.getLogger("minutebook.audit");

    private final AccessKeys keys;
    private final SignInCookie signIn;
    private final Allowances allowances;
    private final JsonMapper json;

    KeyFilter(AccessKeys keys, SignInCookie signIn, Allowances allowances, JsonMapper json) {
        this.keys = keys;
        this.signIn = signIn;
        this.allowances = allowances;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = path(request);
        return !path.startsWith("/api/") && !isPage(path) || path.equals("/api/v1/completeness");
    }

    /**
     * The path as Spring finds who answers it: with letters in place of their codes and without
     * parameters. As it was sent it may be {@code /%61pi/v1/keys} or {@code /api;/v1/keys}.
     */
    private static String path(HttpServletRequest request) {
        StringBuilder path = new StringBuilder();
        for (PathContainer.Element element :
                ServletRequestPathUtils.parseAndCache(request).pathWithinApplication().elements()) {
            path.append(
                    element instanceof PathContainer.PathSegment segment
                            ? segment.valueToMatch()
                            : element.value());
        }
        return path.toString();
    }

    /** The pages of clerks; others are open to everybody. */
    private static boolean isPage(String path) {
        return path.equals("/upload")
                || path.equals("/documents")
                || path.startsWith("/documents/")
                || path.equals("/batches")
                || path.startsWith("/batches/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = request.getRemoteAddr();
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null && allowances.isBarred(address)) {
            tooMany(response, allowances.takeFailure(address));
            return;
        }
        Optional<AccessKey> shown;
        try {
            shown = shown(request);
        } catch (StoreUnavailableException e) {
            problem(
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "AWAY",
                    "A part of the service is away. Try again in a few seconds.");
            return;
        }
        if (shown.isEmpty()) {
            unknown(request, response, address);
            return;
        }
        AccessKey key = shown.get();
        Allowances.Left left = allowances.take(key);
        limitHeaders(response, left);
        Right needed = needed(request);
        if (!left.granted()) {
            tooMany(response, left);
        } else if (!key.rights().contains(needed)) {
            problem(
                    response,
                    HttpStatus.FORBIDDEN,
                    "RIGHT_NEEDED",
                    "The key '%s' does not have the right '%s'."
                            .formatted(key.name(), needed.wireName()));
        } else {
            passOn(request, response, chain, key);
        }
    }

    private void passOn(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            AccessKey key)
            throws ServletException, IOException {
        if (isReading(request)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            Object about = request.getAttribute(ABOUT);
            audit.info(
                    "who={} from={} did={} {} status={}{}",
                    clean(key.name()),
                    request.getRemoteAddr(),
                    request.getMethod(),
                    clean(request.getRequestURI()),
                    response.getStatus(),
                    about == null ? "" : " about=" + clean(about.toString()));
        }
    }

    /** A line of the audit is one line, whatever somebody calls himself or asks for. */
    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean isReading(HttpServletRequest request) {
        return READING.contains(request.getMethod())
                || path(request).equals("/api/v1/documents/known");
    }

    private static Right needed(HttpServletRequest request) {
        String path = path(request);
        if (path.startsWith("/api/v1/keys")) {
            return Right.KEYS;
        }
        if (path.startsWith(DeadLettersController.PATH)) {
            return Right.MANAGE;
        }
        boolean handsIn =
                path.equals("/upload")
                        || path.equals("/api/v1/documents")
                        || path.equals("/api/v1/batches");
        return isReading(request) || handsIn ? Right.UPLOAD : Right.MANAGE;
    }

    private Optional<AccessKey> shown(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.startsWith(BEARER)
                    ? keys.find(authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        return isOwn(request) ? signIn.key(request) : Optional.empty();
    }

    /**
     * Whether a change comes from a page of ours: a browser sends the cookie along with whatever it
     * is told to send.
     */
    private static boolean isOwn(HttpServletRequest request) {
        if (READING.contains(request.getMethod())) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_ORIGINS.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || isOwnOrigin(origin, request.getHeader(HttpHeaders.HOST));
    }

    private static boolean isOwnOrigin(String origin, @Nullable String host) {
        try {
            return host != null && host.equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void unknown(HttpServletRequest request, HttpServletResponse response, String address)
            throws IOException {
        if (isPage(path(request))) {
            String next = URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
            response.sendRedirect("/sign-in?next=" + next);
            return;
        }
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            allowances.takeFailure(address);
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        problem(
                response,
                HttpStatus.UNAUTHORIZED,
                "KEY_NEEDED",
                "Send a valid key in the header Authorization: Bearer <key>.");
    }

    /** Source: draft-ietf-httpapi-ratelimit-headers, in the form that clients read today. */
    private static void limitHeaders(HttpServletResponse response, Allowances.Left left) {
        response.setHeader("RateLimit-Limit", Long.toString(left.limit()));
        response.setHeader("RateLimit-Remaining", Long.toString(left.remaining()));
        response.setHeader("RateLimit-Reset", Long.toString(left.waitSeconds()));
    }

    private void tooMany(HttpServletResponse response, Allowances.Left left) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, left.waitSeconds())));
        problem(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "TOO_MANY_REQUESTS",
                "More than %d requests a minute. Go on after the time in Retry-After."
                        .formatted(left.limit()));
    }

    private void problem(
            HttpServletResponse response, HttpStatus status, String code, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write(
                        json.writeValueAsString(
                                Map.of(
                                        "title",
                                        status.getReasonPhrase(),
                                        "status",
                                        status.value(),
                                        "code",
                                        code,
                                        "detail",
                                        detail)));
    }
}
