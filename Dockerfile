# The build command is README's: cargo build --release --locked
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src

# Dependencies first: this layer is built anew only when they change. Cargo wants something in the place of every target.
COPY Cargo.toml Cargo.lock build.rs ./
RUN mkdir -p src benches/budgets tests/faults tests/month \
    && for target in src/main benches/parse benches/detect benches/plan benches/budgets/main tests/faults/main tests/month/main; do \
        echo 'fn main() {}' > "$target.rs"; \
    done \
    && touch src/lib.rs \
    && cargo build --release --locked

COPY commands commands
COPY config config
COPY src src
# Which commit this is, for `foghorn --version`: --build-arg COMMIT=$(git rev-parse --short HEAD)
ARG COMMIT=""
# Cargo compares times, and the placeholders above are younger than the sources.
RUN find src -name '*.rs' -exec touch {} + \
    && FOGHORN_COMMIT="$COMMIT" cargo build --release --locked \
    && mkdir -p empty/data

FROM gcr.io/distroless/cc-debian12:nonroot
LABEL org.opencontainers.image.title="Foghorn" \
    org.opencontainers.image.description="A chat-ops outage bot: tells the whole story of an outage, once, where people already are" \
    org.opencontainers.image.licenses="MIT OR Apache-2.0" \
    org.opencontainers.image.base.name="gcr.io/distroless/cc-debian12:nonroot"
COPY --from=build /src/target/release/foghorn /usr/local/bin/foghorn
COPY --from=build --chown=65532:65532 /src/empty/data /data
# Nothing is written but here: the rest may be read-only.
ENV FOGHORN_STORE__PATH=/data
# glibc keeps memory apart for each thread; two such places are enough for what Foghorn does, and hold a tenth less.
ENV MALLOC_ARENA_MAX=2
VOLUME /data
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/usr/local/bin/foghorn", "health"]
ENTRYPOINT ["/usr/local/bin/foghorn"]
CMD ["run"]
