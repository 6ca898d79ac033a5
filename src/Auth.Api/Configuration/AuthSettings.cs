using System.Net;
using Auth.Api.RateLimiting;
using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Passwords;

namespace Auth.Api.Configuration;

/// <summary>All settings of the service, read and checked once at start.</summary>
public sealed record AuthSettings
{
    /// <summary>Where the data lies.</summary>
    public required DatabaseOptions Database { get; init; }

    /// <summary>The master key in use first, then those that are still accepted.</summary>
    public required IReadOnlyList<byte[]> MasterKeys { get; init; }

    /// <summary>What access tokens say.</summary>
    public required JwtOptions Jwt { get; init; }

    /// <summary>The life of signing keys.</summary>
    public required KeyOptions Keys { get; init; }

    /// <summary>How long sessions live.</summary>
    public required SessionPolicy Sessions { get; init; }

    /// <summary>How instances learn of each other's revocations.</summary>
    public required RevocationOptions Revocation { get; init; }

    /// <summary>How long the audit log is kept.</summary>
    public required AuditOptions Audit { get; init; }

    /// <summary>How passwords are hashed, and which are accepted.</summary>
    public required PasswordOptions Passwords { get; init; }

    /// <summary>What new accounts get.</summary>
    public required RegistrationPolicy Registration { get; init; }

    /// <summary>The first administrator.</summary>
    public required BootstrapSettings Bootstrap { get; init; }

    /// <summary>How many wrong passwords an account takes.</summary>
    public required LockoutPolicy Lockout { get; init; }

    /// <summary>How many requests a client address may send.</summary>
    public required RateLimitingSettings RateLimiting { get; init; }

    /// <summary>How much a connection may take.</summary>
    public required ConnectionLimits Limits { get; init; }

    /// <summary>How cookies are protected.</summary>
    public required CookieSettings Cookies { get; init; }

    /// <summary>Pages of which other origins may use the service.</summary>
    public required CorsSettings Cors { get; init; }

    /// <summary>Which proxies are believed.</summary>
    public required ForwardedHeadersSettings ForwardedHeaders { get; init; }

    /// <summary>Where the service is reached.</summary>
    public required HostingSettings Hosting { get; init; }

    /// <summary>How the service stops.</summary>
    public required ShutdownSettings Shutdown { get; init; }

    /// <summary>Whether the API is documented on the spot.</summary>
    public required SwaggerSettings Swagger { get; init; }

    /// <summary>What of this is allowed and unwise, one readable line each that says how to mend it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => nameof(AuthSettings);
}

/// <summary>The first administrator, made at start if there is none.</summary>
/// <param name="AdminEmail">The address; null if none is configured.</param>
/// <param name="AdminPassword">The password; null if none is configured.</param>
public sealed record BootstrapSettings(string? AdminEmail, string? AdminPassword)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(BootstrapSettings);
}

/// <summary>How much a connection may take, in numbers and in time, so that slow clients do not keep out the others.</summary>
public sealed record ConnectionLimits
{
    /// <summary>How many connections there are at once; what comes beyond is closed.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>How many headers a request has.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>How many bytes its headers have in all.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>In what time the headers of a request arrive.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection waits for its next request.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>How fast bodies have to arrive and answers to be read, once the grace period is over.</summary>
    public int MinBytesPerSecond { get; init; } = 240;

    /// <summary>How long they may be slower than that.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>How cookies are protected.</summary>
/// <param name="Secure">Whether they may go over plain http.</param>
public sealed record CookieSettings(CookieSecurity Secure);

/// <summary>Whether cookies may go over plain http.</summary>
public enum CookieSecurity
{
    /// <summary>Never.</summary>
    Always,

    /// <summary>Where the request came that way: for development.</summary>
    SameAsRequest,
}

/// <summary>Pages of which other origins may use the service.</summary>
/// <param name="AllowedOrigins">The origins in their normal form; empty for none.</param>
public sealed record CorsSettings(IReadOnlySet<string> AllowedOrigins);

/// <summary>Which proxies are believed when they say who the client is.</summary>
/// <param name="KnownProxies">Their addresses.</param>
/// <param name="KnownNetworks">Networks all of whose addresses are proxies.</param>
public sealed record ForwardedHeadersSettings(
    IReadOnlyList<IPAddress> KnownProxies,
    IReadOnlyList<IPNetwork> KnownNetworks
)
{
    /// <summary>Whether there is any.</summary>
    public bool Any => KnownProxies.Count + KnownNetworks.Count > 0;
}

/// <summary>Where the service is reached.</summary>
/// <param name="PathBase">The prefix under which a proxy serves it, unless the proxy says another; empty if there is none.</param>
public sealed record HostingSettings(string PathBase);

/// <summary>Whether the API is documented on the spot.</summary>
/// <param name="Enabled">Whether the document and its pages are served.</param>
public sealed record SwaggerSettings(bool Enabled);

/// <summary>How the service stops.</summary>
/// <param name="DrainDelay">How long requests are still taken after the signal to stop.</param>
/// <param name="Timeout">How long requests in flight may take after that.</param>
public sealed record ShutdownSettings(TimeSpan DrainDelay, TimeSpan Timeout)
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";
}
