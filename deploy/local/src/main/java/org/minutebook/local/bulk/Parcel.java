package org.minutebook.local.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Small new documents of which the same is known, sent as one form: a form costs both sides as much
 * as reading a page, however little is in it.
 *
 * @param metadata what is known about each; names as in the intake's form
 * @param documents their files by hash, in the order in which they came; one document or more
 */
record Parcel(Map<String, String> metadata, Map<String, List<ImportFile>> documents) {

    /** With more the form's own cost is no longer to be seen. */
    private static final int MOST_DOCUMENTS = 16;

    /** A form that breaks off is sent again from its start. */
    private static final long MOST_BYTES = 1024L * 1024;

    /**
     * Packs documents, in about their order. Few of them are sent one by one.
     *
     * @param documents their files by hash
     * @param atOnce how many parcels are sent at the same time
     */
    static List<Parcel> of(List<Map.Entry<String, List<ImportFile>>> documents, int atOnce) {
        int most = Math.clamp(documents.size() / (4L * atOnce), 1, MOST_DOCUMENTS);
        List<Open> parcels = new ArrayList<>();
        Map<Map<String, String>, Open> open = new HashMap<>();
        for (Map.Entry<String, List<ImportFile>> document : documents) {
            ImportFile file = document.getValue().getFirst();
            Open parcel = open.get(file.metadata());
            if (parcel == null || !parcel.takes(file, most)) {
                parcel = new Open();
                open.put(file.metadata(), parcel);
                parcels.add(parcel);
            }
            parcel.add(document.getKey(), document.getValue());
        }
        return parcels.stream().map(Open::closed).toList();
    }

    /** An archive is unpacked on arrival, and then there are more answers than files. */
    private static boolean isPdf(ImportFile file) {
        return file.fileName().toLowerCase(Locale.ROOT).endsWith(".pdf");
    }

    /** A parcel while it is packed. */
    private static final class Open {
        private final Map<String, List<ImportFile>> documents = new LinkedHashMap<>();
        private final Set<String> names = new HashSet<>();
        private long bytes;

        boolean takes(ImportFile file, int most) {
            return documents.size() < most
                    && bytes + file.size() <= MOST_BYTES
                    && isPdf(file)
                    && !names.contains(file.fileName());
        }

        void add(String hash, List<ImportFile> files) {
            ImportFile file = files.getFirst();
            documents.put(hash, files);
            names.add(file.fileName());
            bytes += isPdf(file) ? file.size() : MOST_BYTES;
        }

        Parcel closed() {
            Map<String, String> metadata =
                    documents.values().iterator().next().getFirst().metadata();
            return new Parcel(metadata, Collections.unmodifiableMap(documents));
        }
    }
}
