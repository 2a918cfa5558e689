# The build command is README's: cargo build --release --locked
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src

# Dependencies first: this layer is built anew only when they change.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src benches \
    && echo 'fn main() {}' > src/main.rs && touch src/lib.rs \
    && for bench in parse detect plan; do echo 'fn main() {}' > "benches/$bench.rs"; done \
    && cargo build --release --locked \
    && rm -rf src benches

COPY benches benches
COPY commands commands
COPY config config
COPY src src
# Cargo compares times, and the placeholders above are younger than the sources.
RUN find src benches -name '*.rs' -exec touch {} + && cargo build --release --locked \
    && install -d -o 65532 -g 65532 /empty/data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/foghorn /usr/local/bin/foghorn
COPY --from=build --chown=65532:65532 /empty/data /data
ENV FOGHORN_STORE__PATH=/data
VOLUME /data
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/usr/local/bin/foghorn", "health"]
ENTRYPOINT ["/usr/local/bin/foghorn"]
CMD ["run"]
