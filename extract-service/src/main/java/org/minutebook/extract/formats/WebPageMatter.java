package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a saved web page is about from what the site puts around it: menus, cookie notices,
 * search boxes, footers. It goes by what pages say of themselves (elements, roles, the usual names)
 * and by lists of nothing but links, and never drops a part that holds most of the text, whatever
 * it is called.
 */
final class WebPageMatter {

    private static final Set<String> WITHOUT_MATTER =
            Set.of(
                    "head",
                    "script",
                    "style",
                    "noscript",
                    "template",
                    "nav",
                    "aside",
                    "iframe",
                    "svg",
                    "canvas",
                    "video",
                    "audio",
                    "object",
                    "embed",
                    "dialog",
                    "select",
                    "textarea",
                    "input",
                    "datalist",
                    "map");

    private static final Set<String> ROLES_AROUND =
            Set.of(
                    "navigation",
                    "banner",
                    "contentinfo",
                    "search",
                    "complementary",
                    "menu",
                    "menubar",
                    "dialog",
                    "alertdialog",
                    "toolbar");

    /** Words in names of classes and ids, as sites of many makers use them. */
    private static final Set<String> NAMES_AROUND =
            Set.of(
                    "cookie",
                    "cookies",
                    "consent",
                    "gdpr",
                    "breadcrumb",
                    "breadcrumbs",
                    "nav",
                    "navbar",
                    "navigation",
                    "menu",
                    "megamenu",
                    "submenu",
                    "sidebar",
                    "sidenav",
                    "skip",
                    "skiplink",
                    "skiplinks",
                    "footer",
                    "masthead",
                    "share",
                    "sharing",
                    "social",
                    "toolbar",
                    "pagination",
                    "pager",
                    "login",
                    "signin",
                    "newsletter",
                    "banner",
                    "popup",
                    "modal",
                    "translate");

    /** Elements that hold the matter of many pages, whatever they are called. */
    private static final Set<String> NEVER_BY_NAME =
            Set.of("html", "body", "main", "article", "form", "table", "tbody", "tr", "td", "h1");

    private static final Pattern WORDS = Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])");

    private static final Pattern NUMBERED = Pattern.compile("\\s*\\(?[0-9a-zA-Z]{1,4}[.):]\\s.*");

    /** Share of the page's letters from which a part is its matter, whatever it is called. */
    private static final double MOST = 0.5;

    /** Share of the page's letters that a part declared as the main one must hold to be taken. */
    private static final double ENOUGH_FOR_MAIN = 0.2;

    private static final int LINKS_OF_A_MENU = 4;
    private static final double SHARE_OF_LINKS = 0.9;

    private final Map<Element, Integer> letters = new IdentityHashMap<>();
    private final int all;
    private final Element matter;
    private final boolean declared;

    WebPageMatter(Element page) {
        all = Math.max(1, count(page));
        List<Element> mains = new ArrayList<>();
        mains(page, mains);
        declared = mains.size() == 1 && lettersOf(mains.getFirst()) >= ENOUGH_FOR_MAIN * all;
        matter = declared ? mains.getFirst() : page;
    }

    /** The part of the page to read. */
    Element matter() {
        return matter;
    }

    /** Whether a part of the matter is something else that the site has put there. */
    boolean isAround(Element element, @Nullable Element parent) {
        String name = element.name();
        if (WITHOUT_MATTER.contains(name)
                || element.attributes().containsKey("hidden")
                || element.attribute("aria-hidden").equals("true")
                || element.style().contains("display:none")) {
            return true;
        }
        if (lettersOf(element) > MOST * all) {
            return false;
        }
        if (ROLES_AROUND.contains(element.attribute("role"))) {
            return true;
        }
        boolean inPage = parent == null || parent.name().equals("body") || isBox(parent);
        if ((name.equals("header") || name.equals("footer")) && !declared && inPage) {
            return true;
        }
        if (name.equals("button")) {
            // A button in a heading opens what stands below it; others do something else.
            return parent == null || !parent.name().matches("h[1-6]|summary|dt|td");
        }
        if (NEVER_BY_NAME.contains(name)) {
            return false;
        }
        return isNamedAround(element) || (!declared && isMenu(element));
    }

    private static boolean isBox(Element element) {
        return element.name().equals("div") || element.name().equals("form");
    }

    private static boolean isNamedAround(Element element) {
        for (String word :
                WORDS.split(element.attribute("class") + ' ' + element.attribute("id"))) {
            if (NAMES_AROUND.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** A list of nothing but links, none of them numbered as items are. */
    private boolean isMenu(Element element) {
        if (!element.name().equals("ul") && !element.name().equals("ol")) {
            return false;
        }
        List<Element> links = new ArrayList<>();
        links(element, links);
        int linked = 0;
        for (Element link : links) {
            if (NUMBERED.matcher(text(link)).matches()) {
                return false;
            }
            linked += lettersOf(link);
        }
        return links.size() >= LINKS_OF_A_MENU && linked >= SHARE_OF_LINKS * lettersOf(element);
    }

    private static void links(Element element, List<Element> found) {
        for (Object child : element.children()) {
            if (child instanceof Element inner) {
                if (inner.name().equals("a")) {
                    found.add(inner);
                } else {
                    links(inner, found);
                }
            }
        }
    }

    private static void mains(Element element, List<Element> found) {
        for (Object child : element.children()) {
            if (child instanceof Element inner) {
                if (inner.name().equals("main") || inner.attribute("role").equals("main")) {
                    found.add(inner);
                } else {
                    mains(inner, found);
                }
            }
        }
    }

    private int count(Element element) {
        int sum = 0;
        if (!WITHOUT_MATTER.contains(element.name())) {
            for (Object child : element.children()) {
                sum +=
                        switch (child) {
                            case String text -> text.strip().length();
                            case Element inner -> count(inner);
                            default -> 0;
                        };
            }
        }
        letters.put(element, sum);
        return sum;
    }

    private int lettersOf(Element element) {
        return letters.getOrDefault(element, 0);
    }

    /** All text in an element. */
    static String text(Element element) {
        StringBuilder text = new StringBuilder();
        append(element, text);
        return text.toString();
    }

    private static void append(Element element, StringBuilder text) {
        for (Object child : element.children()) {
            switch (child) {
                case String more -> text.append(more);
                case Element inner -> append(inner, text);
                default -> {
                    // there are no other children
                }
            }
        }
    }
}
