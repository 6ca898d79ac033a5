using System.Text.Json;
using Auth.Api.Audit;
using Auth.Api.Authentication;
using Auth.Api.Discovery;
using Auth.Api.Factors;
using Auth.Api.Flows;
using Auth.Api.Health;
using Auth.Api.Keys;
using Auth.Api.OAuth;
using Auth.Api.Problems;
using Auth.Api.Roles;
using Auth.Api.ServiceAccounts;
using Auth.Api.Sessions;
using Auth.Api.StepUp;
using Auth.Api.Users;

namespace Auth.Api.OpenApi;

/// <summary>An example of each request and response, all about the same user.</summary>
internal static class Examples
{
    private const string Email = "ada@example.com";
    private const string DisplayName = "Ada";
    private const string Password = "a long walk by the sea";
    private const string RefreshToken = "AQGZt_kRAHABgAAAAAAAAQAAAAHxkq0c5mHqkG1m0yVbTnqXv0eJ3rYlQ2o8uZ4sWcPdEg";

    private const string KeyId = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";
    private const string DeviceToken = "AQGZt_kRAHABgAAAAAAAAAF2c2Z0d2FyZSBkZXZpY2UgcHJvb2Ygb2YgMzIgYnl0";

    private const string FlowToken = "AQIBmbf5EQBwAYAAAAAAAAAMZmxvdyB0b2tlbiBwcm9vZiBvZiAzMiBieXRlcyE";
    private const string LinkToken = "AQMBmbf5EQBwAYAAAAAAAAAMAAAAAWxpbmsgdG9rZW4gcHJvb2Ygb2YgMzIgYnl0ZXMh";
    private const string Code = "493021";

    // A list without events.
    private const string Revocations =
        "eyJhbGciOiJFUzI1NiIsImtpZCI6ImNuLUlfV05NQ2xlaGlWcDUxaV8wVnBPRU5XMXVwRWVyQThzRWFtNWhuLXMiLCJ0eXAiOiJyZXZvY2F0aW9ucytqd3QifQ."
        + "eyJpc3MiOiJodHRwczovL2F1dGguZXhhbXBsZS5jb20iLCJpYXQiOjE3Njk4NjA4MDAsImV4cCI6MTc2OTg2MDg2MCwiY3Vyc29yIjoiIiwiZnVsbCI6dHJ1ZSwiZXZlbnRzIjpbXX0."
        + "c2lnbmF0dXJlIG9mIDY0IGJ5dGVzIG92ZXIgdGhlIHR3byBwYXJ0cyBiZWZvcmUgaXQsIGFzIGluIGEgdG9rZW4";

    private static readonly Guid UserId = Guid.Parse("0199b7f9-1100-7001-8000-00000000a0da");
    private static readonly Guid SessionId = Guid.Parse("0199b7f9-1100-7001-8000-000000000001");
    private static readonly DateTimeOffset SignedInAt = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Roles = ["viewer"];

    private static readonly UserResponse User = new(
        UserId,
        Email,
        DisplayName,
        EmailConfirmed: false,
        Roles,
        [],
        HasPassword: true,
        SecondFactorEnabled: false,
        "active",
        SignedInAt,
        SignedInAt
    );

    private const string ChallengeToken = "AX4Rk0V6mPq2sTz8wYb1cD5eFg7hJk9L";

    private static readonly JsonElement Assertion = JsonElement.Parse(
        """
        {"id":"kq3","rawId":"kq3","type":"public-key","clientExtensionResults":{},
        "response":{"clientDataJSON":"eyJ0","authenticatorData":"SZYN","signature":"MEUC","userHandle":"AZm3"}}
        """
    );

    private static readonly JsonElement Attestation = JsonElement.Parse(
        """
        {"id":"kq3","rawId":"kq3","type":"public-key","clientExtensionResults":{},
        "response":{"clientDataJSON":"eyJ0","attestationObject":"o2Nm","transports":["internal"]}}
        """
    );

    private static readonly FactorResponse Factor = new(UserId, "totp", "Phone", SignedInAt, SignedInAt);

    private static readonly KeyResponse Key = new(
        KeyId,
        "ES256",
        "announced",
        SignedInAt,
        SignedInAt.AddDays(2),
        RetiresAt: null,
        RemovedAt: null
    );

    private static readonly string[] RolePermissions = ["articles:write", "users:read"];
    private static readonly RoleResponse Role = new("author", "Writes articles.", RolePermissions, IsSystem: false);

    private static readonly AuditEventResponse Event = new(
        Guid.Parse("0199b7f9-1100-7001-8000-0000000000e1"),
        SignedInAt,
        "login.succeeded",
        "success",
        UserId,
        UserId,
        SessionId,
        "203.0.113.7",
        "Mozilla/5.0",
        Detail: null
    );

    private const string ServiceSecret = "as_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0ISERSC7P";
    private const string ServiceToken = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl";

    private static readonly Guid ServiceId = Guid.Parse("0199b7f9-1100-7001-8000-0000000005e1");
    private static readonly Guid ServiceSecretId = Guid.Parse("0199b7f9-1100-7001-8000-0000000005ec");

