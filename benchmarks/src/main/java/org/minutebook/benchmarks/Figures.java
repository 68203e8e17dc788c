package org.minutebook.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the benchmark found; each is null where the run had nothing to measure it by.
 *
 * @param pdfboxPagesPerSecond PDFBox's plain text, on all cores
 * @param segmentPagesPerSecond agenda items of the same files in one process, on all cores
 * @param endToEndPagesPerSecond the same files from the first upload to the last item searchable
 * @param searchableP50Millis from the upload of one document to its item found, on the idle stack
 * @param searchableP95Millis as before, 95 of 100
 * @param searchOverheadRatio median of a search of the API over that of the same search of
 *     Elasticsearch
 * @param alertMatchP50Millis to match an item with 100,000 subscriptions, on one core
 * @param ocrRatio scanned pages a second over those of bare Tesseract, on all cores
 */
record Figures(
        @Nullable Double pdfboxPagesPerSecond,
        @Nullable Double segmentPagesPerSecond,
        @Nullable Double endToEndPagesPerSecond,
        @Nullable Double searchableP50Millis,
        @Nullable Double searchableP95Millis,
        @Nullable Double searchOverheadRatio,
        @Nullable Double alertMatchP50Millis,
        @Nullable Double ocrRatio) {

    /** By name, in the order in which they are printed. */
    Map<String, @Nullable Double> byName() {
        Map<String, @Nullable Double> figures = new LinkedHashMap<>();
        figures.put("pdfboxPagesPerSecond", pdfboxPagesPerSecond);
        figures.put("segmentPagesPerSecond", segmentPagesPerSecond);
        figures.put("endToEndPagesPerSecond", endToEndPagesPerSecond);
        figures.put("searchableP50Millis", searchableP50Millis);
        figures.put("searchableP95Millis", searchableP95Millis);
        figures.put("searchOverheadRatio", searchOverheadRatio);
        figures.put("alertMatchP50Millis", alertMatchP50Millis);
        figures.put("ocrRatio", ocrRatio);
        return figures;
    }
}
