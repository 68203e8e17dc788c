package org.minutebook.search.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.http.server.RequestPath;

/**
 * What a request asks for, as controllers are chosen by it: decoded, and without what follows a
 * semicolon. A limit that looks at the address as it was sent is got round by writing it otherwise,
 * as {@code /%73earch} or {@code /search;x}.
 */
final class AskedPath {

    /** Pages that search, and at whose address other pages begin that do not. */
    private static final Set<String> SEARCHING =
            Set.of("/", "/subscriptions", "/subscriptions/new");

    private AskedPath() {}

    /** Whether a path is one of those that begin so, or of a page that searches. */
    static boolean isLimited(String path, List<String> beginnings) {
        return SEARCHING.contains(path) || beginnings.stream().anyMatch(path::startsWith);
    }

    static String of(HttpServletRequest request) {
        return RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication()
                .elements()
                .stream()
                .map(AskedPath::matched)
                .collect(Collectors.joining());
    }

    private static String matched(PathContainer.Element element) {
        return element instanceof PathSegment segment ? segment.valueToMatch() : element.value();
    }
}