    private static readonly ServiceAccountResponse Service = new(
        ServiceId,
        "Newsletter",
        "Sends the newsletter.",
        ["author"],
        "active",
        SignedInAt,
        SignedInAt.AddHours(1)
    );

    private static readonly ServiceSecretResponse Secret = new(
        ServiceSecretId,
        SignedInAt,
        SignedInAt.AddYears(1),
        SignedInAt.AddHours(1)
    );

    public static IReadOnlyDictionary<Type, object> ByType { get; } =
        new object[]
        {
            Revocations,
            new RegisterRequest
            {
                Email = Email,
                Password = Password,
                DisplayName = DisplayName,
                RefreshTokenIn = "cookie",
            },
            new LoginRequest
            {
                Email = Email,
                Password = Password,
                RefreshTokenIn = "cookie",
            },
            // An empty token counts as absent, so that "Try it out" uses the cookie.
            new RefreshRequest { RefreshToken = "" },
            new LogoutRequest { RefreshToken = "" },
            new ChangePasswordRequest { CurrentPassword = Password, NewPassword = "another walk by the lake" },
            new StartedFlowResponse(FlowToken, SignedInAt.AddMinutes(10)),
            new VerifyEmailRequest
            {
                FlowToken = FlowToken,
                Code = Code,
                RefreshTokenIn = "cookie",
            },
            new ResendRequest { FlowToken = FlowToken },
            new ForgotPasswordRequest { Email = Email },
            new ResetPasswordRequest { Token = LinkToken, NewPassword = "another walk by the lake" },
            new ChangeEmailRequest { NewEmail = "ada.lovelace@example.com", Password = Password },
            new ConfirmEmailChangeRequest { FlowToken = FlowToken, Code = Code },
            new UndoEmailChangeRequest { Token = LinkToken },
            new AcceptInvitationRequest
            {
                Token = LinkToken,
                Password = Password,
                DisplayName = DisplayName,
                RefreshTokenIn = "cookie",
            },
            new InviteUserRequest
            {
                Email = "grace@example.com",
                DisplayName = "Grace",
                Roles = ["viewer"],
            },
            new ChangeMeRequest { DisplayName = DisplayName },
            new DeleteMeRequest { Password = Password },
            new ChangeRolesRequest { Roles = ["editor", "viewer"] },
            new ChangeRoleRequest { Role = "editor" },
            new CreateRoleRequest
            {
                Name = "author",
                Description = "Writes articles.",
                Permissions = RolePermissions,
            },
            new ReplaceRoleRequest { Description = "Writes articles.", Permissions = RolePermissions },
            Role,
            new ReplacedRoleResponse(
                "author",
                "Writes articles.",
                RolePermissions,
                IsSystem: false,
                new RoleEffectResponse(Holders: 7, [new PermissionEffectResponse("articles:write", 5)], [])
            ),
            new SignInResponse(
                "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
                "Bearer",
                ExpiresIn: 900,
                RefreshToken,
                SignedInAt.AddDays(14),
                SessionId,
                new SignedInUserResponse(UserId, Email, DisplayName, EmailConfirmed: false, Roles, []),
                DeviceToken
            ),
            new MeResponse(UserId, SessionId, Roles, [], SignedInAt, "pwd", ["pwd"], SignedInAt.AddMinutes(15)),
            new StepUpRequest { Password = Password },
            new SecondFactorRequest
            {
                Challenge = ChallengeToken,
                Code = "492039",
                RefreshTokenIn = "cookie",
            },
            new LoginPasskeyOptionsRequest { Challenge = "" },
            new LoginPasskeyRequest
            {
                ChallengeToken = ChallengeToken,
                Credential = Assertion,
                RefreshTokenIn = "cookie",
            },
            new EnrolTotpRequest { Name = "Phone" },
            new ConfirmTotpRequest { Code = "492039" },
            new AddPasskeyRequest
            {
                ChallengeToken = ChallengeToken,
                Credential = Attestation,
                Name = "Laptop",
            },
            new RenameFactorRequest { Name = "Phone" },
            Factor,
            new FactorListResponse([Factor], RecoveryCodesLeft: 10),
            new TotpEnrolmentResponse(
                UserId,
                "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                "otpauth://totp/auth.example.com:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
                    + "&issuer=auth.example.com&algorithm=SHA1&digits=6&period=30"
            ),
            new RecoveryCodesResponse(["K7Q2MX-9DZRTA-4HVWC0-E1NB8S"]),
            new AddedPasskeyResponse(Factor with { Kind = "passkey" }, RecoveryCodes: null),
            new PasskeyOptionsResponse(
                ChallengeToken,
                JsonElement.Parse(
                    """{"challenge":"qhT0w3m6Jc","rpId":"auth.example.com","userVerification":"required"}"""
                )
            ),
            new StepUpResponse(
                "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
                "Bearer",
                ExpiresIn: 900,
                "pwd",
                SignedInAt
            ),
            User,
            new UserPageResponse([User], "CN5gqz5kAAABmbf5EQBwAYAAAAAAAKDa"),
            new CreateServiceAccountRequest
            {
                Name = "Newsletter",
                Description = "Sends the newsletter.",
                Roles = ["author"],
            },
            new ReplaceServiceAccountRequest
            {
                Name = "Newsletter",
                Description = "Sends the newsletter.",
                Roles = ["author"],
                Status = "disabled",
            },
            Service,
            new AddServiceSecretRequest { ExpiresAt = "2099-12-31T12:00:00Z" },
            new AddedServiceSecretResponse(
                ServiceSecretId,
                ServiceSecret,
                SignedInAt,
                SignedInAt.AddYears(1),
                LastUsedAt: null
            ),
            new TokenRequest
            {
                GrantType = "client_credentials",
                Scope = "articles:write",
                ClientId = ServiceId.ToString(),
                ClientSecret = ServiceSecret,
            },
            new TokenResponse(ServiceToken, "Bearer", ExpiresIn: 300, "articles:write"),
            new IntrospectionRequest
            {
                Token = ServiceToken,
                ClientId = ServiceId.ToString(),
                ClientSecret = ServiceSecret,
            },
            new IntrospectionResponse
            {
                Active = true,
                TokenType = "Bearer",
                Scope = "articles:write users:read",
                Subject = UserId,
                SessionId = SessionId,
                Roles = ["author"],
                Issuer = "https://auth.example.com",
                Audience = "example",
                JwtId = "4TNc1vVXV8oYl7vKqyEovw",
                IssuedAt = SignedInAt.ToUnixTimeSeconds(),
                ExpiresAt = SignedInAt.AddMinutes(15).ToUnixTimeSeconds(),
            },
            new RevocationRequest { Token = RefreshToken },
            new OAuthErrorResponse("invalid_client", "The client could not be authenticated."),
            new RotateKeysRequest { Emergency = false },
            Key,
            // The key of RFC 7517 §A.1.
            new KeySetResponse([
                new()
                {
                    KeyType = "EC",
                    Use = "sig",
                    Algorithm = "ES256",
                    Id = KeyId,
                    Curve = "P-256",
                    X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                    Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
                },
            ]),
            new DiscoveryResponse(
                "https://auth.example.com",
                "https://auth.example.com/.well-known/jwks.json",
                "https://auth.example.com/oauth/token",
                "https://auth.example.com/oauth/introspect",
                "https://auth.example.com/oauth/revoke",
                ["client_credentials"],
                ["client_secret_basic", "client_secret_post"],
                ["client_secret_basic", "client_secret_post"],
                ["none"],
                "https://auth.example.com/.well-known/revocations",
                ["token"],
                ["public"],
                ["ES256"]
            ),
            new AuditPageResponse([Event], "CN5gqz5kAAABmbf5EQBwAYAAAAAAAKDa"),
            new UserExportResponse(
                SignedInAt.AddDays(1),
                User,
                [
                    new ExportedSessionResponse(
                        SessionId,
                        SignedInAt,
                        SignedInAt,
                        SignedInAt.AddDays(14),
                        SignedInAt.AddDays(30),
                        EndedAt: null,
                        EndReason: null,
                        SignedInAt,
                        ["pwd"],
                        "203.0.113.7",
                        "Mozilla/5.0"
                    ),
                ],
                [Factor],
                RecoveryCodesLeft: 10,
                [new ExportedFailuresResponse(1, 0, SignedInAt)],
                [new ExportedMailResponse("new_device", "en", SignedInAt, SignedInAt.AddSeconds(2))],
                [
                    new ExportedMailFlowResponse(
                        "email_verification",
                        SignedInAt,
                        Mails: 1,
                        SignedInAt.AddHours(24),
                        ConsumedAt: null
                    ),
                ],
                [Event]
            ),
            new HealthResponse(
                "Healthy",
                SignedInAt,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["database"] = "Healthy",
                    ["keys"] = "Healthy",
                }
            ),
        }
            .ToDictionary(example => example.GetType())
            .Append(new(typeof(IReadOnlyList<KeyResponse>), new[] { Key }))
            .Append(
                new(
                    typeof(IReadOnlyList<SessionResponse>),
                    new SessionResponse[]
                    {
                        new(
                            SessionId,
                            SignedInAt,
                            SignedInAt,
                            SignedInAt.AddDays(14),
                            "203.0.113.7",
                            "Mozilla/5.0",
                            Current: true
                        ),
                    }
                )
            )
            .Append(
                new(
                    typeof(IReadOnlyList<PermissionSourceResponse>),
                    new PermissionSourceResponse[] { new("users:read", ["author", "editor"]) }
                )
            )
            .Append(new(typeof(IReadOnlyList<ServiceAccountResponse>), new[] { Service }))
            .Append(new(typeof(IReadOnlyList<ServiceSecretResponse>), new[] { Secret }))
            .Append(new(typeof(IReadOnlyList<RoleResponse>), new[] { Role }))
            .Append(
                new(
                    typeof(IReadOnlyList<PermissionResponse>),
                    new PermissionResponse[] { new("users:read", "See all users.") }
                )
            )
            .ToDictionary();
}
