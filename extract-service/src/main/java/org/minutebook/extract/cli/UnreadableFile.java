package org.minutebook.extract.cli;

/**
 * What {@code segment --json} prints of a file that could not be read.
 *
 * @param file as given
 * @param error why
 */
record UnreadableFile(String file, Problem error) {

    /**
     * Why a file could not be read.
     *
     * @param code reason code, as in the states of documents; {@code OCR_NEEDED} where pages are
     *     pictures and there is no OCR, {@code NOT_FOUND}, {@code FAILED} for a fault of ours
     * @param detail one line for a person
     */
    record Problem(String code, String detail) {}

    static UnreadableFile of(String file, String code, String detail) {
        return new UnreadableFile(file, new Problem(code, detail));
    }
}
