# The image: thimble-server where compose files and habits expect redis-server.
#
#   docker build -t thimble .
#   docker run -p 6379:6379 -v data:/data thimble --maxmemory 1gb
#
# scripts/container builds it without a docker daemon and tries all that is promised here and in
# scripts/container-entrypoint. BASE is any Debian 12 root.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
RUN apt-get update && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      g++ cmake ninja-build make pkg-config libuv1-dev libxxhash-dev liblzf-dev liblua5.1-0-dev
WORKDIR /src
COPY . .
RUN cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DTHIMBLE_LTO=ON \
      -DCMAKE_UNITY_BUILD=ON -DTHIMBLE_TESTS=OFF && \
    cmake --build build && \
    DESTDIR=/out cmake --install build --prefix /usr/local --strip

FROM ${BASE}
# The ids that volumes written by other images of this kind have. Made before redis-tools, whose
# installation would otherwise pick its own.
RUN groupadd --system --gid 999 redis && \
    useradd --system --uid 999 --gid redis --home-dir /data --shell /usr/sbin/nologin redis && \
    apt-get update && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      libuv1 libxxhash0 liblzf1 redis-tools && \
    rm -rf /var/lib/apt/lists/* && \
    install -d -o redis -g redis /data /usr/local/etc/redis
COPY --from=build /out/ /
COPY scripts/container-entrypoint /usr/local/bin/
VOLUME /data
WORKDIR /data
EXPOSE 6379
# redis-cli ends well on an error reply too, so only the word counts. A password goes into the
# environment as REDISCLI_AUTH.
HEALTHCHECK CMD redis-cli ping | grep -qx PONG
ENTRYPOINT ["container-entrypoint"]
CMD ["redis-server"]
