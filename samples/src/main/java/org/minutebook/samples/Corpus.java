package org.minutebook.samples;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.minutebook.contracts.DocumentKind;

/**
 * Any number of varied documents: many councils, ten years of meetings, every design, one to
 * {@value #MOST_PAGES} pages. For load, not for reading: subjects and sentences are drawn from
 * lists. Each document is drawn by itself, so any one can be made without the others, in any order,
 * by several threads.
 *
 * @param seed the same seed gives the same documents, byte for byte
 * @param reference the newest day of a meeting
 * @param packs of a hundred documents, agendas with officers' reports bound behind them
 * @param scans of a hundred documents, pictures of pages, which need OCR
 */
public record Corpus(long seed, LocalDate reference, int packs, int scans) {

    /** Most pages of a document that is no pack. */
    static final int MOST_PAGES = 8;

    /** Most pages of a pack; a large council's run to hundreds. */
    static final int MOST_PACK_PAGES = 40;

    /** OCR takes seconds a page, so pictures are of short documents. */
    private static final int MOST_SCANNED_PAGES = 2;

    private static final int PERCENT = 100;
    private static final int USUAL_PACKS = 8;

    private static final int MOST_REPORTS = 9;

    /** How much minutes tell of what was said: from decisions alone to every speaker. */
    private static final int MOST_TALK = 3;

