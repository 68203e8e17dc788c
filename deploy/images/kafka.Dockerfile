# A broker for machines that reach no image registry, from the Maven artifacts; takes KAFKA_… variables as the
# official image apache/kafka does.
ARG BASE=minutebook/java:local
FROM ${BASE}
COPY lib /opt/kafka/lib
COPY kafka-run /etc/kafka/docker/run
USER 10001:10001
ENTRYPOINT ["/etc/kafka/docker/run"]
