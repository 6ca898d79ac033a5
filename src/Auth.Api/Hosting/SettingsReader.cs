using System.Data.Common;
using System.Net;
using System.Text;
using Auth.Api.RateLimiting;
using Auth.Application.Abstractions;
using Auth.Domain.Lockout;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Audit;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Passwords;

namespace Auth.Api.Hosting;

/// <summary>Reads all settings, and finds everything that is wrong with them in one go.</summary>
internal sealed class SettingsReader(IConfiguration configuration, IHostEnvironment environment)
{
    private const string HowToMakeAMasterKey = "Make one with: openssl rand -base64 32";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private readonly SettingValues _values = new(configuration);
    private readonly bool _development = environment.IsDevelopment();

    /// <summary>What keeps the service from starting.</summary>
    public IReadOnlyList<string> Problems => _values.Problems;

    /// <summary>What is allowed and unwise.</summary>
    public IReadOnlyList<string> Warnings => _values.Warnings;

    /// <summary>Reads the settings. They only count if there are no problems.</summary>
    public AuthSettings Read()
    {
        var settings = new AuthSettings
        {
            Database = ReadDatabase(),
            MasterKeys = ReadMasterKeys(),
            Jwt = ReadJwt(),
            Keys = ReadKeys(),
            Sessions = ReadSessions(),
            Revocation = ReadRevocation(),
            Audit = ReadAudit(),
            Passwords = ReadPasswords(),
            Registration = ReadRegistration(),
            Bootstrap = ReadBootstrap(),
            Lockout = ReadLockout(),
            RateLimiting = ReadRateLimiting(),
            Cookies = new(
                _values.Choice("Cookies:Secure", _development ? CookieSecurity.SameAsRequest : CookieSecurity.Always)
            ),
            Cors = ReadCors(),
            ForwardedHeaders = ReadForwardedHeaders(),
            Swagger = new(_values.Switch("Swagger:Enabled", _development)),
        };
        CompareLifetimes(settings);
        return settings;
    }

    private DatabaseOptions ReadDatabase()
    {
        var provider = _values.Choice($"{DatabaseOptions.Section}:Provider", DatabaseProvider.Sqlite);
        return new()
        {
            Provider = provider,
            ConnectionString = ReadConnectionString(provider),
            MigrateOnStartup = _values.Switch(
                $"{DatabaseOptions.Section}:MigrateOnStartup",
                provider == DatabaseProvider.Sqlite || _development
            ),
        };
    }

    private string ReadConnectionString(DatabaseProvider provider)
    {
        const string Key = "ConnectionStrings:Auth";
        var text = _values.Text(Key);
        if (provider == DatabaseProvider.Sqlite)
        {
            return SqliteFile.TryResolve(text, environment.ContentRootPath, out var resolved)
                ? resolved
                : RefuseConnectionString(
                    "this is no connection string of SQLite; for example Data Source=data/auth.db"
                );
        }

        if (text is null)
        {
            return RefuseConnectionString($"with {provider} a connection string is needed.");
        }

        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.ConnectionString;
        }
        catch (ArgumentException)
        {
            return RefuseConnectionString("this is no connection string: it has to be name=value;name=value.");
        }

