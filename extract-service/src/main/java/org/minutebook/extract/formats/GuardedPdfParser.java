package org.minutebook.extract.formats;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.minutebook.contracts.RefusalReason;

/**
 * PDFBox's parser with limits on time and on what a part unpacks to. PDFBox unpacks every part into
 * memory whole, so a part that could pass the limit is unpacked into nothing first, to see how
 * large it is. Such parts are rare: packing gains a factor of 1032 at most, so only those above
 * 1/1032 of the limit are looked at.
 */
final class GuardedPdfParser extends PDFParser {

    /** Most that deflate gains: 258 bytes by two bits, one for the length, one for the distance. */
    private static final long FLATE_GAIN = 1032;

    /** Most that LZW gains: a string of 4096 bytes by a code of 12 bits. */
    private static final long LZW_GAIN = 2731;

    /** Most that run lengths gain: 128 bytes by two. */
    private static final long RUN_LENGTH_GAIN = 64;

    private final Budget budget;
    private final boolean drawn;

    /**
     * @param drawn whether pages will be drawn, so that pictures are unpacked, too
     */
    GuardedPdfParser(RandomAccessRead source, Budget budget, boolean drawn) throws IOException {
        super(source);
        this.budget = budget;
        this.drawn = drawn;
    }

    @Override
    protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
        COSStream part = super.parseCOSStream(dictionary);
        if (securityHandler == null) {
            check(part);
        }
        return part;
    }

    @Override
    public COSBase dereferenceCOSObject(COSObject object) throws IOException {
        try {
            budget.checkTime();
        } catch (RefusedException e) {
            throw new IOException(e);
        }
        COSBase parsed = super.dereferenceCOSObject(object);
        // An encrypted part is decrypted only now.
        if (securityHandler != null && parsed instanceof COSStream part) {
            check(part);
        }
        return parsed;
    }

    /** Password, certificate, or a scheme that is not known: it cannot be read without its key. */
    @Override
    protected void prepareDecryption() throws IOException {
        try {
            super.prepareDecryption();
        } catch (IOException | RuntimeException e) {
            RefusedException refused =
                    budget.pass(
                            RefusalReason.ENCRYPTED,
                            "The PDF is protected with a password. Save a copy without one and upload that.");
            refused.addSuppressed(e);
            throw new IOException(refused);
        }
    }

    private void check(COSStream part) throws IOException {
        // Pictures are not unpacked to read text.
        if (!drawn && COSName.IMAGE.equals(part.getCOSName(COSName.SUBTYPE))) {
            return;
        }
        List<COSName> filters = filters(part);
        long most = part.getLength();
        for (COSName filter : filters) {
            most = Math.multiplyExact(Math.min(most, Integer.MAX_VALUE), gain(filter));
        }
        if (most > budget.limits().maxPart().toBytes()) {
            measure(part, filters);
        }
    }

    private static List<COSName> filters(COSStream part) {
        List<COSName> filters = new ArrayList<>();
        switch (part.getFilters()) {
            case COSName one -> filters.add(one);
            case COSArray several -> {
                for (COSBase each : several) {
                    // PDFBox leaves out a filter that is named twice.
                    if (each instanceof COSName name && !filters.contains(name)) {
                        filters.add(name);
                    }
                }
            }
            case null, default -> {
                // not packed
            }
        }
        return filters;
    }

    private static long gain(COSName filter) {
        return switch (filter.getName()) {
            case "FlateDecode", "Fl" -> FLATE_GAIN;
            case "LZWDecode", "LZW" -> LZW_GAIN;
            case "RunLengthDecode", "RL" -> RUN_LENGTH_GAIN;
            default -> 1;
        };
    }

    private void measure(COSStream part, List<COSName> filters) throws IOException {
        InputStream in = part.createRawInputStream();
        try {
            for (int i = 0; i < filters.size(); i++) {
                boolean last = i == filters.size() - 1;
                ByteArrayOutputStream kept = new ByteArrayOutputStream();
                OutputStream out = new Measure(last ? OutputStream.nullOutputStream() : kept);
                FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(in, out, part, i);
                in.close();
                in = new ByteArrayInputStream(kept.toByteArray());
            }
        } finally {
            in.close();
        }
    }

    private final class Measure extends OutputStream {

        private final OutputStream to;
        private long left = budget.limits().maxPart().toBytes();

        Measure(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            take(1);
            to.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
            to.write(bytes, offset, length);
        }

        private void take(int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException(budget.partTooLarge());
            }
        }
    }
}
