# Takes every e-mail and shows it, for machines that reach no image registry; from a Maven artifact. SMTP at port 1025,
# what came at port 8025: /api/user/{address}/messages.
ARG BASE=minutebook/java:local
FROM ${BASE}
COPY greenmail-standalone.jar /opt/mail/
USER 10001:10001
ENTRYPOINT ["java", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", \
  "-Dgreenmail.smtp.hostname=0.0.0.0", "-Dgreenmail.smtp.port=1025", "-Dgreenmail.auth.disabled", \
  "-Dgreenmail.api.hostname=0.0.0.0", "-Dgreenmail.api.port=8025", "-jar", "/opt/mail/greenmail-standalone.jar"]
