# The command, for a stack that runs elsewhere: docker run minutebook/command import --upload-address URL FOLDER.
ARG BASE=eclipse-temurin:25-jre-noble
FROM ${BASE}
COPY lib /app/lib
USER 10001:10001
# Arguments and names of files are read as UTF-8, whatever the base says or leaves out.
ENV HOME=/tmp LANG=C.UTF-8
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xlog:disable", \
  "--enable-native-access=ALL-UNNAMED", "-cp", "/app/lib/*", "-Dminutebook.root=/app", "org.minutebook.local.Minutebook"]
