# Elasticsearch for machines that reach no image registry, from the Maven artifact with the plugin that gives it
# the full distribution's filters; takes settings as variables as the official image does.
ARG BASE=minutebook/jdk:local
FROM ${BASE}
COPY --chown=10001:10001 elasticsearch /usr/share/elasticsearch
COPY elasticsearch-run /usr/local/bin/elasticsearch-run
RUN cd /usr/share/elasticsearch && mkdir -p data logs && chown 10001:10001 . data logs
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/elasticsearch-run"]