        string RefuseConnectionString(string problem)
        {
            _values.Refuse(Key, problem);
            return "";
        }
    }

    private List<byte[]> ReadMasterKeys()
    {
        const string Key = "Security:MasterKey";
        List<byte[]> keys = [];
        if (_values.Text(Key) is { } text)
        {
            if (MasterKeyText.FindProblem(text, out var key, allowSamples: _development) is { } problem)
            {
                _values.Refuse(Key, $"{problem} {HowToMakeAMasterKey}");
            }

            keys.Add(key);
        }
        else if (!_development)
        {
            _values.Refuse(Key, $"a master key is needed. {HowToMakeAMasterKey}");
        }

        foreach (var (entry, previous) in _values.List("Security:PreviousMasterKeys"))
        {
            if (MasterKeyText.FindProblem(previous, out var key, allowSamples: true) is { } problem)
            {
                _values.Refuse(entry, problem);
            }

            keys.Add(key);
        }

        if (_development && keys.Count > 0 && _values.Text(Key) is null)
        {
            _values.Refuse(Key, $"with Security:PreviousMasterKeys a master key is needed. {HowToMakeAMasterKey}");
        }

        return keys;
    }

    private JwtOptions ReadJwt()
    {
        const string SecretKey = $"{JwtOptions.Section}:Secret";
        var jwt = new JwtOptions
        {
            Issuer = RequiredOutsideDevelopment($"{JwtOptions.Section}:Issuer", "http://localhost:5000"),
            Audience = RequiredOutsideDevelopment($"{JwtOptions.Section}:Audience", "auth"),
            Algorithm = _values.Choice($"{JwtOptions.Section}:Algorithm", "ES256", "ES256", "RS256", "PS256", "HS256"),
            Secret = _values.Text(SecretKey) ?? "",
            AccessTokenLifetime = _values.Duration(
                $"{JwtOptions.Section}:AccessTokenLifetime",
                TimeSpan.FromMinutes(15),
                Second,
                TimeSpan.FromHours(24)
            ),
        };

        if (
            jwt.Issuer.Length > 0
            && !(
                Uri.TryCreate(jwt.Issuer, UriKind.Absolute, out var issuer)
                && (issuer.Scheme == Uri.UriSchemeHttp || issuer.Scheme == Uri.UriSchemeHttps)
                && issuer.Query.Length == 0
                && issuer.Fragment.Length == 0
            )
        )
        {
            _values.Refuse(
                $"{JwtOptions.Section}:Issuer",
                $"'{jwt.Issuer}' is not an http or https address without query, for example https://auth.example.com"
            );
        }

        if (jwt.Algorithm == "HS256" && !SecretStrength.IsStrong(Encoding.UTF8.GetBytes(jwt.Secret)))
        {
            _values.Refuse(
                SecretKey,
                $"HS256 needs a random secret of {SecretStrength.MinLength} bytes or more. {HowToMakeAMasterKey}"
            );
        }

        return jwt;
    }

    private string RequiredOutsideDevelopment(string key, string developmentDefault)
    {
        if (_values.Text(key) is { } text)
        {
            return text;
        }

        if (_development)
        {
            return developmentDefault;
        }

        _values.Refuse(key, $"this is needed, for example {developmentDefault.Replace("http:", "https:")}");
        return "";
    }

    private KeyOptions ReadKeys()
    {
        const string AnnounceKey = $"{KeyOptions.Section}:AnnouncePeriod";
        var defaults = new KeyOptions();
        var keys = new KeyOptions
        {
            RotationPeriod = _values.Duration(
                $"{KeyOptions.Section}:RotationPeriod",
                defaults.RotationPeriod,
                Second,
                Longest
            ),
            AnnouncePeriod = _values.Duration(AnnounceKey, defaults.AnnouncePeriod, TimeSpan.Zero, Longest),
        };
        if (keys.AnnouncePeriod >= keys.RotationPeriod)
        {
            _values.Refuse(
                AnnounceKey,
                $"a key cannot be announced for {keys.AnnouncePeriod:c} when it signs for {keys.RotationPeriod:c};"
                    + $" shorten it, or lengthen {KeyOptions.Section}:RotationPeriod."
            );
        }
        else if (keys.AnnouncePeriod < TimeSpan.FromDays(1))
        {
            _values.Warn(
                AnnounceKey,
                $"{keys.AnnouncePeriod:c} is short; services that read the keys twice a day may meet one they do not know."
            );
        }

        return keys;
    }

    private SessionPolicy ReadSessions()
    {
        var defaults = new SessionPolicy();
        return new()
        {
            RefreshTokenLifetime = _values.Duration(
                "Sessions:RefreshTokenLifetime",
                defaults.RefreshTokenLifetime,
                Second,
                Longest
            ),
            AbsoluteLifetime = _values.Duration(
                "Sessions:AbsoluteLifetime",
                defaults.AbsoluteLifetime,
                Second,
                Longest
            ),
            GraceWindow = _values.Duration(
                "Sessions:GraceWindow",
                defaults.GraceWindow,
                TimeSpan.Zero,
                TimeSpan.FromHours(1)
            ),
            GraceReplays = _values.Number("Sessions:GraceReplays", defaults.GraceReplays, 0, 1_000_000),
            RecentSignIn = _values.Duration(
                "Sessions:RecentSignIn",
                defaults.RecentSignIn,
                TimeSpan.Zero,
                TimeSpan.FromDays(1)
            ),
        };
    }

    private RevocationOptions ReadRevocation()
    {
        const string StalenessKey = $"{RevocationOptions.Section}:MaxStaleness";
        var defaults = new RevocationOptions();
        var revocation = new RevocationOptions
        {
            PollInterval = _values.Duration(
                $"{RevocationOptions.Section}:PollInterval",
                defaults.PollInterval,
                TimeSpan.FromMilliseconds(20),
                TimeSpan.FromHours(1)
            ),
            MaxStaleness = _values.Duration(StalenessKey, defaults.MaxStaleness, Second, TimeSpan.FromHours(24)),
        };
        if (revocation.MaxStaleness <= revocation.PollInterval)
        {
            _values.Refuse(StalenessKey, $"this has to be longer than {RevocationOptions.Section}:PollInterval.");
        }

        return revocation;
    }

    private AuditOptions ReadAudit() =>
        new()
        {
            Retention = _values.Duration(
                $"{AuditOptions.Section}:Retention",
                new AuditOptions().Retention,
                TimeSpan.FromDays(1),
                Longest
            ),
        };

    private PasswordOptions ReadPasswords()
    {
        const string CostKey = $"{PasswordOptions.Section}:BcryptCost";
        var defaults = new PasswordOptions();
        var passwords = new PasswordOptions
        {
            BcryptCost = _values.Number(CostKey, defaults.BcryptCost, 4, 31),
            MinLength = _values.Number($"{PasswordOptions.Section}:MinLength", defaults.MinLength, 8, 64),
            MaxQueuedHashes = _values.Number(
                $"{PasswordOptions.Section}:MaxQueuedHashes",
                defaults.MaxQueuedHashes,
                1,
                100_000
            ),
            Workers = _values.Number($"{PasswordOptions.Section}:Workers", defaults.Workers, 0, 1024),
            ContextWords = ReadContextWords(),
        };
        if (passwords.BcryptCost < 10)
        {
            _values.Warn(CostKey, $"{passwords.BcryptCost} is for tests; hashes this cheap are guessed quickly.");
        }

        return passwords;
    }

    // Shorter ones stand in too many words that have nothing to do with them.
    private List<string> ReadContextWords()
    {
        const int MinLength = 3;
        List<string> words = [];
        foreach (var (key, word) in _values.List($"{PasswordOptions.Section}:ContextWords"))
        {
            if (word.Count(char.IsLetterOrDigit) < MinLength)
            {
                _values.Refuse(key, $"'{word}' is too short; a name has {MinLength} letters or digits or more.");
            }

            words.Add(word);
        }

        return words;
    }

    private RegistrationPolicy ReadRegistration()
    {
        const string Key = "Registration:DefaultRole";
        var role = _values.Text(Key) ?? Role.Viewer;
        if (!Role.IsValidName(role))
        {
            _values.Refuse(Key, $"'{role}' is not the name of a role, for example {Role.Viewer}.");
        }

        return new(role);
    }

    private BootstrapSettings ReadBootstrap()
    {
        const string EmailKey = "Bootstrap:AdminEmail";
        const string PasswordKey = "Bootstrap:AdminPassword";
        var email = _values.Text(EmailKey);
        var password = _values.Text(PasswordKey);
        if (email is not null && !EmailAddress.TryParse(email, out _))
        {
            _values.Refuse(EmailKey, $"'{email}' is no e-mail address.");
        }

        if (email is not null && password is null)
        {
            _values.Refuse(PasswordKey, $"with {EmailKey} a password is needed.");
        }

        if (email is null && password is not null)
        {
            _values.Refuse(EmailKey, $"with {PasswordKey} an e-mail address is needed.");
        }

        return new(email, password);
    }

    private LockoutPolicy ReadLockout()
    {
        const string HardLimitKey = "Lockout:HardLimit";
        const string MaxDelayKey = "Lockout:MaxDelay";
        const int MostFailures = 1_000_000;
        var defaults = new LockoutPolicy();
        var lockout = new LockoutPolicy
        {
            Enabled = _values.Switch("Lockout:Enabled", defaults.Enabled),
            Threshold = _values.Number("Lockout:Threshold", defaults.Threshold, 1, MostFailures),
            FirstDelay = _values.Duration("Lockout:FirstDelay", defaults.FirstDelay, Second, TimeSpan.FromDays(1)),
            MaxDelay = _values.Duration(MaxDelayKey, defaults.MaxDelay, Second, TimeSpan.FromDays(1)),
            HardLimit = _values.Number(HardLimitKey, defaults.HardLimit, 1, MostFailures),
        };
        if (lockout.MaxDelay < lockout.FirstDelay)
        {
            _values.Refuse(MaxDelayKey, "this has to be at least Lockout:FirstDelay.");
        }

        if (lockout.HardLimit < lockout.Threshold)
        {
            _values.Refuse(HardLimitKey, "this has to be at least Lockout:Threshold.");
        }
        else if (lockout.HardLimit > defaults.HardLimit)
        {
            _values.Warn(HardLimitKey, $"NIST SP 800-63B-4 allows {defaults.HardLimit} failures in a row at most.");
        }

        return lockout;
    }

    // In Development everything comes from one address: tests, load and all browsers of a developer.
    private RateLimitingSettings ReadRateLimiting() =>
        new(
            _values.Switch("RateLimiting:Enabled", fallback: true),
            RateLimitPolicies.Defaults.ToDictionary(
                policy => policy.Key,
                policy =>
                    ReadRateLimit(
                        policy.Key,
                        _development
                            ? policy.Value with
                            {
                                PermitLimit = policy.Value.PermitLimit * RateLimitPolicies.DevelopmentFactor,
                            }
                            : policy.Value
                    ),
                StringComparer.Ordinal
            )
        );

    private RateLimit ReadRateLimit(string policy, RateLimit defaults) =>
        new(
            _values.Number($"RateLimiting:{policy}:PermitLimit", defaults.PermitLimit, 1, 10_000_000),
            _values.Duration($"RateLimiting:{policy}:Window", defaults.Window, Second, TimeSpan.FromHours(24))
        );

    private CorsSettings ReadCors()
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in _values.List("Cors:AllowedOrigins"))
        {
            if (value.Contains('*', StringComparison.Ordinal))
            {
                _values.Refuse(
                    key,
                    "wildcards are not possible, because requests carry credentials; name each origin."
                );
            }
            else if (WebOrigin.Normalize(value) is { } origin)
            {
                origins.Add(origin);
            }
            else
            {
                _values.Refuse(
                    key,
                    $"'{value}' is no origin; write scheme, host and port only, for example https://app.example.com"
                );
            }
        }

        return new(origins);
    }

    private ForwardedHeadersSettings ReadForwardedHeaders()
    {
        List<IPAddress> proxies = [];
        List<IPNetwork> networks = [];
        foreach (var (key, value) in _values.List("ForwardedHeaders:KnownProxies"))
        {
            // A lone number would be an address, too.
            if (IPAddress.TryParse(value, out var address) && value.AsSpan().ContainsAny('.', ':'))
            {
                proxies.Add(address);
            }
            else
            {
                _values.Refuse(key, $"'{value}' is no IP address, for example 10.0.0.1");
            }
        }

        foreach (var (key, value) in _values.List("ForwardedHeaders:KnownNetworks"))
        {
            if (IPNetwork.TryParse(value, out var network))
            {
                networks.Add(network);
            }
            else
            {
                _values.Refuse(key, $"'{value}' is no network; write its first address and its bits, 10.0.0.0/8");
            }
        }

        return new(proxies, networks);
    }

    private void CompareLifetimes(AuthSettings settings)
    {
        const string AccessKey = $"{JwtOptions.Section}:AccessTokenLifetime";
        var access = settings.Jwt.AccessTokenLifetime;
        var sessions = settings.Sessions;
        var refresh = Min(sessions.RefreshTokenLifetime, sessions.AbsoluteLifetime);
        if (access > refresh)
        {
            _values.Refuse(
                AccessKey,
                $"an access token of {access:c} would outlive the refresh token of {refresh:c};"
                    + " shorten it, or lengthen Sessions:RefreshTokenLifetime and Sessions:AbsoluteLifetime."
            );
        }
        else if (access > TimeSpan.FromHours(1))
        {
            _values.Warn(
                AccessKey,
                $"{access:c} is long; the shorter access tokens live, the less a stolen one is worth."
            );
        }

        if (sessions.RefreshTokenLifetime > sessions.AbsoluteLifetime)
        {
            _values.Warn(
                "Sessions:RefreshTokenLifetime",
                $"sessions end after Sessions:AbsoluteLifetime ({sessions.AbsoluteLifetime:c}), used or not."
            );
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
