using Auth.Application.Abstractions;
using Auth.Application.Keys;
using Auth.Application.Mail;
using Auth.Application.Users;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Races;

/// <summary>Writers that race for constraints of the model.</summary>
/// <param name="Name">What they write.</param>
/// <param name="Rules">The constraints that they race for, as <see cref="ModelRules"/> names them.</param>
/// <param name="RaceAsync">One round: sets up, races, and checks the result.</param>
internal sealed record RacingWriters(string Name, string[] Rules, Func<Arena, int, Task> RaceAsync)
{
    private const string Hash = "$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC";
    private const string Conflict = "409 CONCURRENT_UPDATE";
    private const string DeadLink = "400 INVALID_OR_EXPIRED_TOKEN";

    /// <summary>The time after which another instance takes over an audit chain.</summary>
    private static readonly TimeSpan s_unusedChain = TimeSpan.FromMinutes(11);

    public static IReadOnlyList<RacingWriters> All { get; } =
    [
        new("a role is assigned and deleted", ["UserRoles.RoleId references Roles"], DeleteAssignedRoleAsync),
        new("a user gets roles and is deleted", ["UserRoles.UserId references Users"], DeleteUserWithNewRolesAsync),
        new("a user signs in and is deleted", ["Sessions.UserId references Users"], DeleteUserWhoSignsInAsync),
        new(
            "a password is guessed and its user deleted",
            ["FailureCounts.UserId references Users"],
            DeleteUserWhoIsGuessedAtAsync
        ),
        new("a mail is stored and its user deleted", ["Mails.UserId references Users"], DeleteUserWithMailAsync),
        new("a mail is prepared", ["Mails.PreparedAt is compared"], PrepareMailAsync),
        new("roles of a user are replaced", ["UserRoles.UserId+RoleId is the key"], ReplaceRolesAsync),
        new("an address is registered", ["Users.NormalizedEmail is unique"], RegisterAddressAsync),
        new("a role is created", ["Roles.Name is unique", "Roles.NormalizedName is unique"], CreateRoleAsync),
        new("keys are replaced", ["SigningKeys.Ordinal is unique"], ReplaceKeysAsync),
        new("a shared secret becomes a key", ["SigningKeys.Id is the key"], MakeKeyOfSecretAsync),
        new("an address is guessed at", ["FailureCounts.Key is the key"], GuessUnknownAddressAsync),
        new("a user is renamed and gets roles", ["Users.TokenVersion is compared"], RenameUserWithNewRolesAsync),
        new("a role is replaced and deleted", ["Roles.Version is compared"], DeleteReplacedRoleAsync),
        new("a session is refreshed and ended", ["Sessions.Generation is compared"], EndRefreshedSessionAsync),
        new("a session is ended in several ways", ["Sessions.EndedAt is compared"], EndSessionAsync),
        new(
            "a mail is asked for and its user deleted",
            ["MailFlows.UserId references Users"],
            DeleteUserWhoGetsMailAsync
        ),
        new(
            "registrations of one address are confirmed",
            ["PendingRegistrations.FlowId references MailFlows"],
            ConfirmRegistrationsAsync
        ),
        new(
            "link and code of a mail are used",
            [
                "MailFlows.ConsumedAt is compared",
                "MailFlows.Generation is compared",
                "MailFlows.WrongCodes is compared",
            ],
            UseLinkAndCodeAsync
        ),
        new(
            "mails to one address are prepared",
            ["MailQuotas.Key is the key", "MailQuotas.Version is compared"],
            PrepareMailsAsync
        ),
        new(
            "a chain of the audit log is continued",
            ["AuditChains.Sequence is compared", "AuditRecords.ChainId+Sequence is unique"],
            ContinueChainAsync
        ),
        .. FactorWriters.All,
        .. RacingServices.All,
    ];

    private static async Task DeleteUserWhoGetsMailAsync(Arena arena, int round)
    {
        var instances = arena.GetInstancesWithFlows();
        var admin = await Account.LoginAsAdminAsync(instances.Client);
        var user = await instances.First.RegisterConfirmedAsync();
        var delete = DeleteUser(admin, user);
        var send = Writer.Request(
            3,
            "POST",
            $"/api/users/{user.Id}/send-password-reset",
            body: null,
            admin.AccessToken,
            "202",
            "404 NOT_FOUND",
            Conflict
        );

        await arena.RaceAsync(round, instances.Services, send, delete);

        var left = instances.Database.Count(
            "MailFlows",
            $"\"UserId\" = {instances.Database.IdText(user.Id.ToString())}"
        );
        (delete.Successes > 0 && left > 0).ShouldBeFalse();
    }

