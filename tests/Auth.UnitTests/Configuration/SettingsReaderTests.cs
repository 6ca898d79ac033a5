using Auth.Api.Configuration;
using Auth.Api.RateLimiting;
using Auth.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Auth.UnitTests.Configuration;

public sealed class SettingsReaderTests
{
    private const string GoodKey = "q0Zb1m0pS8f4QmWbq4sK2l7bYcU7dX0e9vT3nR5hJ6w=";
    private const string Sentinel = "s3ntinel-value-that-is-secret";

    private static readonly Dictionary<string, string?> Production = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Security:MasterKey"] = GoodKey,
        ["Jwt:Issuer"] = "https://auth.example.com",
        ["SecondFactor:RequiredForRoles:0"] = "admin",
        ["Jwt:Audience"] = "api",
    };

    [Fact]
    public void Nothing_has_to_be_set_in_Development()
    {
        var (settings, problems, warnings) = Read([], Environments.Development);

        problems.ShouldBeEmpty();
        warnings.ShouldBeEmpty();
        settings.MasterKeys.ShouldBeEmpty();
        settings.Database.Provider.ShouldBe(DatabaseProvider.Sqlite);
        settings.Database.ConnectionString.ShouldBe("Data Source=/app/data/auth.db");
        settings.Database.MigrateOnStartup.ShouldBeTrue();
        settings.Jwt.Issuer.ShouldBe("http://localhost:5000");
        settings.Jwt.Audience.ShouldBe("auth");
        settings.Jwt.AccessTokenLifetime.ShouldBe(TimeSpan.FromMinutes(15));
        settings.Sessions.RefreshTokenLifetime.ShouldBe(TimeSpan.FromDays(14));
        settings.Cookies.Secure.ShouldBe(CookieSecurity.SameAsRequest);
        settings.Swagger.Enabled.ShouldBeTrue();
        settings.Registration.DefaultRole.Value.ShouldBe("viewer");
    }

    [Theory]
    [InlineData("SqlServer", "Server=localhost;Database=auth;User Id=auth")]
    [InlineData("SqlServer", "Server=localhost;Database=auth;User Id=auth;Password=other;")]
    [InlineData("SqlServer", "Server=localhost;Database=auth;User Id=auth;Pwd=other")]
    [InlineData("Postgres", "Host=localhost;Database=auth;Username=auth")]
    [InlineData("Postgres", "Host=localhost;Database=auth;Username=auth;Password='other'")]
    public void A_separate_database_password_may_contain_any_character(string provider, string connection)
    {
        foreach (
            var password in (string[])
                ["a;b=c", "it's", "a \"quoted\" word", "'\"$HOME\"'; x=1", "=", "{a}", "ä \\ b", ";"]
        )
        {
            var values = With("Database:Provider", provider);
            values["ConnectionStrings:Auth"] = connection;
            values["Database:Password"] = password;

            var (settings, problems, _) = Read(values, Environments.Production);

            problems.ShouldBeEmpty();
            var text = settings.Database.ConnectionString;
            (
                provider == "SqlServer"
                    ? new SqlConnectionStringBuilder(text).Password
                    : new NpgsqlConnectionStringBuilder(text).Password
            ).ShouldBe(password);
            DatabaseTarget
                .Find(settings.Database.Provider, text)!
                .Description.ShouldEndWith("database auth, user auth");
        }
    }

    [Fact]
    public void A_database_password_is_rejected_for_SQLite()
    {
        var (_, problems, _) = Read(With("Database:Password", Sentinel), Environments.Production);

        var problem = problems.ShouldHaveSingleItem();
        KeyOf(problem).ShouldBe("Database:Password");
        problem.ShouldNotContain(Sentinel);
    }

    [Fact]
    public void Production_needs_a_master_key_an_issuer_and_an_audience()
    {
        var (_, problems, _) = Read([], Environments.Production);

        problems.Select(KeyOf).ShouldBe(["Security:MasterKey", "Jwt:Issuer", "Jwt:Audience"]);
        problems[0].ShouldContain("openssl rand -base64 32");
    }

    [Fact]
    public void Production_exposes_nothing_by_default()
    {
        var (settings, problems, _) = Read(Production, Environments.Production);

        problems.ShouldBeEmpty();
        settings.MasterKeys.ShouldHaveSingleItem().Length.ShouldBe(32);
        settings.Cookies.Secure.ShouldBe(CookieSecurity.Always);
        settings.Swagger.Enabled.ShouldBeFalse();
        settings.Cors.AllowedOrigins.ShouldBeEmpty();
        settings.Ui.Enabled.ShouldBeTrue();
        settings.Ui.ReturnOrigins.ShouldBeEmpty();
        settings.ForwardedHeaders.Any.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Database:MigrateOnStartup", "yes")]
    [InlineData("ConnectionStrings:Auth", "Nonsense=1")]
    [InlineData("ConnectionStrings:Auth", "Data Source=file:auth.db")]
    [InlineData("Security:MasterKey", "not Base64!")]
    [InlineData("Security:MasterKey", "c2hvcnQ=")]
    [InlineData("Security:MasterKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Security:MasterKey", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("Security:MasterKey", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    [InlineData("Security:MasterKey", "ThisIsASampleOfAMasterKeyThatNobodyShouldUseX")]
    [InlineData("Security:PreviousMasterKeys:0", "c2hvcnQ=")]
    [InlineData("Jwt:Issuer", "auth.example.com")]
    [InlineData("Jwt:Issuer", "ftp://auth.example.com")]
    [InlineData("Jwt:Issuer", "https://auth.example.com/?a=b")]
    [InlineData("Jwt:Issuer", "http://auth.example.com")]
    [InlineData("Jwt:Algorithm", "none")]
    [InlineData("Jwt:AccessTokenLifetime", "15")]
    [InlineData("Jwt:AccessTokenLifetime", "00:00:00")]
    [InlineData("Jwt:AccessTokenLifetime", "1.00:00:01")]
    [InlineData("Jwt:AccessTokenLifetime", "00:15:00.5")]
    [InlineData("Keys:RotationPeriod", "99999.00:00:00")]
    [InlineData("Keys:AnnouncePeriod", "90.00:00:00")]
    [InlineData("Sessions:GraceReplays", "-1")]
    [InlineData("Revocation:PollInterval", "00:00:00")]
    [InlineData("Revocation:MaxStaleness", "00:00:01")]
    [InlineData("Passwords:BcryptCost", "3")]
    [InlineData("Passwords:BcryptCost", "32")]
    [InlineData("Passwords:BcryptCost", "twelve")]
    [InlineData("Passwords:MinLength", "7")]
    [InlineData("Passwords:ContextWords:0", "a-b")]
    [InlineData("Passwords:ContextWords", "Wayfarer")]
    [InlineData("Registration:DefaultRole", "Not  a role")]
    [InlineData("Bootstrap:AdminEmail", "no address")]
    [InlineData("Lockout:Enabled", "yes")]
    [InlineData("Lockout:Threshold", "0")]
    [InlineData("Lockout:MaxDelay", "00:00:59")]
    [InlineData("Lockout:HardLimit", "9")]
    [InlineData("Lockout:Spraying:Threshold", "1")]
    [InlineData("Lockout:Spraying:Threshold", "101")]
    [InlineData("RateLimiting:Login:PermitLimit", "0")]
    [InlineData("RateLimiting:Refresh:Window", "00:00:00")]
    [InlineData("Limits:MaxConnections", "0")]
    [InlineData("Limits:MaxHeaders", "1")]
    [InlineData("Limits:HeadersTimeout", "00:00:00")]
    [InlineData("Limits:GracePeriod", "00:00:01")]
    [InlineData("Limits:MinBytesPerSecond", "0")]
    [InlineData("Cors:AllowedOrigins:0", "*")]
    [InlineData("Cors:AllowedOrigins:0", "https://*.example.com")]
    [InlineData("Cors:AllowedOrigins:0", "https://app.example.com/")]
    [InlineData("Cors:AllowedOrigins:0", "app.example.com")]
    [InlineData("Cors:AllowedOrigins:0", "file://localhost")]
    [InlineData("Cors:AllowedOrigins", "https://app.example.com")]
    [InlineData("Ui:Enabled", "on")]
    [InlineData("Ui:ReturnOrigins:0", "*")]
    [InlineData("Ui:ReturnOrigins:0", "https://app.example.com/")]
    [InlineData("Ui:ReturnOrigins:0", "https://app.example.com/path")]
    [InlineData("Ui:ReturnOrigins:0", "https://ada@app.example.com")]
    [InlineData("Ui:ReturnOrigins:0", "app.example.com")]
    [InlineData("Ui:ReturnOrigins:0", "javascript://app.example.com")]
    [InlineData("Ui:ReturnOrigins:0", "capacitor://localhost")]
    [InlineData("ForwardedHeaders:KnownProxies:0", "proxy")]
    [InlineData("ForwardedHeaders:KnownProxies:0", "1")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "10.0.0.0")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "0.0.0.0/0")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "10.0.0.0/7")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "::/0")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "fc00::/6")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "::/80")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "::ffff:10.0.0.0/103")]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    [InlineData("Hosting:PathBase", "auth")]
    [InlineData("Hosting:PathBase", "/")]
    [InlineData("Hosting:PathBase", "//auth")]
    [InlineData("Hosting:PathBase", "/auth/../api")]
    [InlineData("Hosting:PathBase", "/a.b")]
    [InlineData("Hosting:PathBase", "/%61")]
    [InlineData("Hosting:PathBase", "/a\r\nSet-Cookie: b")]
    [InlineData("Hosting:PathBase", "/api")]
    [InlineData("Hosting:PathBase", "/account")]
    [InlineData("Hosting:PathBase", "/Swagger/auth")]
    [InlineData("Cookies:Secure", "Never")]
    public void An_invalid_value_is_reported_with_its_key(string key, string value)
    {
        var (_, problems, _) = Read(With(key, value), Environments.Production);

        problems.Select(KeyOf).ShouldContain(key);
        problems.ShouldAllBe(problem => !problem.Contains('\n'));
    }

    [Theory]
    [InlineData("Database:Provider", "sqlite")]
    [InlineData("ConnectionStrings:Auth", "Data Source=:memory:")]
    [InlineData("Jwt:Algorithm", "ps256")]
    [InlineData("Jwt:AccessTokenLifetime", "00:00:01")]
    [InlineData("Jwt:AccessTokenLifetime", "1.00:00:00")]
    [InlineData("Keys:AnnouncePeriod", "00:00:00")]
    [InlineData("Sessions:GraceWindow", "00:00:00")]
    [InlineData("Sessions:GraceReplays", "0")]
    [InlineData("Passwords:BcryptCost", "31")]
    [InlineData("Lockout:HardLimit", "10")]
    [InlineData("Lockout:Threshold", "100")]
    [InlineData("Lockout:Spraying:Threshold", "2")]
    [InlineData("Lockout:Spraying:Window", "1.00:00:00")]
    [InlineData("Cors:AllowedOrigins:0", "http://localhost:3000")]
    [InlineData("Cors:AllowedOrigins:0", "capacitor://localhost")]
    [InlineData("Ui:Enabled", "false")]
    [InlineData("Ui:ReturnOrigins:0", "http://localhost:3000")]
    [InlineData("ForwardedHeaders:KnownProxies:0", "::1")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "fd00::/8")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "10.0.0.0/8")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "::ffff:10.0.0.0/104")]
    [InlineData("ForwardedHeaders_Enabled", "false")]
    [InlineData("Jwt:Issuer", "http://localhost:8080")]
    [InlineData("Hosting:PathBase", "/auth/")]
    [InlineData("Hosting:PathBase", "/teams/Auth_2/api")]
    [InlineData("Hosting:PathBase", "/apis")]
    [InlineData("Cookies:Secure", "sameasrequest")]
    [InlineData("Jwt:Secret", "")]
    public void A_valid_value_is_accepted(string key, string value) =>
        Read(With(key, value), Environments.Production).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("Login", 300)]
    [InlineData("Register", 300)]
    [InlineData("Refresh", 1200)]
    [InlineData("ChangePassword", 120)]
    public void Addresses_are_limited_by_default_with_hundredfold_limits_in_Development(string policy, int limit)
    {
        var production = Read(Production, Environments.Production).Settings.RateLimiting;
        production.Enabled.ShouldBeTrue();
        production.Policies[policy].ShouldBe(new RateLimit(limit, TimeSpan.FromMinutes(1)));

        Read([], Environments.Development).Settings.RateLimiting.Policies[policy].PermitLimit.ShouldBe(100 * limit);
        Read(With($"RateLimiting:{policy}:PermitLimit", "7"), Environments.Development)
            .Settings.RateLimiting.Policies[policy]
            .PermitLimit.ShouldBe(7);
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "x",
            ["Jwt:AccessTokenLifetime"] = "15",
            ["Passwords:BcryptCost"] = "x",
            ["Cors:AllowedOrigins:3"] = "*",
        };

        Read(values, Environments.Production)
            .Problems.Select(KeyOf)
            .ShouldBe(
                [
                    "Database:Provider",
                    "Security:MasterKey",
                    "Jwt:Issuer",
                    "Jwt:Audience",
                    "Jwt:AccessTokenLifetime",
                    "Passwords:BcryptCost",
                    "Cors:AllowedOrigins:3",
                ],
                ignoreOrder: true
            );
    }

    [Theory]
    [InlineData("Security:MasterKey", Sentinel)]
    [InlineData("Security:PreviousMasterKeys:0", Sentinel)]
    [InlineData("Jwt:Secret", "s3ntinel")]
    [InlineData("Bootstrap:AdminPassword", Sentinel)]
    [InlineData("ConnectionStrings:Auth", "Password=" + Sentinel)]
    public void Secrets_appear_neither_in_errors_nor_in_the_text_of_the_settings(string key, string value)
    {
        var values = With(key, value);
        values["Jwt:Algorithm"] = "HS256";

        var (settings, problems, _) = Read(values, Environments.Production);

        problems.ShouldNotBeEmpty();
        string.Join('\n', problems).ShouldNotContain("s3ntinel");
        string.Join('\n', settings, settings.Jwt, settings.Bootstrap, settings.Database).ShouldNotContain("s3ntinel");
    }

    [Theory]
    [InlineData("23:59:59", true)]
    [InlineData("1.00:00:00", false)]
    public void A_short_announce_period_is_a_warning(string period, bool warned)
    {
        var (_, problems, warnings) = Read(With("Keys:AnnouncePeriod", period), Environments.Production);

        problems.ShouldBeEmpty();
        warnings.Any(warning => KeyOf(warning) == "Keys:AnnouncePeriod").ShouldBe(warned);
    }

    [Theory]
    [InlineData("SqlServer")]
    [InlineData("Postgres")]
    public void A_server_needs_a_connection_string_and_does_not_migrate_by_itself(string provider)
    {
        var (settings, problems, _) = Read(With("Database:Provider", provider), Environments.Production);

        problems.Select(KeyOf).ShouldBe(["ConnectionStrings:Auth"]);
        settings.Database.MigrateOnStartup.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("thirty-one-bytes-are-not-enough", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("abcabcabcabcabcabcabcabcabcabcabcabc", false)]
    [InlineData("please-change-me-before-production", false)]
    [InlineData("3f9c0a71be5d284697e0c3b1a85f6d42", true)]
    [InlineData("vC8kq2Lw9mXz4RtY7uPb3NhJ6sDf1GaE", true)]
    public void A_shared_secret_has_32_random_bytes(string secret, bool good)
    {
        var values = With("Jwt:Algorithm", "HS256");
        values["Jwt:Secret"] = secret;

        Read(values, Environments.Production)
            .Problems.Select(KeyOf)
            .ShouldBe(good ? Array.Empty<string>() : ["Jwt:Secret"]);
    }

    [Theory]
    [InlineData("Sessions:RefreshTokenLifetime")]
    [InlineData("Sessions:AbsoluteLifetime")]
    public void An_access_token_expires_no_later_than_the_refresh_token(string key)
    {
        var values = With(key, "00:05:00");

        Read(values, Environments.Production).Problems.Select(KeyOf).ShouldBe(["Jwt:AccessTokenLifetime"]);
    }

    [Theory]
    [InlineData("Passwords:BcryptCost", "9", "Passwords:BcryptCost")]
    [InlineData("Lockout:HardLimit", "101", "Lockout:HardLimit")]
    [InlineData("Jwt:AccessTokenLifetime", "01:00:01", "Jwt:AccessTokenLifetime")]
    [InlineData("Sessions:RefreshTokenLifetime", "31.00:00:00", "Sessions:RefreshTokenLifetime")]
    [InlineData("Sessions:AbsoluteLifetime", "30.00:00:01", "Sessions:AbsoluteLifetime")]
    [InlineData("StepUp:MaxAge", "00:00:00", "StepUp:MaxAge")]
    public void Risky_settings_are_warnings(string key, string value, string about)
    {
        var (_, problems, warnings) = Read(With(key, value), Environments.Production);

        problems.ShouldBeEmpty();
        warnings.Select(KeyOf).ShouldBe([about]);
    }

    [Fact]
    public void Administrators_who_need_no_second_factor_are_a_warning_outside_Development()
    {
        var values = With("SecondFactor:RequiredForRoles:0", "editor");

        Read(values, Environments.Production).Warnings.Select(KeyOf).ShouldBe(["SecondFactor:RequiredForRoles"]);
        Read(values, Environments.Development).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Each_long_lifetime_is_a_warning()
    {
        var values = With("Sessions:RefreshTokenLifetime", "60.00:00:00");
        values["Sessions:AbsoluteLifetime"] = "90.00:00:00";

        Read(values, Environments.Production)
            .Warnings.Select(KeyOf)
            .ShouldBe(["Sessions:AbsoluteLifetime", "Sessions:RefreshTokenLifetime"]);
    }

    [Theory]
    [InlineData("Jwt:Issuer", "http://localhost:8080")]
    [InlineData("Cookies:Secure", "SameAsRequest")]
    [InlineData("Lockout:Enabled", "false")]
    [InlineData("RateLimiting:Enabled", "false")]
    [InlineData("Swagger:Enabled", "true")]
    [InlineData("Security:PreviousMasterKeys:0", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    public void Development_settings_are_warnings_outside_Development(string key, string value)
    {
        var (_, problems, warnings) = Read(With(key, value), Environments.Production);
        problems.ShouldBeEmpty();
        warnings.Select(KeyOf).ShouldBe([key]);

        (_, problems, warnings) = Read(With(key, value), Environments.Development);
        problems.ShouldBeEmpty();
        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_plain_http_issuer_on_another_host_is_for_Development_only() =>
        Read(With("Jwt:Issuer", "http://auth.example.com"), Environments.Development).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("SqlServer", "Server=db;Database=auth;Encrypt=false", true)]
    [InlineData("SqlServer", "Server=db;Database=auth;Encrypt=Optional", true)]
    [InlineData("SqlServer", "Server=tcp:db,1433;Database=auth;TrustServerCertificate=true", true)]
    [InlineData("SqlServer", "Server=db;Database=auth", false)]
    [InlineData("SqlServer", "Server=db;Database=auth;Encrypt=Strict;TrustServerCertificate=true", false)]
    [InlineData("SqlServer", "Server=.\\SQLEXPRESS;Database=auth;Encrypt=false", false)]
    [InlineData("SqlServer", "Server=tcp:localhost,1433;Database=auth;TrustServerCertificate=true", false)]
    [InlineData("SqlServer", "Server=(localdb)\\x;Database=auth;Encrypt=false", false)]
    [InlineData("Postgres", "Host=db;Database=auth", true)]
    [InlineData("Postgres", "Host=127.0.0.1,db;Database=auth", true)]
    [InlineData("Postgres", "Host=db;Database=auth;SSL Mode=Disable", true)]
    [InlineData("Postgres", "Host=db;Database=auth;SSL Mode=Require", true)]
    [InlineData("Postgres", "Host=db;Database=auth;SSL Mode=VerifyFull", false)]
    [InlineData("Postgres", "Host=127.0.0.1;Database=auth", false)]
    [InlineData("Postgres", "Host=/var/run/postgresql;Database=auth", false)]
    [InlineData("Postgres", "Host=::1;Database=auth;SSL Mode=Disable", false)]
    public void An_unencrypted_or_unverified_connection_is_a_warning(string provider, string text, bool warned)
    {
        var values = With("Database:Provider", provider);
        values["ConnectionStrings:Auth"] = text;

        var (_, problems, warnings) = Read(values, Environments.Production);

        problems.ShouldBeEmpty();
        warnings.Select(KeyOf).ShouldBe(warned ? ["ConnectionStrings:Auth"] : Array.Empty<string>());
        Read(values, Environments.Development).Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SqlServer", "Server=db;Pasword=s3ntinel")]
    [InlineData("SqlServer", "Database=auth")]
    [InlineData("SqlServer", "Server=db;Encrypt=maybe;Password=s3ntinel")]
    [InlineData("Postgres", "Host=db;Pasword=s3ntinel")]
    [InlineData("Postgres", "Host=db;Port=s3ntinel")]
    [InlineData("Postgres", "Database=auth")]
    public void A_connection_string_must_match_its_engine(string provider, string text)
    {
        var values = With("Database:Provider", provider);
        values["ConnectionStrings:Auth"] = text;

        var problem = Read(values, Environments.Production).Problems.ShouldHaveSingleItem();

        KeyOf(problem).ShouldBe("ConnectionStrings:Auth");
        problem.ShouldNotContain("s3ntinel");
    }

    [Fact]
    public void The_first_administrator_needs_both_address_and_password()
    {
        Read(With("Bootstrap:AdminEmail", "a@example.com"), Environments.Production)
            .Problems.Select(KeyOf)
            .ShouldBe(["Bootstrap:AdminPassword"]);
        Read(With("Bootstrap:AdminPassword", "some password"), Environments.Production)
            .Problems.Select(KeyOf)
            .ShouldBe(["Bootstrap:AdminEmail"]);
    }

    [Fact]
    public void Previous_master_keys_follow_the_one_in_use()
    {
        var previous = Convert.ToBase64String([.. Convert.FromBase64String(GoodKey).Reverse()]);

        var (settings, problems, _) = Read(With("Security:PreviousMasterKeys:0", previous), Environments.Production);

        problems.ShouldBeEmpty();
        settings.MasterKeys.Select(Convert.ToBase64String).ShouldBe([GoodKey, previous]);
    }

    [Fact]
    public void Previous_master_keys_alone_are_not_enough() =>
        Read(new(StringComparer.Ordinal) { ["Security:PreviousMasterKeys:0"] = GoodKey }, Environments.Development)
            .Problems.Select(KeyOf)
            .ShouldBe(["Security:MasterKey"]);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" \t ")]
    [InlineData("\uFEFF")]
    public void Surrounding_white_space_is_trimmed(string around)
    {
        const string Secret = "vC8kq2Lw9mXz4RtY7uPb3NhJ6sDf1GaE";
        var values = new Dictionary<string, string?>(Production, StringComparer.OrdinalIgnoreCase)
        {
            ["Database:Provider"] = "Postgres",
            ["ConnectionStrings:Auth"] = "Host=127.0.0.1;Database=auth",
            ["Jwt:Algorithm"] = "HS256",
            ["Jwt:Secret"] = Secret,
            ["Jwt:AccessTokenLifetime"] = "00:05:00",
            ["Bootstrap:AdminEmail"] = "ada@example.com",
            ["Bootstrap:AdminPassword"] = "granite otter lullaby",
            ["Registration:DefaultRole"] = "editor",
            ["Lockout:Threshold"] = "5",
            ["Swagger:Enabled"] = "false",
            ["Cors:AllowedOrigins:0"] = "https://app.example.com",
            ["Passwords:ContextWords:0"] = "Blue Lighthouse",
        };
        foreach (var key in values.Keys.ToList())
        {
            values[key] = around + values[key] + around;
        }

        var (settings, problems, _) = Read(values, Environments.Production);

        problems.ShouldBeEmpty();
        settings.Jwt.Issuer.ShouldBe("https://auth.example.com");
        settings.Jwt.Audience.ShouldBe("api");
        settings.Jwt.Secret.ShouldBe(Secret);
        settings.Database.ConnectionString.ShouldBe("Host=127.0.0.1;Database=auth");
        settings.Bootstrap.ShouldBe(new BootstrapSettings("ada@example.com", "granite otter lullaby"));
        settings.Registration.DefaultRole.Value.ShouldBe("editor");
        settings.Lockout.Threshold.ShouldBe(5);
        settings.Cors.AllowedOrigins.ShouldBe(["https://app.example.com"]);
        settings.Passwords.ContextWords.ShouldBe(["Blue Lighthouse"]);
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    [InlineData(" \"{0}\"\n")]
    [InlineData("{0}\n{0}")]
    [InlineData("{0}\0")]
    public void A_value_in_quotes_or_on_two_lines_is_rejected(string format)
    {
        var values = new Dictionary<string, string?>(Production, StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:Auth"] = "Data Source=/data/auth.db",
            ["Jwt:Secret"] = "vC8kq2Lw9mXz4RtY7uPb3NhJ6sDf1GaE",
            ["Bootstrap:AdminEmail"] = "ada@example.com",
            ["Bootstrap:AdminPassword"] = Sentinel,
            ["Passwords:ContextWords:0"] = "Blue Lighthouse",
        };
        foreach (var key in values.Keys)
        {
            var spoiled = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase)
            {
                [key] = format.Replace("{0}", values[key], StringComparison.Ordinal),
            };

            var problems = Read(spoiled, Environments.Production).Problems;

            problems.Select(KeyOf).ShouldContain(key);
            problems.ShouldAllBe(problem => !problem.Contains(Sentinel));
        }
    }

    [Theory]
    [InlineData("Lockout:Treshold", "Did you mean Lockout:Threshold?")]
    [InlineData("lockout:treshold", "Did you mean Lockout:Threshold?")]
    [InlineData("Jwt:Algoritm", "Did you mean Jwt:Algorithm?")]
    [InlineData("Jwt:Issuer:0", "Did you mean Jwt:Issuer?")]
    [InlineData("Jwt:RefreshTokenLifetime", "Did you mean Sessions:RefreshTokenLifetime?")]
    [InlineData(
        "RateLimiting:Login:Limit",
        "Known settings are RateLimiting:Enabled, RateLimiting:Login:PermitLimit, "
    )]
    [InlineData("RateLimiting:LogIn:PermitLimits", "Did you mean RateLimiting:Login:PermitLimit?")]
    [InlineData("Cors:AllowedOrigin:0", "Did you mean Cors:AllowedOrigins:0?")]
    [InlineData("Cors:AllowedOrigins:0:Name", "Known settings are Cors:AllowedOrigins.")]
    [InlineData("Security:PreviousMasterKey:0", "Did you mean Security:PreviousMasterKeys:0?")]
    [InlineData("Lockout:Duration", "Known settings are Lockout:Enabled, Lockout:Threshold, ")]
    [InlineData("ConnectionStrings:Auht", "Did you mean ConnectionStrings:Auth?")]
    public void An_unknown_setting_is_rejected_with_the_nearest_name(string key, string suggestion)
    {
        var problem = Read(With(key, Sentinel), Environments.Production).Problems.ShouldHaveSingleItem();

        KeyOf(problem).ShouldBe(key);
        problem.ShouldContain(suggestion);
        problem.ShouldNotContain(Sentinel);
    }

    [Theory]
    [InlineData("Cors:AllowedOrigins:17", "https://app.example.com")]
    [InlineData("Logging:LogLevel:Defualt", "Warning")]
    [InlineData("Kestrel:Limit", "1")]
    [InlineData("AllowedHost", "*")]
    [InlineData("ConnectionStrings:Reports", "Server=reports")]
    [InlineData("SESSIONS", "5")]
    [InlineData("DATABASE_PORT", "tcp://10.0.0.1:5432")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")]
    public void Settings_of_other_programs_are_ignored(string key, string value)
    {
        var (_, problems, warnings) = Read(With(key, value), Environments.Production);

        problems.ShouldBeEmpty();
        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Other_connection_strings_are_ignored()
    {
        var values = With("ConnectionStrings:Auth", "Data Source=/data/auth.db");
        values["ConnectionStrings:Auth_ProviderName"] = "Sqlite";
        values["ConnectionStrings:Audit"] = "Server=audit";

        Read(values, Environments.Production).Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Lokout:Threshold", "Lokout", "Did you mean Lockout?")]
    [InlineData("Session:GraceWindow", "Session", "Did you mean Sessions?")]
    [InlineData("Lockout_Threshold", "Lockout_Threshold", "Did you mean Lockout:Threshold?")]
    public void A_misspelled_section_is_a_warning(string key, string about, string suggestion)
    {
        var (_, problems, warnings) = Read(With(key, "3"), Environments.Production);

        problems.ShouldBeEmpty();
        var warning = warnings.ShouldHaveSingleItem();
        KeyOf(warning).ShouldBe(about);
        warning.ShouldContain(suggestion);
    }

    [Theory]
    [InlineData("urls", "http://localhost:5080", "http://localhost:5080")]
    [InlineData("urls", "https://127.0.0.1:5443/;http://127.0.0.1:5080", "https://127.0.0.1:5443")]
    [InlineData("urls", "http://*:8080", "http://localhost:8080")]
    [InlineData("urls", "http://[::]:8080", "http://localhost:8080")]
    [InlineData("http_ports", "8081", "http://localhost:8081")]
    public void The_development_issuer_is_where_the_service_listens(string key, string value, string issuer)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value };

        Read(values, Environments.Development).Settings.Jwt.Issuer.ShouldBe(issuer);
    }

    [Fact]
    public void A_section_may_have_an_empty_value_but_no_other()
    {
        var values = With("Lockout:Spraying", "");
        values["Lockout:Spraying:Threshold"] = "7";
        Read(values, Environments.Production).Problems.ShouldBeEmpty();

        values["Lockout:Spraying"] = "7";
        Read(values, Environments.Production)
            .Problems.ShouldHaveSingleItem()
            .ShouldStartWith("Lockout:Spraying: Unknown setting.");
    }

    private static Dictionary<string, string?> With(string key, string value) =>
        new(Production, StringComparer.OrdinalIgnoreCase) { [key] = value };

    private static string KeyOf(string line) => line[..line.IndexOf(": ", StringComparison.Ordinal)];

    private static (AuthSettings Settings, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings) Read(
        Dictionary<string, string?> values,
        string environment
    )
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var reader = new SettingsReader(configuration, new TestEnvironment { EnvironmentName = environment });
        return (reader.Read(), reader.Problems, reader.Warnings);
    }
}
