# Java and Tesseract, for the image of extract-service on machines that reach no image registry.
ARG BASE=minutebook/java:local
FROM ${BASE}
RUN apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends tesseract-ocr && \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
