using Auth.IntegrationTests.Factors;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Races;

/// <summary>Writers that race for the constraints of factors.</summary>
internal static class FactorWriters
{
    private const string Conflict = "409 CONCURRENT_UPDATE";
    private const string Revoked = "401 TOKEN_REVOKED"; // a factor that was added meanwhile revokes earlier tokens
    private const string WrongCode = "401 INVALID_CODE";
    private const string DeadChallenge = "400 INVALID_OR_EXPIRED_TOKEN";

    public static IReadOnlyList<RacingWriters> All { get; } =
    [
        new("an app is enrolled", ["Factors.PendingUserId is unique"], EnrolAppsAsync),
        new("a passkey is added", ["Factors.CredentialIdHash is unique"], AddPasskeyAsync),
        new(
            "a factor is added and its user deleted",
            ["Factors.UserId references Users", "RecoveryCodes.UserId references Users"],
            DeleteUserWithNewFactorAsync
        ),
        new("a factor is used and renamed", ["Factors.Version is compared"], RenameUsedFactorAsync),
        new("a recovery code and a challenge are used", ["RecoveryCodes.Hash is the key"], UseRecoveryCodeAsync),
        new("recovery codes are replaced", ["Users.FlowEpoch is compared"], ReplaceRecoveryCodesAsync),
    ];

    private static async Task EnrolAppsAsync(Arena arena, int round)
    {
        var user = await Account.RegisterAsync(arena.Client);
        var enrol = Writer.Request(4, "POST", "/api/auth/factors/totp", new { }, user.AccessToken, "201", Conflict);

        await arena.RaceAsync(round, enrol);

        enrol.Successes.ShouldBeGreaterThan(0);
        CountFactors(arena, user).ShouldBe(1);
    }

    private static async Task AddPasskeyAsync(Arena arena, int round)
    {
        var passkey = new Authenticator();
        var users = new[] { await Account.RegisterAsync(arena.Client), await Account.RegisterAsync(arena.Client) };
        var writers = new List<Writer>();
        foreach (var user in users)
        {
            writers.Add(
                Add(2, user, await AnswerOptionsAsync(arena, user, passkey), "400 VALIDATION_FAILED", DeadChallenge)
            );
        }

        await arena.RaceAsync(round, [.. writers]);

        writers.Sum(writer => writer.Successes).ShouldBe(1);
        users.Sum(user => CountFactors(arena, user)).ShouldBe(1);
    }

    private static async Task DeleteUserWithNewFactorAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        var add = Add(
            2,
            user,
            await AnswerOptionsAsync(arena, user, new Authenticator()),
            "400 VALIDATION_FAILED",
            DeadChallenge,
            "404 NOT_FOUND"
        );
        var delete = RacingWriters.DeleteUser(admin, user);

        await arena.RaceAsync(round, add, delete);

        if (delete.Successes > 0)
        {
            CountFactors(arena, user).ShouldBe(0);
            arena.Database.Count("RecoveryCodes", Of(arena, user)).ShouldBe(0);
        }
    }

    private static async Task RenameUsedFactorAsync(Arena arena, int round)
    {
        var clock = arena.Instances.Clock;
        var enrolled = await arena.Client.EnrolAppAsync(await Account.RegisterAsync(arena.Client), clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        var body = new
        {
            challenge = await arena.Client.BeginLoginAsync(enrolled.Account),
            code = enrolled.App.CodeAt(clock.GetUtcNow()),
        };
        var use = SignIn(3, body);
        var rename = Writer.Request(
            3,
            "PATCH",
            $"/api/auth/factors/{enrolled.Id}",
            new { name = "Phone" },
            enrolled.Account.AccessToken,
            "200",
            Conflict
        );

        await arena.RaceAsync(round, use, rename);

        use.Successes.ShouldBe(1);
        rename.Successes.ShouldBeGreaterThan(0);
    }

    private static async Task UseRecoveryCodeAsync(Arena arena, int round)
    {
        var clock = arena.Instances.Clock;
        var enrolled = await arena.Client.EnrolAppAsync(await Account.RegisterAsync(arena.Client), clock);
        var challenge = await arena.Client.BeginLoginAsync(enrolled.Account);
        var first = SignIn(3, new { challenge, recoveryCode = enrolled.RecoveryCodes[0] });
        var second = SignIn(3, new { challenge, recoveryCode = enrolled.RecoveryCodes[1] });

        await arena.RaceAsync(round, first, second);

        (first.Successes + second.Successes).ShouldBe(1);
        arena.Database.Count("RecoveryCodes", Of(arena, enrolled.Account)).ShouldBe(9);
    }

    private static async Task ReplaceRecoveryCodesAsync(Arena arena, int round)
    {
        var enrolled = await arena.Client.EnrolAppAsync(
            await Account.RegisterAsync(arena.Client),
            arena.Instances.Clock
        );
        var replace = Writer.Request(
            4,
            "POST",
            "/api/auth/factors/recovery-codes",
            body: null,
            enrolled.Account.AccessToken,
            "200",
            Conflict
        );

        await arena.RaceAsync(round, replace);

        replace.Successes.ShouldBeGreaterThan(0);
        arena.Database.Count("RecoveryCodes", Of(arena, enrolled.Account)).ShouldBe(10);
    }

    private static async Task<object> AnswerOptionsAsync(Arena arena, Account user, Authenticator passkey)
    {
        var request = await arena
            .Client.PostAsync("/api/auth/factors/passkeys/options", new { }, user.AccessToken)
            .ShouldBeAsync(200);
        return new
        {
            challengeToken = request.Text("challengeToken"),
            credential = passkey.Create(request["options"]!),
        };
    }

    private static Writer Add(int times, Account user, object body, params string[] refusals) =>
        Writer.Request(
            times,
            "POST",
            "/api/auth/factors/passkeys",
            body,
            user.AccessToken,
            ["201", Revoked, Conflict, .. refusals]
        );

    private static Writer SignIn(int times, object body) =>
        Writer.Request(
            times,
            "POST",
            "/api/auth/login/second-factor",
            body,
            bearer: null,
            "200",
            WrongCode,
            DeadChallenge,
            Conflict
        );

    private static long CountFactors(Arena arena, Account user) => arena.Database.Count("Factors", Of(arena, user));

    private static string Of(Arena arena, Account user) => $"\"UserId\" = {arena.Database.IdText(user.Id.ToString())}";
}
