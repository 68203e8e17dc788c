package org.minutebook.search.alerts.matching;

import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.query.QueryParser;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The matcher with the parser of the search. */
@WithAlerts
@Configuration(proxyBeanMethods = false)
class MatchingConfiguration {

    @Bean
    SubscriptionMatcher subscriptionMatcher(QueryParser parser) {
        return new SubscriptionMatcher(parser);
    }
}
