using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.Benchmarks;

/// <summary>A user with a session, and the services that issue and read their tokens.</summary>
internal sealed class Tokens
{
    public Tokens(string algorithm)
    {
        var now = TimeProvider.System.GetUtcNow();
        MasterKeys = new([
            [.. Enumerable.Range(0, MasterKeys.MinLength).Select(i => (byte)i)],
        ]);
        var options = new JwtOptions
        {
            Issuer = "https://auth.example.com",
            Audience = "https://api.example.com",
            Algorithm = algorithm,
            Secret = "a secret of at least thirty-two bytes",
        };
        var encryption = new SigningKeyEncryption(MasterKeys);
        var keys = new SigningKeyRing(encryption);
        keys.Load([new SigningKeyFactory(encryption, options).Create(1, now, now)]);
        Issuer = new(keys, options);
        Reader = new(keys, options);
        Verifier = new(Reader, new(TimeProvider.System), new(), TimeProvider.System);

        var role = Role.CreateSystem(
            RoleName.From(Role.Editor),
            "",
            [Permissions.UsersRead, Permissions.RolesRead],
            now
        );
        User = User.Register(EmailAddress.From("user@example.com"), "hash", "A user", role, now);
        Session = Session.Start(User, new("127.0.0.1", "bench"), new(), now);
    }

    public MasterKeys MasterKeys { get; }

    public AccessTokenIssuer Issuer { get; }

    public AccessTokenReader Reader { get; }

    public AccessTokenVerifier Verifier { get; }

    public User User { get; }

    public Session Session { get; }

    public string Issue() => Issuer.Issue(User, Session, TimeProvider.System.GetUtcNow()).Value;
}
