# Elasticsearch for machines that reach no image registry, from the Maven artifact with the plugin that gives it
# the full distribution's filters; takes settings as variables as the official image does.
ARG BASE=minutebook/java:local
FROM ${BASE}
COPY --chown=10001:10001 elasticsearch /usr/share/elasticsearch
COPY elasticsearch-run /usr/local/bin/elasticsearch-run
RUN mkdir -p /usr/share/elasticsearch/data && chown 10001:10001 /usr/share/elasticsearch/data
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/elasticsearch-run"]
