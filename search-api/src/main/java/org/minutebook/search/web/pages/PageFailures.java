package org.minutebook.search.web.pages;

import java.util.Map;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.items.WrongInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Failures as pages. */
@ControllerAdvice(basePackageClasses = PageFailures.class)
class PageFailures {

    private static final Logger log = LoggerFactory.getLogger(PageFailures.class);

    @ExceptionHandler
    ModelAndView notThere(NotThereException e) {
        return page(HttpStatus.NOT_FOUND);
    }

    @ExceptionHandler
    ModelAndView wrongInput(WrongInputException e) {
        return page(HttpStatus.BAD_REQUEST);
    }

    @ExceptionHandler
    ModelAndView searchAway(SearchAwayException e) {
        log.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
        return page(HttpStatus.SERVICE_UNAVAILABLE);
    }

    private static ModelAndView page(HttpStatus status) {
        return new ModelAndView("error", Map.of("status", status.value()), status);
    }
}
