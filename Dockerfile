# sde on the CPU:
#   docker build -t sde .
#   docker run --rm -v "$PWD:/work" sde run mine.sde
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -Dmaven.test.skip=true package && mkdir /sde && tar xzf target/sde-*.tar.gz -C /sde --strip-components=1

FROM eclipse-temurin:21-jdk
COPY --from=build /sde /opt/sde
# unpacks the library and makes the archive of classes while the image is built; any user may write to the folders
ENV DJL_CACHE_DIR=/opt/sde-cache XDG_CACHE_HOME=/opt/sde-cache PATH=/opt/sde/bin:$PATH
RUN mkdir -p /opt/sde-cache && cd /tmp && sde doctor && chmod -R a+rwX /opt/sde-cache
WORKDIR /work
ENTRYPOINT ["sde"]
