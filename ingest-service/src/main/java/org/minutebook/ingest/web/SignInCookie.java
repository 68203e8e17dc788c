package org.minutebook.ingest.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.minutebook.contracts.ContentHash;
import org.minutebook.ingest.access.AccessKey;
import org.minutebook.ingest.access.SignIns;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The cookie that a browser shows once somebody has signed in. It goes when the browser is closed,
 * and is worth nothing when what it proves has ended.
 */
@Component
class SignInCookie {

    private static final String NAME = "minutebook";

    private final SignIns signIns;

    SignInCookie(SignIns signIns) {
        this.signIns = signIns;
    }

    /** The key that somebody signed in with; empty where nobody did, or where it counts no more. */
    Optional<AccessKey> key(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        return cookie == null ? Optional.empty() : signIns.find(cookie.getValue());
    }

    /** Gives the cookie to who has just shown this key. */
    void give(HttpServletRequest request, HttpServletResponse response, ContentHash key) {
        add(request, response, ResponseCookie.from(NAME, signIns.proof(key)));
    }

    /** Takes the cookie back. */
    void takeBack(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, ResponseCookie.from(NAME).maxAge(Duration.ZERO));
    }

    private static void add(
            HttpServletRequest request,
            HttpServletResponse response,
            ResponseCookie.ResponseCookieBuilder cookie) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                cookie.path("/")
                        .httpOnly(true)
                        .sameSite("Strict")
                        .secure(request.isSecure())
                        .build()
                        .toString());
    }
}