    private static async Task ConfirmRegistrationsAsync(Arena arena, int round)
    {
        var instances = arena.GetInstancesWithFlows();
        var email = Account.NewEmail();
        var writers = new List<Writer>();
        for (var i = 0; i < 3; i++)
        {
            object registration = new { email, password = Account.DefaultPassword };
            await instances.Client.PostAsync("/api/auth/register", registration).ShouldBeAsync(202);
            var mail = await instances.First.ReceiveAsync(email, "VerifyEmail");
            object proofs = new { token = mail.Token, password = Account.DefaultPassword };
            writers.Add(
                Writer.Request(2, "POST", "/api/auth/verify-email", proofs, bearer: null, "201", DeadLink, Conflict)
            );
        }

        await arena.RaceAsync(round, instances.Services, [.. writers]);

        writers.Sum(writer => writer.Successes).ShouldBe(1);
        instances.Database.Count("Users", $"\"Email\" = '{email}'").ShouldBe(1);
    }

    private static async Task UseLinkAndCodeAsync(Arena arena, int round)
    {
        var instances = arena.GetInstancesWithFlows();
        var user = await instances.First.RegisterConfirmedAsync();
        var started = await instances
            .Client.PostAsync("/api/auth/forgot-password", new { email = user.Email })
            .ShouldBeAsync(202);
        var mail = await instances.First.ReceiveAsync(user.Email, "ResetPassword");
        var flowToken = started.Text("flowToken");
        var byLink = Reset(3, new { token = mail.Token, newPassword = "seven-violet-kettles-march" });
        var byCode = Reset(
            3,
            new
            {
                flowToken,
                code = mail.Code,
                newPassword = "nine-violet-kettles-march",
            }
        );
        var wrong = Reset(
            2,
            new
            {
                flowToken,
                code = mail.WrongCode,
                newPassword = "ten-violet-kettles-march",
            }
        );

        await arena.RaceAsync(round, instances.Services, byLink, byCode, wrong);

        (byLink.Successes + byCode.Successes).ShouldBe(1);
        wrong.Successes.ShouldBe(0);
    }

    private static async Task PrepareMailsAsync(Arena arena, int round)
    {
        var instances = arena.GetInstancesWithFlows();
        var user = await instances.First.RegisterConfirmedAsync(); // the first mail
        for (var i = 0; i < 4; i++)
        {
            await instances
                .Client.PostAsync("/api/auth/forgot-password", new { email = user.Email })
                .ShouldBeAsync(202);
        }

        var deliver = new Writer("mails are delivered", 2, DeliverAsync, "delivered");
        await arena.RaceAsync(round, instances.Services, deliver);

        var sent =
            (await instances.First.ListMailsAsync(user.Email)).Count
            + (await instances.Second.ListMailsAsync(user.Email)).Count;
        sent.ShouldBe(3);

        async Task<(string, string)> DeliverAsync(TestService service)
        {
            var instance = service == instances.First.Service ? instances.First : instances.Second;
            await instance.ListMailsAsync(user.Email);
            return ("delivered", "");
        }
    }

    private static Writer Reset(int times, object body) =>
        Writer.Request(times, "POST", "/api/auth/reset-password", body, bearer: null, "204", DeadLink, Conflict);

    private static async Task DeleteAssignedRoleAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        var role = await arena.Client.CreateRoleAsync(admin);
        var assign = PutRoles(3, admin, user, ["viewer", role], "200", "400 VALIDATION_FAILED", Conflict);
        var delete = Writer.Request(
            2,
            "DELETE",
            $"/api/roles/{role}",
            body: null,
            admin.AccessToken,
            "204",
            "404 NOT_FOUND",
            "409 ROLE_IN_USE",
            Conflict
        );

        await arena.RaceAsync(round, assign, delete);

