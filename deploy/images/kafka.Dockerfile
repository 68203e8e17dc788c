# A broker for machines that reach no image registry, from the Maven artifacts; takes KAFKA_… variables as the
# official image apache/kafka does, and another command in its place.
ARG BASE=minutebook/java:local
FROM ${BASE}
COPY lib /opt/kafka/lib
COPY kafka-run /etc/kafka/docker/run
# A volume takes over the owner of the folder that it lies on.
RUN mkdir -p /var/lib/kafka/data && chown 10001:10001 /var/lib/kafka/data
USER 10001:10001
CMD ["/etc/kafka/docker/run"]
