using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.UnitTests.Security.Tokens;

/// <summary>A user with a session, and the services that issue and read their tokens, at one instant.</summary>
internal sealed class TokenWorld
{
    public const string Issuer = "https://auth.example";
    public const string Audience = "https://api.example/v1";

    public static readonly DateTimeOffset Now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public TokenWorld(string algorithm = SigningAlgorithms.ES256, Action<JwtOptions>? configure = null)
    {
        Options = new()
        {
            Issuer = Issuer,
            Audience = Audience,
            Algorithm = algorithm,
            Secret = "a secret of at least thirty-two bytes",
        };
        configure?.Invoke(Options);

        var encryption = new SigningKeyEncryption(MasterKeys);
        Keys = new(encryption);
        SigningKey = new SigningKeyFactory(encryption, Options).Create(1, Now, Now);
        Keys.Load([SigningKey]).ShouldBeEmpty();

        Tokens = new(Keys, Options);
        User = CreateUser();
        Session = StartSession(User);
    }

    public static MasterKeys MasterKeys => CreateMasterKeys(1);

    public JwtOptions Options { get; }

    public SigningKey SigningKey { get; }

    public SigningKeyRing Keys { get; }

    public AccessTokenIssuer Tokens { get; }

    public User User { get; }

    public Session Session { get; }

    public TokenKey Key => Keys.FindSigningKey(Now).ShouldNotBeNull();

    public static MasterKeys CreateMasterKeys(params byte[] seeds) =>
        new([.. seeds.Select(seed => Enumerable.Repeat(seed, MasterKeys.MinLength).ToArray())]);

    public static User CreateUser(params string[] permissions)
    {
        var role = Role.CreateSystem(
            RoleName.From("keeper"),
            "",
            permissions is [] ? ["users:read", "keys:rotate"] : permissions,
            Now
        );
        return User.Register(EmailAddress.From("somebody@example.com"), "hash", "Somebody", role, Now);
    }

    public static Session StartSession(User user) => Session.Start(user, new(null, null), new(), Now);

    public AccessToken Issue() => Tokens.Issue(User, Session, Now);
}