        var roles = await RolesOfAsync(arena, admin, user);
        var isThere = arena.Database.Count("Roles", $"\"Name\" = '{role}'") == 1;
        roles.Contains(role).ShouldBe(assign.Successes > 0);
        isThere.ShouldBe(delete.Successes == 0);
        (assign.Successes > 0 && delete.Successes > 0).ShouldBeFalse();
    }

    private static async Task DeleteUserWithNewRolesAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        var delete = DeleteUser(admin, user);
        await arena.RaceAsync(round, PutRoles(3, admin, user, ["editor"], "200", "404 NOT_FOUND", Conflict), delete);

        ShouldBeDeletedUnlessRefused(arena, user, delete);
    }

    private static async Task DeleteUserWhoSignsInAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        var delete = DeleteUser(admin, user);
        var logIn = LogIn(3, user.Email, user.Password, "200", "401 INVALID_CREDENTIALS", Conflict);
        await arena.RaceAsync(round, logIn, delete);

        ShouldBeDeletedUnlessRefused(arena, user, delete);
    }

    private static async Task DeleteUserWhoIsGuessedAtAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        var delete = DeleteUser(admin, user);
        await arena.RaceAsync(round, LogIn(4, user.Email, "not-the-password", "401 INVALID_CREDENTIALS"), delete);

        ShouldBeDeletedUnlessRefused(arena, user, delete);
    }

    private static async Task DeleteUserWithMailAsync(Arena arena, int round)
    {
        var instances = await arena.GetInstancesWithMailAsync();
        var admin = await Account.LoginAsAdminAsync(instances.First.Client);
        var user = await Account.RegisterAsync(instances.First.Client);
        var notify = new Writer("adds a mail", 3, AddAsync, "200", "409");
        var delete = DeleteUser(admin, user);
        await arena.RaceAsync(round, [instances.First, instances.Second], notify, delete);

        delete.Successes.ShouldBe(1);
        instances.Database.Count("Mails", $"\"UserId\" = {instances.Database.IdText(user.Id.ToString())}").ShouldBe(0);

        async Task<(string, string)> AddAsync(TestService service)
        {
            try
            {
                await service.AddMailsAsync([user.Email], userId: user.Id);
                return ("200", "");
            }
            catch (Exception failure) when (DatabaseError.IsLostRace(failure))
            {
                return ("409", "");
            }
        }
    }

    private static async Task PrepareMailAsync(Arena arena, int round)
    {
        var instances = await arena.GetInstancesWithMailAsync();
        await instances.First.AddMailsAsync(["ada@example.com"]);
        var id = await instances.First.FindLastMailAsync();
        await arena.RaceAsync(
            round,
            [instances.First, instances.Second],
            Writer.Command(4, new PrepareMailCommand(id), result => result.Error?.Code ?? "200", "200")
        );

        instances
            .Database.Count("Mails", $"{instances.Database.IdIs(id.ToString())} AND \"PreparedAt\" IS NULL")
            .ShouldBe(0);
    }

    private static async Task ReplaceRolesAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        await ReplaceRolesAsync(arena, round, admin, user, times: 4);
    }

    /// <summary>Replaces the roles of a user with two sets in turn, so that all writers add or remove the same role.</summary>
    public static async Task ReplaceRolesAsync(Arena arena, int round, Account admin, Account user, int times)
    {
        await arena.RaceAsync(
            round,
            PutRoles(times, admin, user, ["viewer"], "200", Conflict),
            PutRoles(times, admin, user, ["editor", "viewer"], "200", Conflict)
        );

        string.Join(' ', await RolesOfAsync(arena, admin, user)).ShouldBeOneOf("viewer", "editor viewer");
        var id = arena.Database.IdText(user.Id.ToString());
        var changes = arena.Database.Count("AuditRecords", $"\"Type\" = 'user.roles_changed' AND \"UserId\" = {id}");
        TokenVersionOf(arena, user).ShouldBe(1 + changes);
    }

    private static async Task RegisterAddressAsync(Arena arena, int round)
    {
        var email = Account.NewEmail();
        object body = new { email = email.ToUpperInvariant(), password = Account.DefaultPassword };
        string[] answers = ["201", "409 EMAIL_ALREADY_REGISTERED"];
        Writer[] writers =
        [
            Writer.Request(3, "POST", "/api/auth/register", body, bearer: null, answers),
            Writer.Command(
                2,
                new ImportUsersCommand([new UserImport(1, email) { PasswordHash = Hash, EmailConfirmed = true }]),
                result => result.Value?.Imported.Count == 1 ? "201" : result.Error?.Code ?? "200 skipped",
                "201",
                "200 skipped"
            ),
            Writer.Command(
                1,
                new CreateAdministratorCommand(email, Account.DefaultPassword, "a race"),
                result => result.IsFailure ? $"409 {result.Error.Code}" : "201",
                answers
            ),
        ];

        await arena.RaceAsync(round, writers);

        writers.SelectMany(writer => writer.Answers).Count(answer => answer == "201").ShouldBe(1);
        arena.Database.Count("Users", $"\"NormalizedEmail\" = '{email}'").ShouldBe(1);
    }

    private static async Task CreateRoleAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var name = Administration.NewRoleName();
        Writer[] writers = [Create(name), Create($"R{name[1..]}"), Create(name.ToUpperInvariant())];
        await arena.RaceAsync(round, writers);

        writers.Sum(writer => writer.Successes).ShouldBe(1);
        arena.Database.Count("Roles", $"\"NormalizedName\" = '{name}'").ShouldBe(1);

        Writer Create(string spelling)
        {
            object body = new { name = spelling, permissions = (string[])["articles:read"] };
            string[] answers = ["201", "409 ROLE_ALREADY_EXISTS", Conflict];
            return Writer.Request(2, "POST", "/api/roles", body, admin.AccessToken, answers);
        }
    }

    private static async Task ReplaceKeysAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        object body = new { emergency = true };
        // An instance may already know another's key, and reject the token of the old one.
        string[] answers = ["201", "401 INVALID_TOKEN", Conflict];
        var rotate = Writer.Request(4, "POST", "/api/keys/rotate", body, admin.AccessToken, answers);
        await arena.RaceAsync(round, rotate);

        rotate.Successes.ShouldBeGreaterThan(0);
        arena.Database.Count("SigningKeys", "\"RemovedAt\" IS NULL").ShouldBe(1);
        foreach (var instance in (TestService[])[arena.Instances.First, arena.Instances.Second])
        {
            await instance
                .Services.GetRequiredService<ILoadedSigningKeys>()
                .ReloadAsync(TestContext.Current.CancellationToken);
        }
    }

    // Its id is derived from the secret, so that all instances that start with it create the same key.
    private static async Task MakeKeyOfSecretAsync(Arena arena, int round)
    {
        var instances = await arena.GetInstancesWithSharedSecretAsync();
        instances.Database.Execute("DELETE FROM \"SigningKeys\"");
        var command = new RotateDueKeysCommand(AtStart: true);
        await arena.RaceAsync(
            round,
            [instances.First, instances.Second],
            Writer.Command(4, command, result => result.Error?.Code ?? "200", "200")
        );

        instances.Database.Count("SigningKeys").ShouldBe(1);
    }

    private static async Task GuessUnknownAddressAsync(Arena arena, int round)
    {
        const int guesses = 6;
        var before = arena.Database.Count("FailureCounts", $"\"Failures\" = {guesses}");
        await arena.RaceAsync(round, LogIn(guesses, Account.NewEmail(), "a-guess", "401 INVALID_CREDENTIALS"));

        arena.Database.Count("FailureCounts", $"\"Failures\" = {guesses}").ShouldBe(before + 1);
    }

    private static async Task RenameUserWithNewRolesAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var user = await Account.RegisterAsync(arena.Client);
        object name = new { displayName = "Ada" };
        var rename = Writer.Request(
            3,
            "PATCH",
            "/api/users/me",
            name,
            user.AccessToken,
            "200",
            "401 TOKEN_REVOKED",
            Conflict
        );
        var assign = PutRoles(2, admin, user, ["editor"], "200", Conflict);
        await arena.RaceAsync(round, rename, assign);

        var stored = await arena.Client.GetAsync($"/api/users/{user.Id}", admin.AccessToken).ShouldBeAsync(200);
        (stored["displayName"]?.GetValue<string>()).ShouldBe(rename.Successes > 0 ? "Ada" : null);
        stored.Texts("roles").ShouldBe([assign.Successes > 0 ? "editor" : "viewer"]);
        TokenVersionOf(arena, user).ShouldBe(assign.Successes > 0 ? 2 : 1);
    }

    private static async Task DeleteReplacedRoleAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var role = await arena.Client.CreateRoleAsync(admin);
        var replace = Replace("articles:read");
        var replaceOtherwise = Replace("articles:write");
        var delete = Writer.Request(1, "DELETE", $"/api/roles/{role}", body: null, admin.AccessToken, "204", Conflict);
        await arena.RaceAsync(round, replace, replaceOtherwise, delete);

        if (delete.Successes > 0)
        {
            arena.Database.Count("Roles", $"\"Name\" = '{role}'").ShouldBe(0);
            return;
        }

        var stored = await arena.Client.GetAsync($"/api/roles/{role}", admin.AccessToken).ShouldBeAsync(200);
        var permission = stored.Texts("permissions").SingleOrDefault();
        (permission is null).ShouldBe(replace.Successes + replaceOtherwise.Successes == 0);

        Writer Replace(string permission)
        {
            object body = new { permissions = (string[])[permission] };
            string[] answers = ["200", "404 NOT_FOUND", Conflict];
            return Writer.Request(2, "PUT", $"/api/roles/{role}", body, admin.AccessToken, answers);
        }
    }

    private static async Task EndRefreshedSessionAsync(Arena arena, int round)
    {
        var user = await Account.RegisterAsync(arena.Client);
        object body = new { refreshToken = user.RefreshToken };
        string[] answers = ["200", "401 INVALID_REFRESH_TOKEN", Conflict];
        await arena.RaceAsync(
            round,
            Writer.Request(3, "POST", "/api/auth/refresh", body, bearer: null, answers),
            Writer.Request(2, "POST", "/api/auth/logout", body, bearer: null, "204")
        );

        await user.ShouldHaveEndedAsync(arena.Client, "logout");
        EndsOf(arena, user).ShouldBe(1);
    }

    private static async Task EndSessionAsync(Arena arena, int round)
    {
        var user = await Account.RegisterAsync(arena.Client);
        var other = await user.LoginAgainAsync(arena.Client);
        object body = new { refreshToken = other.RefreshToken };
        await arena.RaceAsync(
            round,
            Writer.Request(2, "POST", "/api/auth/logout", body, bearer: null, "204"),
            Writer.Request(2, "DELETE", $"/api/auth/sessions/{other.SessionId}", body: null, user.AccessToken, "204"),
            Writer.Request(1, "DELETE", "/api/auth/sessions", body: null, user.AccessToken, "204")
        );

        EndsOf(arena, other).ShouldBe(1);
        await user.RefreshAsync(arena.Client);
    }

    private static async Task ContinueChainAsync(Arena arena, int round)
    {
        arena.Instances.Clock.Advance(s_unusedChain);
        // Guesses at so many accounts are reported as well, once for each instance.
        const string Guesses = "\"Type\" = 'login.failed'";
        var before = arena.Database.Count("AuditRecords", Guesses);
        await arena.RaceAsync(round, LogIn(4, Account.NewEmail(), "a-guess", "401 INVALID_CREDENTIALS"));

        arena.Database.Count("AuditRecords", Guesses).ShouldBe(before + 4);
    }

    private static Writer PutRoles(int times, Account admin, Account user, string[] roles, params string[] expected) =>
        Writer.Request(times, "PUT", $"/api/users/{user.Id}/roles", new { roles }, admin.AccessToken, expected);

    public static Writer DeleteUser(Account admin, Account user) =>
        Writer.Request(
            2,
            "DELETE",
            $"/api/users/{user.Id}",
            body: null,
            admin.AccessToken,
            "204",
            "404 NOT_FOUND",
            Conflict
        );

    private static Writer LogIn(int times, string email, string password, params string[] expected)
    {
        object body = new { email, password };
        return Writer.Request(times, "POST", "/api/auth/login", body, bearer: null, expected);
    }

    private static void ShouldBeDeletedUnlessRefused(Arena arena, Account user, Writer delete)
    {
        var id = arena.Database.IdText(user.Id.ToString());
        delete.Successes.ShouldBeLessThanOrEqualTo(1);
        arena.Database.Count("Users", $"\"Id\" = {id}").ShouldBe(1 - delete.Successes);
        if (delete.Successes > 0)
        {
            foreach (var table in (string[])["UserRoles", "Sessions", "FailureCounts"])
            {
                arena.Database.Count(table, $"\"UserId\" = {id}").ShouldBe(0, table);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> RolesOfAsync(Arena arena, Account admin, Account user) =>
        [
            .. (await arena.Client.GetAsync($"/api/users/{user.Id}", admin.AccessToken).ShouldBeAsync(200)).Texts(
                "roles"
            ),
        ];

    private static long TokenVersionOf(Arena arena, Account user) =>
        Convert.ToInt64(
            arena.Database.Scalar(
                $"SELECT \"TokenVersion\" FROM \"Users\" WHERE {arena.Database.IdIs(user.Id.ToString())}"
            ),
            provider: null
        );

    /// <summary>The number of records about the end of an account's session.</summary>
    private static long EndsOf(Arena arena, Account account) =>
        arena.Database.Count(
            "AuditRecords",
            $"\"Type\" IN ('logout', 'session.revoked') AND \"SessionId\" = {arena.Database.IdText(account.SessionId)}"
        );
}
