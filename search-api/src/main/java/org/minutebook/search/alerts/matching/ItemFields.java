package org.minutebook.search.alerts.matching;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.TextField;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.search.items.Filters;

/** An entry of the item index as a document of the monitor, with the fields that searches ask. */
final class ItemFields {

    static final String ALL = "all";
    static final String TITLE = "item.title";
    static final String DECISIONS = "item.decisions.text";
    static final String NUMBER = "item.number";
    static final String COUNCIL = "document.council.words";
    static final String COMMITTEE = "document.committee.words";
    static final String COUNCIL_ID = "document.councilId";
    static final String COMMITTEE_ID = "document.committeeId";
    static final String KIND = "document.kind";
    static final String DECIDED = "decided";
    static final String OUTCOME = "item.decisions.outcome";

    private ItemFields() {}

    /** The twin of a field that keeps words as they are but for case and accents. */
    static String exact(String field) {
        return field + ".exact";
    }

    static Document of(IndexEntry entry, AgendaItem item) {
        Document fields = new Document();
        add(fields, NUMBER, item.number());
        everything(fields, item.number());
        everything(fields, item.section());
        add(fields, TITLE, item.title());
        add(fields, exact(TITLE), item.title());
        everything(fields, item.title());
        everything(fields, item.text());
        for (Decision decision : item.decisions()) {
            add(fields, DECISIONS, decision.text());
            add(fields, exact(DECISIONS), decision.text());
            everything(fields, decision.text());
            add(fields, OUTCOME, decision.outcome().wireName());
        }
        IndexedDocument document = entry.document();
        add(fields, COUNCIL, document.council());
        add(fields, COMMITTEE, document.committee());
        add(fields, COUNCIL_ID, document.councilId() == null ? null : document.councilId().value());
        add(
                fields,
                COMMITTEE_ID,
                document.committeeId() == null ? Filters.COUNCIL_ITSELF : document.committeeId());
        add(fields, KIND, document.kind() == null ? null : document.kind().wireName());
        add(fields, DECIDED, Boolean.toString(entry.decided()));
        return fields;
    }

    /** What the mapping copies into the field of everything. */
    private static void everything(Document fields, @Nullable String value) {
        add(fields, ALL, value);
        add(fields, exact(ALL), value);
    }

    private static void add(Document fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(new TextField(name, value, Store.NO));
        }
    }
}
