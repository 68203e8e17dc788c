package org.minutebook.search.elasticsearch;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References such as 22/01234/FUL and R2023-069 in the text of an item. */
final class References {

    /** Most that are looked for; an item that names more is a list, and about no one of them. */
    private static final int MOST = 5;

    /**
     * Parts with a letter and, taken together, four digits or more, so that neither a date nor a
     * year of account (2026/27) is one.
     */
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}/-])(?=[^\\s]*\\p{Lu})(?=(?:[^\\s\\d]*\\d){4})"
                            + "[\\p{Lu}\\p{N}]+(?:[/-][\\p{Lu}\\p{N}]+)+(?![\\p{L}\\p{N}])");

    private References() {}

    /** In the order of the text, each once; none where there are too many. */
    static Set<String> in(String text) {
        Set<String> references = new LinkedHashSet<>();
        Matcher matcher = FORM.matcher(text);
        while (matcher.find()) {
            references.add(matcher.group());
        }
        return references.size() > MOST ? Set.of() : references;
    }
}
