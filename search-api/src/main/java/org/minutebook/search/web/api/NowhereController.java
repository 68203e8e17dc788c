package org.minutebook.search.web.api;

import org.minutebook.search.items.NotThereException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Addresses of the API that do not exist: a problem, not a page. */
@RestController
class NowhereController {

    @RequestMapping("/api/**")
    void nowhere() {
        throw new NotThereException("There is nothing at this address. See /openapi.json.");
    }
}
