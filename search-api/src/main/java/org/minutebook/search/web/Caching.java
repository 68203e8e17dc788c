package org.minutebook.search.web;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Answers of the API have an entity tag, so that who asks again gets 304 where nothing changed. */
@Configuration(proxyBeanMethods = false)
class Caching {

    /** Not for exports, which are not held in memory, nor for files, which have their own. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> entityTags() {
        FilterRegistrationBean<ShallowEtagHeaderFilter> filter =
                new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        filter.addUrlPatterns(
                "/api/v1/items",
                "/api/v1/items/*",
                "/api/v1/meetings/*",
                "/api/v1/suggestions",
                "/api/v1/changes",
                "/sitemap.xml");
        return filter;
    }
}
