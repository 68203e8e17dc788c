package org.minutebook.search.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A search as a part of an address: the same search has the same, in whatever order its parameters
 * were sent.
 *
 * @param parameters that a page of results may have; others are not carried on, nor are empty ones
 */
public record SearchAddress(MultiValueMap<String, String> parameters) {

    private static final List<String> KNOWN =
            List.of(
                    "q",
                    "council",
                    "committee",
                    "kind",
                    "year",
                    "from",
                    "to",
                    "decided",
                    "outcome",
                    "scanned",
                    "sort",
                    "synonyms",
                    "page");

    public SearchAddress {
        MultiValueMap<String, String> known = new LinkedMultiValueMap<>();
        for (String name : KNOWN) {
            for (String value : parameters.getOrDefault(name, List.of())) {
                if (value != null && !value.isBlank()) {
                    known.add(name, value);
                }
            }
        }
        parameters = known;
    }

    /** The same without some of its parameters. */
    public SearchAddress without(String... names) {
        MultiValueMap<String, String> rest = new LinkedMultiValueMap<>(parameters);
        for (String name : names) {
            rest.remove(name);
        }
        return new SearchAddress(rest);
    }

    /** The search at a path. */
    public String at(String path) {
        MultiValueMap<String, String> encoded = new LinkedMultiValueMap<>();
        parameters.forEach((name, values) ->
                values.forEach(value ->
                        encoded.add(name, URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return UriComponentsBuilder.fromPath(path).queryParams(encoded).build(true).toUriString();
    }
}