    private static final int YEARS = 10;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);

    private static final List<String> PLACES =
            List.of(
                    "Aldercombe",
                    "Brackenfold",
                    "Cawsbridge",
                    "Dunmarsh",
                    "Elverholt",
                    "Farrowdene",
                    "Gorsemere",
                    "Hollinstow",
                    "Inglecote",
                    "Jarrowmoor",
                    "Kelderby",
                    "Lindenmere",
                    "Merrowfield",
                    "Netherstow",
                    "Orrinsby",
                    "Pellworth",
                    "Quarnmoor",
                    "Rushcombe",
                    "Sallowfield",
                    "Thrushby",
                    "Ullenholt",
                    "Vennbridge",
                    "Wexmoor",
                    "Yarrowdale");
    private static final List<String> FORMS =
            List.of("Borough Council", "District Council", "Parish Council", "Town Council");

    /** Committees of its councils. */
    public static final List<String> COMMITTEES =
            List.of(
                    "Planning Committee",
                    "Finance and Resources Committee",
                    "Environment Committee",
                    "Licensing Committee",
                    "Housing Committee",
                    "Leisure and Culture Committee");

    private static final List<String> SUBJECTS =
            List.of(
                    "Allotments",
                    "Annual accounts",
                    "Bus shelters",
                    "Car park charges",
                    "Cemetery extension",
                    "Cycle lane",
                    "Dog control order",
                    "Draft budget",
                    "Flood defences",
                    "Footpath diversion",
                    "Garden waste collection",
                    "Grass cutting contract",
                    "Grants to voluntary bodies",
                    "Heritage trail",
                    "Highway repairs",
                    "Housing needs survey",
                    "Leisure centre",
                    "Library hours",
                    "Litter bins",
                    "Local plan",
                    "Market tolls",
                    "Neighbourhood plan",
                    "Play area",
                    "Police report",
                    "Public toilets",
                    "Recycling centre",
                    "Road safety outside schools",
                    "Skate park",
                    "Solar panels on council buildings",
                    "Street lighting",
                    "Swimming pool",
                    "Taxi licences",
                    "Tree preservation orders",
                    "Twinning visit",
                    "War memorial",
                    "Youth club");
    private static final List<String> WHERE =
            List.of(
                    "High Street",
                    "Station Road",
                    "the recreation ground",
                    "Mill Lane",
                    "Church Lane",
                    "the town hall",
                    "Bridge Street",
                    "the industrial estate",
                    "Priory Gardens",
                    "the northern ward",
                    "the old quarry",
                    "Market Place");
    private static final List<String> SENTENCES =
            List.of(
                    "The officer reported on %s at %s and answered members’ questions.",
                    "Members were concerned about the cost of %s near %s.",
                    "Residents of %2$s had written in support of the proposals for %1$s.",
                    "A survey of %2$s had found that work on %1$s could not wait another winter.",
                    "It was noted that the contractor for %s would begin at %s within six weeks.",
                    "The cost of %s at %s was estimated at £%3$,d.",
                    "The report set out three ways to pay for %s, of which a grant for %s was one.",
                    "In reply to a question it was said that %s would be reviewed after a year at %s.");
    private static final List<String> PARTS =
            List.of(
                    "Purpose of the report",
                    "Background",
                    "Options considered",
                    "Financial implications",
                    "Recommendation");
    private static final List<String> NAMES =
            List.of(
                    "Ashworth",
                    "Begum",
                    "Carrow",
                    "Dhillon",
                    "Egan",
                    "Farrell",
                    "Grady",
                    "Hussain",
                    "Ivory",
                    "Jessop",
                    "Khan",
                    "Lomax",
                    "Mercer",
                    "Nwosu",
                    "Oldroyd",
                    "Patel");

    public Corpus {
        requirePercent("packs", packs);
        requirePercent("scans", scans);
    }

    private static void requirePercent(String what, int percent) {
        if (percent < 0 || percent > PERCENT) {
            throw new IllegalArgumentException(
                    "%s %d, expected 0 to %d".formatted(what, percent, PERCENT));
        }
    }

    /** The documents of a seed: usual packs, no scans, the newest of the day of the samples. */
    public static Corpus of(long seed) {
        return new Corpus(seed, BundledSamples.REFERENCE, USUAL_PACKS, 0);
    }

    /** Makes the documents one by one into a folder, labels into {@code gold} below it. */
    void write(int count, Path folder) {
        LabelledFolder labelled = new LabelledFolder(folder, folder.resolve("gold"));
        documents(count).forEach(labelled::write);
    }

    /** The first documents, made as they are asked for. */
    public Stream<LabelledDocument> documents(int count) {
        return IntStream.range(0, count).mapToObj(this::document);
    }

    /**
     * One document.
     *
     * @param index its place, from 0
     */
    public LabelledDocument document(int index) {
        Sample sample = new Draw(index).sample();
        Design design = sample.design();
        boolean scan = design.ink() == Design.Ink.SCANNED;
        Design draft = scan ? design.in(Design.Ink.PRINTED) : design; // pictures take time
        Paper paper = sample.paper();
        LabelledDocument document = Typesetter.set(new Sample(paper, draft), reference);
        int most =
                scan
                        ? MOST_SCANNED_PAGES
                        : paper.reports().isEmpty() ? MOST_PAGES : MOST_PACK_PAGES;
        while (document.pages() > most) {
            paper =
                    paper.reports().isEmpty()
                            ? paper.cut(paper.entries().size() - 2, 0)
                            : paper.cut(paper.entries().size(), paper.reports().size() - 1);
            document = Typesetter.set(new Sample(paper, draft), reference);
        }
        return scan ? Typesetter.set(new Sample(paper, design), reference) : document;
    }

    /** Draws one document; each has its own sequence. */
    private final class Draw {

        private final int index;
        private final SplittableRandom random;

        Draw(int index) {
            this.index = index;
            // Not only the sum: else document 1 of seed 1 would be document 0 of seed 2. Not
            // java.util.Random: its first values are alike for neighbouring seeds.
            this.random = new SplittableRandom(seed * 1_000_003 + index);
        }

        Sample sample() {
            boolean pack = random.nextInt(PERCENT) < packs;
            boolean scan = !pack && random.nextInt(PERCENT) < scans;
            DocumentKind kind =
                    pack || random.nextBoolean() ? DocumentKind.AGENDA : DocumentKind.MINUTES;
            LocalDate date = reference.minusDays(random.nextInt(YEARS * 365));
            Design design = design(kind, scan);
            int talk = 1 + random.nextInt(MOST_TALK);
            List<Paper.Entry> entries = entries(kind, date, design.arrangement(), talk);
            Paper paper =
                    new Paper(
                            "%s-%s-%06d".formatted(date, kind.wireName(), index),
                            from(PLACES) + " " + from(FORMS),
                            random.nextInt(3) == 0 ? null : from(COMMITTEES),
                            kind,
                            date,
                            "%02d:%02d".formatted(9 + random.nextInt(11), 15 * random.nextInt(4)),
                            "The Council Offices, " + from(WHERE),
                            List.of(
                                    new Paper.Labelled(
                                            kind == DocumentKind.MINUTES ? "Present" : "Members",
                                            "Councillors " + members())),
                            entries,
                            pack ? reports(entries) : List.of());
            return new Sample(paper, design);
        }

        /** On one to nine of the items, three pages each. */
        private List<Paper.Report> reports(List<Paper.Entry> entries) {
            List<Paper.Report> reports = new ArrayList<>();
            for (int i = 1 + random.nextInt(MOST_REPORTS); i > 0; i--) {
                Paper.Entry entry = entries.get(3 + random.nextInt(entries.size() - 4));
                List<Paper.Part> parts = new ArrayList<>();
                for (String heading : PARTS) {
                    int number = parts.size() + 1;
                    List<Paper.Block.Listed> paragraphs = new ArrayList<>();
                    for (int of = 1 + random.nextInt(6); of > 0; of--) {
                        paragraphs.add(
                                new Paper.Block.Listed(
                                        number + "." + (paragraphs.size() + 1), sentences(5)));
                    }
                    parts.add(new Paper.Part(number + ". " + heading, paragraphs));
                }
                reports.add(
                        new Paper.Report(
                                List.of(
                                        new Paper.Labelled("Subject", entry.title()),
                                        new Paper.Labelled("Author", from(NAMES)),
                                        new Paper.Labelled("Wards affected", "All")),
                                parts));
            }
            return reports;
        }

        private Design design(DocumentKind kind, boolean scan) {
            List<Design.Arrangement> fitting =
                    kind == DocumentKind.MINUTES
                            ? List.of(Design.Arrangement.HANGING, Design.Arrangement.HEADED)
                            : List.of(
                                    Design.Arrangement.HANGING,
                                    Design.Arrangement.TABLE,
                                    Design.Arrangement.TIMED);
            return new Design(
                    from(fitting),
                    scan ? Typeface.HELVETICA : from(List.of(Typeface.values())),
                    10 + random.nextInt(5) * 0.5f,
                    54 + random.nextInt(20),
                    from(List.of(Design.Heading.values())),
                    random.nextBoolean() ? "." : "",
                    from(List.of(Design.Front.values())),
                    from(List.of(Design.Running.values())),
                    scan ? Design.Ink.SCANNED : Design.Ink.PRINTED);
        }

        private List<Paper.Entry> entries(
                DocumentKind kind, LocalDate date, Design.Arrangement arrangement, int talk) {
            List<Paper.Entry> entries = new ArrayList<>();
            int first = kind == DocumentKind.MINUTES ? 1 + random.nextInt(90) : 1;
            int many = 5 + random.nextInt(13);
            int minutes = 60 * (9 + random.nextInt(9));
            for (int i = 0; i < many; i++) {
                String title =
                        switch (i) {
                            case 0 -> "Apologies for absence";
                            case 1 -> "Declarations of interest";
                            case 2 -> "Minutes of the last meeting";
                            default ->
                                    i == many - 1
                                            ? "Date of next meeting"
                                            : from(SUBJECTS) + ": " + from(WHERE);
                        };
                String number =
                        switch (arrangement) {
                            case HANGING, TABLE -> String.valueOf(first + i);
                            case HEADED, TIMED -> null;
                        };
                String time =
                        arrangement == Design.Arrangement.TIMED
                                ? "%02d:%02d".formatted(minutes / 60, minutes % 60)
                                : null;
                minutes += 5 * (1 + random.nextInt(6));
                List<Paper.Block> blocks =
                        i == many - 1
                                ? List.of(new Paper.Block.Paragraph(DATE.format(date.plusWeeks(6))))
                                : blocks(kind, i, talk);
                entries.add(new Paper.Entry(number, title, 1, time, false, blocks));
            }
            return entries;
        }

        private List<Paper.Block> blocks(DocumentKind kind, int place, int talk) {
            if (kind == DocumentKind.AGENDA) {
                if (place < 3) {
                    return List.of();
                }
                List<Paper.Block> blocks = new ArrayList<>();
                blocks.add(
                        new Paper.Block.Paragraph("To consider the following. " + sentences(talk)));
                for (int more = random.nextInt(talk); more > 0; more--) {
                    blocks.add(new Paper.Block.Paragraph(sentences(talk)));
                }
                return blocks;
            }
            List<Paper.Block> blocks = new ArrayList<>();
            int paragraphs = place < 3 ? 1 : 1 + random.nextInt(1 + 3 * talk);
            for (int i = 0; i < paragraphs; i++) {
                blocks.add(new Paper.Block.Paragraph(sentences(3 + talk)));
            }
            if (place >= 2 && random.nextInt(3) > 0) {
                String subject = from(SUBJECTS).toLowerCase(Locale.UK);
                blocks.add(
                        new Paper.Block.Decided(
                                "",
                                "**RESOLVED:** That the proposals for "
                                        + subject
                                        + " at "
                                        + from(WHERE)
                                        + " be approved.",
                                List.of()));
            }
            return blocks;
        }

        /** One at least. */
        private String sentences(int most) {
            StringBuilder text = new StringBuilder(sentence());
            for (int more = random.nextInt(most); more > 0; more--) {
                text.append(' ').append(sentence());
            }
            return text.toString();
        }

        private String sentence() {
            return from(SENTENCES)
                    .formatted(
                            from(SUBJECTS).toLowerCase(Locale.UK),
                            from(WHERE),
                            1000 + random.nextInt(500) * 100);
        }

        private String members() {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                members.add(from(NAMES));
            }
            return String.join(", ", members.stream().distinct().toList());
        }

        private <T> T from(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
