using System.Net;
using Auth.Api.RateLimiting;
using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Passwords;

namespace Auth.Api.Configuration;

/// <summary>All settings of the service, read and validated once at startup. The types describe them.</summary>
public sealed record AuthSettings
{
    public required DatabaseOptions Database { get; init; }

    /// <summary>The current master key first, then the previous ones.</summary>
    public required IReadOnlyList<byte[]> MasterKeys { get; init; }
    public required JwtOptions Jwt { get; init; }
    public required KeyOptions Keys { get; init; }
    public required SessionPolicy Sessions { get; init; }
    public required StepUpPolicy StepUp { get; init; }
    public required PasskeyOptions Passkeys { get; init; }
    public required RevocationOptions Revocation { get; init; }
    public required AuditOptions Audit { get; init; }
    public required PasswordOptions Passwords { get; init; }
    public required RegistrationPolicy Registration { get; init; }
    public required MailOptions Mail { get; init; }
    public required BootstrapSettings Bootstrap { get; init; }
    public required LockoutPolicy Lockout { get; init; }
    public required RateLimitingSettings RateLimiting { get; init; }
    public required ConnectionLimits Limits { get; init; }
    public required CookieSettings Cookies { get; init; }
    public required CorsSettings Cors { get; init; }
    public required ForwardedHeadersSettings ForwardedHeaders { get; init; }
    public required HostingSettings Hosting { get; init; }
    public required ShutdownSettings Shutdown { get; init; }
    public required SwaggerSettings Swagger { get; init; }

    /// <summary>The account console.</summary>
    public required UiSettings Ui { get; init; }

    /// <summary>Warnings about settings that are allowed but unwise, one line each with the fix.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => nameof(AuthSettings);
}

/// <summary>The first administrator, created at startup if there is none.</summary>
/// <param name="AdminEmail">The e-mail address; null if not configured.</param>
/// <param name="AdminPassword">The password; null if not configured.</param>
public sealed record BootstrapSettings(string? AdminEmail, string? AdminPassword)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(BootstrapSettings);
}

/// <summary>Limits on connections, so that slow clients do not starve others.</summary>
public sealed record ConnectionLimits
{
    /// <summary>The maximum number of connections; additional ones are closed.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>The maximum number of headers of a request.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>The maximum total size of the headers of a request.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>The longest time for the headers of a request to arrive.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an idle connection is kept open.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>The minimum rate at which bodies arrive and responses are read, after the grace period.</summary>
    public int MinBytesPerSecond { get; init; } = 240;

    /// <summary>How long the rate may be lower.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>The protection of cookies.</summary>
/// <param name="Secure">Whether cookies may be sent over plain HTTP.</param>
public sealed record CookieSettings(CookieSecurity Secure);

/// <summary>Whether cookies may be sent over plain HTTP.</summary>
public enum CookieSecurity
{
    /// <summary>Never.</summary>
    Always,

    /// <summary>If the request was sent over plain HTTP; for development.</summary>
    SameAsRequest,
}

/// <summary>The origins whose pages may call the service.</summary>
/// <param name="AllowedOrigins">The normalized origins.</param>
public sealed record CorsSettings(IReadOnlySet<string> AllowedOrigins);

/// <summary>The proxies trusted to report the client's address.</summary>
/// <param name="KnownProxies">The addresses of proxies.</param>
/// <param name="KnownNetworks">Networks in which every address is trusted.</param>
public sealed record ForwardedHeadersSettings(
    IReadOnlyList<IPAddress> KnownProxies,
    IReadOnlyList<IPNetwork> KnownNetworks
)
{
    /// <summary>Whether any proxy is trusted.</summary>
    public bool Any => KnownProxies.Count + KnownNetworks.Count > 0;
}

/// <summary>The URL prefix of the service.</summary>
/// <param name="PathBase">The prefix under which a proxy serves it, unless the proxy sends one; empty if there is none.</param>
public sealed record HostingSettings(string PathBase);

/// <summary>Whether the API documentation is served.</summary>
/// <param name="Enabled">Whether the OpenAPI document and Swagger UI are served.</param>
public sealed record SwaggerSettings(bool Enabled);

/// <summary>The shutdown of the service.</summary>
/// <param name="DrainDelay">How long requests are still accepted after the signal to stop.</param>
/// <param name="Timeout">How long requests in flight may take after that.</param>
public sealed record ShutdownSettings(TimeSpan DrainDelay, TimeSpan Timeout)
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";
}

/// <summary>The account console.</summary>
/// <param name="Enabled">Whether it is served.</param>
/// <param name="ReturnOrigins">The normalized origins that people may be sent back to after they have signed in.</param>
public sealed record UiSettings(bool Enabled, IReadOnlySet<string> ReturnOrigins);
