package org.minutebook.search.web.pages;

import org.minutebook.search.web.Addresses;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Gives every template, also those of errors, what it asks for. */
@Component
class TemplateVariables {

    TemplateVariables(
            ThymeleafViewResolver templates, Site site, Wording wording, Addresses addresses) {
        templates.addStaticVariable("site", site);
        templates.addStaticVariable("wording", wording);
        templates.addStaticVariable("addresses", addresses);
    }
}
