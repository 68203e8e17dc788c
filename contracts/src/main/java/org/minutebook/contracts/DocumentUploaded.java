package org.minutebook.contracts;

/**
 * Topic {@code documents.uploaded}, keyed by document id: a document is in the store at this
 * revision and is to be read (again), or was deleted. Carries the record, never the bytes (claim
 * check).
 *
 * @param document the record as stored
 */
public record DocumentUploaded(StoredDocument document) {}
