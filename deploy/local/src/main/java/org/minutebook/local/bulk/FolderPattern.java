package org.minutebook.local.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes metadata from the names of the folders in which a file stands, below the folder that is
 * imported.
 *
 * <pre>{@code
 * {council}/{committee}          Eldmarsh Town Council/Planning Committee/2021/a.pdf
 * archive of {council}/ * /{kind}   archive of Eldmarsh/2021/minutes/a.pdf
 * }</pre>
 *
 * A file in fewer folders than the pattern has gets what the first of them say; a folder that does
 * not fit says nothing, and neither do those below it.
 */
public final class FolderPattern {

    private static final Set<String> NAMES = Set.of("council", "committee", "kind", "meetingDate");
    private static final Pattern PART = Pattern.compile("\\{([A-Za-z]*)}|(\\*)");

    private final List<Folder> folders;

    private FolderPattern(List<Folder> folders) {
        this.folders = folders;
    }

    private record Folder(Pattern pattern, List<String> names) {}

    /** Takes nothing from anywhere. */
    public static FolderPattern none() {
        return new FolderPattern(List.of());
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it names what is no metadata
     */
    public static FolderPattern of(String text) {
        List<Folder> folders = new ArrayList<>();
        for (String folder : text.split("/", -1)) {
            StringBuilder pattern = new StringBuilder();
            List<String> names = new ArrayList<>();
            Matcher part = PART.matcher(folder);
            int literal = 0;
            while (part.find()) {
                pattern.append(Pattern.quote(folder.substring(literal, part.start())));
                literal = part.end();
                if (part.group(1) == null) {
                    pattern.append(".*");
                } else if (NAMES.contains(part.group(1))) {
                    pattern.append("(.+)");
                    names.add(part.group(1));
                } else {
                    throw new IllegalArgumentException(
                            "{%s}, expected {council}, {committee}, {kind} or {meetingDate}"
                                    .formatted(part.group(1)));
                }
            }
            pattern.append(Pattern.quote(folder.substring(literal)));
            folders.add(new Folder(Pattern.compile(pattern.toString()), names));
        }
        return new FolderPattern(folders);
    }

    /**
     * What the folders say.
     *
     * @param file its name with the folders below the one that is imported
     */
    Map<String, String> metadata(String file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        String[] parts = file.split("/", -1);
        for (int i = 0; i < Math.min(folders.size(), parts.length - 1); i++) {
            Matcher fits = folders.get(i).pattern().matcher(parts[i]);
            if (!fits.matches()) {
                break;
            }
            for (int n = 0; n < folders.get(i).names().size(); n++) {
                metadata.put(folders.get(i).names().get(n), fits.group(n + 1).strip());
            }
        }
        return metadata;
    }
}
