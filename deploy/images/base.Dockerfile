# A base for machines that reach no image registry: a small Debian, imported by ./build, and the machine's own Java.
ARG DEBIAN=minutebook/debian:local
FROM ${DEBIAN}
ENV PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin JAVA_HOME=/opt/java
COPY java /opt/java
