package org.minutebook.search.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.springframework.boot.elasticsearch.autoconfigure.Rest5ClientBuilderCustomizer;
import org.springframework.stereotype.Component;

/**
 * Does not ask Elasticsearch to compress its answers, as its client does by itself: within a data
 * centre packing and unpacking some 30 kB takes longer than sending them.
 */
@Component
class AnswersAsTheyAre implements Rest5ClientBuilderCustomizer {

    @Override
    public void customize(Rest5ClientBuilder builder) {
        // Nothing to say about the client itself, only about what it sends.
    }

    @Override
    public void customize(HttpAsyncClientBuilder builder) {
        builder.disableContentCompression();
    }
}
