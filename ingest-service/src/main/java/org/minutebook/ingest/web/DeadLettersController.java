package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.minutebook.ingest.deadletters.DeadLetter;
import org.minutebook.ingest.deadletters.DeadLetterBody;
import org.minutebook.ingest.deadletters.DeadLetters;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/dead-letters}: what the services gave up on. */
@RestController
@RequestMapping(DeadLettersController.PATH)
class DeadLettersController {

    static final String PATH = "/api/v1/dead-letters";

    private final DeadLetters letters;

    DeadLettersController(DeadLetters letters) {
        this.letters = letters;
    }

    /** Those that nobody has dealt with, oldest first. */
    record Listed(List<DeadLetter> deadLetters) {}

    @GetMapping
    Listed list() {
        return new Listed(letters.open());
    }

    @GetMapping("/{id}")
    DeadLetterBody show(@PathVariable String id) {
        return letters.find(id).orElseThrow(NotThereException::new);
    }

    @PostMapping("/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void replay(@PathVariable String id, HttpServletRequest request) {
        request.setAttribute(KeyFilter.ABOUT, id);
        if (!letters.replay(id)) {
            throw new NotThereException();
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String id, HttpServletRequest request) {
        request.setAttribute(KeyFilter.ABOUT, id);
        if (!letters.discard(id)) {
            throw new NotThereException();
        }
    }
}
