# A server that speaks the S3 protocol, on a folder, for machines that reach no image registry; from Maven artifacts.
ARG BASE=minutebook/java:local
FROM ${BASE}
COPY lib /opt/s3/lib
COPY logback.xml /opt/s3/
COPY s3-run /usr/local/bin/
RUN mkdir -p /data && chown 10001:10001 /data
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/s3-run"]
