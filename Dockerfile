# The service in a container: built with the SDK, run without it, as an unprivileged user, on a read-only file system.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# First only the files that determine the packages, so that code changes do not restore them again.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY build/BannedSymbols.txt build/
COPY src/Auth.Domain/*.csproj src/Auth.Domain/
COPY src/Auth.Application/*.csproj src/Auth.Application/
COPY src/Auth.Infrastructure/*.csproj src/Auth.Infrastructure/
COPY src/Auth.Api/*.csproj src/Auth.Api/
RUN dotnet restore src/Auth.Api --use-current-runtime

COPY src/ src/
RUN dotnet publish src/Auth.Api --no-restore --use-current-runtime --self-contained false --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./

ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
USER $APP_UID

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["dotnet", "Auth.Api.dll", "healthcheck", "http://127.0.0.1:8080/health/ready"]

ENTRYPOINT ["dotnet", "Auth.Api.dll"]
