package org.minutebook.search.pictures;

/**
 * A picture as it is sent.
 *
 * @param bytes a PNG or a JPEG, whichever is the smaller for the page
 */
public record Picture(byte[] bytes) {

    /** First byte of every PNG. Source: PNG specification, 5.2. */
    private static final byte PNG = (byte) 0x89;

    /** Its media type. */
    public String mediaType() {
        return bytes.length > 0 && bytes[0] == PNG ? "image/png" : "image/jpeg";
    }
}
