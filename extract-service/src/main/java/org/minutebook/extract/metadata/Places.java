package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;

/** Finds where a meeting is held: behind a label, in a sentence, or on a line of the head. */
final class Places {

    private static final Pattern LABEL =
            Pattern.compile(
                    "(?i)^(?:meeting )?(?:venue|location|place|where|held at|location/address|address|regular meeting location|meeting place)(?: of (?:the )?meeting)?\\s*[:–-]\\s*(?<value>.*)");

    private static final Pattern BARE_LABEL =
            Pattern.compile(
                    "(?i)(?:meeting )?(?:venue|location|place|where)(?: of (?:the )?meeting)?\\s*:?");

    private static final Pattern SENTENCE =
            Pattern.compile(
                    "(?is)\\b(?:held|convened|take place|met|meeting)\\b[^.]{0,90}?\\b(?:in|at) (?<value>(?:the )?(?-i:(?=\\p{Lu}|\\d+\\w? ))(?!accordance|person\\b)[^.;]{4,120}?)(?=,? (?:on|at|commencing|starting|beginning|and|to|for|with|when|,)\\b(?! the\\b)|[.;]|\\s*$|,? at \\d| on (?:mon|tue|wed|thu|fri|sat|sun)| @)");

    private static final Pattern PLACE_WORD =
            Pattern.compile(
                    "(?i).*\\b(?:hall|chambers?|room|centre|center|school|church|library|pavilion|house|theat(?:re|er)|offices?|guildhall|clubhouse|institute|museum|college|hotel|fieldhouse|(?:street|road|avenue|lane|drive|boulevard|st\\.|ave\\.?|rd\\.?|blvd\\.?),?|zoom|teams|webinar|video ?conference|virtual)\\b.*");

    private static final Pattern NO_PLACE =
            Pattern.compile(
                    "(?i).*\\b(?:minutes|agenda|committee(?! rooms?\\b)|notice|present|apologies|clerk|councill?or|mayor|tel|telephone|phone|fax|public|call(?:ed)?|members|dear|town hall meeting|in attendance|contact|e-?mail|member|officer|manager|report)\\b.*|.*@.*|.*\\bwww\\..*");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?:\\d{1,5}\\w? \\p{Lu}.{2,40}|\\p{Lu}[\\p{L} .'’-]{1,30}, ?\\p{Lu}[\\p{L}. ]{1,20}(?: \\d{5}| \\p{Lu}\\d\\p{Lu} ?\\d\\p{Lu}\\d)?)");

    /** A numbered item: the head has ended. */
    private static final Pattern ITEM = Pattern.compile("\\d{1,3}[.)]\\s+\\p{Lu}");

    /** A street alone before the date is that of the office. */
    private static final Pattern STREET = Pattern.compile("\\d.*");

    private static final int HEAD_LINES = 24;

    private Places() {}

    static @Nullable String venue(Matter matter, DateForms forms, int dateLine) {
        List<Line> head = matter.head().subList(0, Math.min(HEAD_LINES, matter.head().size()));
        for (int i = 0; i < head.size(); i++) {
            String labelled = labelled(head, i);
            if (labelled != null) {
                return labelled;
            }
        }
        String onLine = onLine(head, forms, dateLine);
        if (onLine != null) {
            return onLine;
        }
        StringBuilder text = new StringBuilder();
        for (Line line : head) {
            if (ITEM.matcher(line.text()).lookingAt()) {
                break;
            }
            text.append(line.text()).append(' ');
        }
        Matcher sentence = SENTENCE.matcher(text);
        if (sentence.find() && forms.in(sentence.group("value")).isEmpty()) {
            return tidy(sentence.group("value"));
        }
        return null;
    }

    private static @Nullable String labelled(List<Line> head, int index) {
        Line line = head.get(index);
        List<Line.Span> spans = line.spans();
        for (int i = 0; i < spans.size(); i++) {
            Matcher label = LABEL.matcher(rest(spans, i));
            if (label.matches()) {
                String value = label.group("value").strip();
                if (value.isEmpty() && index + 1 < head.size()) {
                    return tidy(head.get(index + 1).text());
                }
                if (value.endsWith(",")
                        && index + 1 < head.size()
                        && ADDRESS.matcher(head.get(index + 1).text()).matches()) {
                    value = value + " " + head.get(index + 1).text();
                }
                return tidy(value);
            }
            if (BARE_LABEL.matcher(spans.get(i).text()).matches() && i + 1 < spans.size()) {
                return tidy(rest(spans, i + 1));
            }
        }
        return null;
    }

    /** The text of the spans from one on, up to the next cell that has a label of its own. */
    private static String rest(List<Line.Span> spans, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < spans.size(); i++) {
            String span = spans.get(i).text();
            if (i > from && spans.get(i).gapBefore() && span.matches("\\p{Lu}[\\p{L} ]{2,20}:.*")) {
                break;
            }
            text.append(text.isEmpty() ? "" : " ").append(span);
        }
        return text.toString();
    }

    private static @Nullable String onLine(List<Line> head, DateForms forms, int dateLine) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            Line line = head.get(i);
            String text = line.text();
            boolean date = !forms.in(text).isEmpty();
            boolean place =
                    text.length() < 90
                            && !date
                            && !Character.isLowerCase(text.charAt(0))
                            && (i > dateLine || !STREET.matcher(text).matches())
                            && (PLACE_WORD.matcher(text).matches()
                                    || !lines.isEmpty() && ADDRESS.matcher(text).matches())
                            && !NO_PLACE.matcher(text).matches()
                            && CouncilNames.in(text).isEmpty();
            if (place) {
                lines.add(
                        CouncilNames.shown(
                                text.replaceFirst(
                                        "(?i)^(?:.{0,40}? )?(?:in|at) (?:the )?(?=\\p{L})", "")));
            } else if (!lines.isEmpty()) {
                break;
            } else if (date) {
                String cell = cell(line);
                if (cell != null) {
                    return cell;
                }
            }
            if (lines.size() == 4) {
                break;
            }
        }
        return lines.isEmpty() ? null : tidy(String.join(", ", lines));
    }

    /** "Thursday, December 4 | 9:00 AM | 30 S. Nevada Ave., Suite 102": a cell beside the date. */
    private static @Nullable String cell(Line line) {
        for (Line.Span span : line.spans()) {
            if (span.text().length() > 8
                    && (PLACE_WORD.matcher(span.text()).matches()
                            || ADDRESS.matcher(span.text()).matches())
                    && !NO_PLACE.matcher(span.text()).matches()) {
                return tidy(span.text());
            }
        }
        return null;
    }

    private static @Nullable String tidy(String value) {
        String tidy =
                value.strip()
                        .replaceFirst("^[Tt]he ", "")
                        .replaceAll("[\\s,.;:–-]+$", "")
                        .replaceAll(",\\s*,", ",");
        return tidy.length() < 3 || tidy.length() > 200 ? null : tidy;
    }
}
