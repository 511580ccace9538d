# syntax=docker/dockerfile:1

# One image for every command: `run` unless another is named. See docs/operations.md.

# The build runs on the architecture that the image is for, because a native executable is linked for it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
# The dashboard is built with Node.js, which the SDK's image does not have.
COPY --from=node:22-bookworm-slim /usr/local/bin/node /usr/local/bin/node
COPY --from=node:22-bookworm-slim /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore src/RepoPulse --locked-mode \
    && dotnet publish src/RepoPulse --configuration Release --no-restore --runtime "linux-$(dpkg --print-architecture | sed s/amd64/x64/)" --output /app \
    && mkdir /data

# Ubuntu without a shell, a package manager or a root user: what is not there has no holes and can be misused by nobody. RepoPulse needs neither ICU nor
# time zones, so the plain one will do.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
LABEL org.opencontainers.image.title="RepoPulse" \
      org.opencontainers.image.description="Watches GitHub repositories and tells how often each kind of event happens in them" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data

# The working folder: repopulse.json is looked for there, and `run` keeps its database there.
WORKDIR /data
VOLUME /data
USER $APP_UID

# Every command listens on one port, so that one check fits all.
ENV REPOPULSE__Api__Urls=http://*:8080 \
    REPOPULSE__Collector__Urls=http://*:8080 \
    REPOPULSE__Aggregator__Urls=http://*:8080 \
    REPOPULSE__Archiver__Urls=http://*:8080
EXPOSE 8080

# Whether the process answers, not whether it is ready: while the database is away the API serves its last figures, and whoever restarts what is unhealthy
# would throw them away.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --start-interval=2s \
    CMD ["/app/repopulse", "check", "--health", "http://127.0.0.1:8080/health/live"]

STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/repopulse"]
CMD ["run"]
