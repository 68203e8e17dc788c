# The command, for a stack that runs elsewhere: docker run minutebook/command import --upload-address URL FOLDER.
ARG BASE=eclipse-temurin:25-jre-noble
FROM ${BASE}
COPY lib /app/lib
USER 10001:10001
ENV HOME=/tmp
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xlog:disable", \
  "--enable-native-access=ALL-UNNAMED", "-cp", "/app/lib/*", "-Dminutebook.root=/app", "org.minutebook.local.Minutebook"]
