using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.IntegrationTests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Auth.IntegrationTests.Races;

/// <summary>
/// Commands that lose a race on every retry, because the database has a constraint that the service does not know;
/// and sign-ins whose account changes after the password was compared.
/// </summary>
public sealed class PasswordHashingTests : IAsyncLifetime
{
    private const string NewPassword = "seven-violet-kettles-march";
    private const string WrongPassword = "not-the-one-it-should-be";

    private readonly TestDatabase _database = new();
    private CountingPasswordHasher? _passwords;
    private TestService? _service;

    private HttpClient Client => _service!.Client;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(
            _database,
            services =>
            {
                var hasher = services.Single(service => service.ServiceType == typeof(IPasswordHasher));
                services.Replace(
                    ServiceDescriptor.Singleton<IPasswordHasher>(provider =>
                        _passwords = new CountingPasswordHasher(
                            (IPasswordHasher)ActivatorUtilities.CreateInstance(provider, hasher.ImplementationType!)
                        )
                    )
                );
            }
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_registration_hashes_its_password_once()
    {
        MakeUnique("Users", "Status"); // that of the administrator is taken

        await ShouldConflictAsync(
            () =>
                Client.PostAsync(
                    "/api/auth/register",
                    new { email = Account.NewEmail(), password = Account.DefaultPassword }
                ),
            verifications: 0,
            hashes: 1
        );
    }

    [Fact]
    public async Task The_creation_of_an_administrator_hashes_its_password_once()
    {
        MakeUnique("Users", "Status");
        await using var scope = _service!.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var before = _passwords!.Count;

        var result = await mediator.Send(
            new CreateAdministratorCommand(Account.NewEmail(), Account.DefaultPassword, "a test"),
            TestContext.Current.CancellationToken
        );

        result.Error!.Code.ShouldBe("CONCURRENT_UPDATE");
        (_passwords.Count - before).ShouldBe(new Calls(Verifications: 0, Hashes: 1));
    }

    [Fact]
    public async Task A_sign_in_compares_its_password_once()
    {
        var account = await Account.RegisterAsync(Client);
        await account.LoginAgainAsync(Client);
        RecordOnlyOnce("login.succeeded");

        await ShouldConflictAsync(() => LogInAsync(account, account.Password), verifications: 1, hashes: 0);
    }

    [Fact]
    public async Task A_sign_in_with_an_outdated_hash_replaces_it_once()
    {
        var account = await Account.RegisterAsync(Client);
        await account.LoginAgainAsync(Client);
        RecordOnlyOnce("login.succeeded");
        SetHash(account, BCrypt.Net.BCrypt.HashPassword(account.Password, 5));

        await ShouldConflictAsync(() => LogInAsync(account, account.Password), verifications: 1, hashes: 1);
    }

    [Fact]
    public async Task A_rejected_sign_in_is_compared_and_counted_once()
    {
        var account = await Account.RegisterAsync(Client);
        await LogInAsync(account, WrongPassword).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        RecordOnlyOnce("login.failed");

        await ShouldConflictAsync(() => LogInAsync(account, WrongPassword), verifications: 1, hashes: 0);

        _database.Count("FailureCounts", "\"Failures\" = 2").ShouldBe(1);
    }

    [Fact]
    public async Task A_password_change_compares_once_and_hashes_once()
    {
        await ChangePasswordAsync(await Account.RegisterAsync(Client)).ShouldBeAsync(204);
        RecordOnlyOnce("password.changed");
        var account = await Account.RegisterAsync(Client);

        await ShouldConflictAsync(() => ChangePasswordAsync(account), verifications: 1, hashes: 1);

        await account.LoginAgainAsync(Client);
    }

    [Fact]
    public async Task A_wrong_current_password_is_compared_and_counted_once()
    {
        var account = await Account.RegisterAsync(Client);
        await DeleteAsync(account, WrongPassword).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        RecordOnlyOnce("login.failed");

        await ShouldConflictAsync(() => DeleteAsync(account, WrongPassword), verifications: 1, hashes: 0);

        _database.Count("FailureCounts", "\"Failures\" = 2").ShouldBe(1);
    }

    [Fact]
    public async Task Deleting_the_own_account_compares_its_password_once()
    {
        var first = await Account.RegisterAsync(Client);
        await DeleteAsync(first, first.Password).ShouldBeAsync(204);
        RecordOnlyOnce("user.deleted");
        var account = await Account.RegisterAsync(Client);

        await ShouldConflictAsync(() => DeleteAsync(account, account.Password), verifications: 1, hashes: 0);

        await account.LoginAgainAsync(Client);
    }

    [Fact]
    public async Task A_sign_in_is_rejected_if_the_password_is_changed_meanwhile()
    {
        var account = await Account.RegisterAsync(Client);

        await ShouldBeRejectedAsync(account, meanwhile: () => ChangePasswordAsync(account).ShouldBeAsync(204));

        _database.Count("FailureCounts").ShouldBe(0);
    }

    [Fact]
    public async Task A_sign_in_is_rejected_if_the_account_is_disabled_meanwhile()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Account.RegisterAsync(Client);

        await ShouldBeRejectedAsync(
            account,
            meanwhile: () =>
                Client.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken).ShouldBeAsync(200)
        );
    }

    [Fact]
    public async Task A_sign_in_is_rejected_if_the_account_is_deleted_meanwhile()
    {
        var account = await Account.RegisterAsync(Client);

        await ShouldBeRejectedAsync(
            account,
            meanwhile: () => DeleteAsync(account, account.Password).ShouldBeAsync(204)
        );
    }

    [Fact]
    public async Task A_wrong_password_is_counted_even_if_the_account_is_deleted_meanwhile()
    {
        var account = await Account.RegisterAsync(Client);
        _passwords!.AfterNextVerification = () => DeleteAsync(account, account.Password).ShouldBeAsync(204);

        await LogInAsync(account, WrongPassword).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        _database.Count("FailureCounts", "\"Failures\" = 1 AND \"UserId\" IS NULL").ShouldBe(1);
    }

    [Fact]
    public async Task A_concurrently_replaced_hash_is_kept_and_rejects_nobody()
    {
        var account = await Account.RegisterAsync(Client);
        var newer = BCrypt.Net.BCrypt.HashPassword(account.Password, 6);
        SetHash(account, BCrypt.Net.BCrypt.HashPassword(account.Password, 5));
        _passwords!.AfterNextVerification = () =>
        {
            SetHash(account, newer);
            return Task.CompletedTask;
        };

        await LogInAsync(account, account.Password).ShouldBeAsync(200);

        _database.Count("Users", $"\"PasswordHash\" = '{newer}'").ShouldBe(1);
    }

    [Fact]
    public async Task The_password_of_a_disabled_account_is_not_compared()
    {
        var account = await Account.RegisterAsync(Client);
        SetHash(account, BCrypt.Net.BCrypt.HashPassword(account.Password, 4));
        var admin = await Account.LoginAsAdminAsync(Client);
        await Client.PostAsync($"/api/users/{account.Id}/disable", null, admin.AccessToken).ShouldBeAsync(200);

        foreach (var password in (string[])[account.Password, WrongPassword])
        {
            await LogInAsync(account, password).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
            _passwords!.LastHash.ShouldBeNull();
        }

        _database.Count("AuditRecords", "\"Type\" = 'login.failed' AND \"Detail\" = 'account disabled'").ShouldBe(2);
    }

    private async Task ShouldBeRejectedAsync(Account account, Func<Task> meanwhile)
    {
        _passwords!.AfterNextVerification = meanwhile;

        await LogInAsync(account, account.Password).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        _database
            .Count("AuditRecords", "\"Type\" = 'login.failed' AND \"Detail\" = 'account changed meanwhile'")
            .ShouldBe(1);
    }

    private void SetHash(Account account, string hash)
    {
        var id = _database.IdText(account.Id.ToString());
        _database.Execute($"UPDATE \"Users\" SET \"PasswordHash\" = '{hash}' WHERE \"Id\" = {id}").ShouldBe(1);
    }

    private async Task ShouldConflictAsync(Func<Task<HttpResponseMessage>> send, int verifications, int hashes)
    {
        var before = _passwords!.Count;

        await send().ShouldBeProblemAsync(409, "CONCURRENT_UPDATE");

        (_passwords.Count - before).ShouldBe(new Calls(verifications, hashes));
    }

    private Task<HttpResponseMessage> LogInAsync(Account account, string password) =>
        Client.PostAsync("/api/auth/login", new { email = account.Email, password });

    private Task<HttpResponseMessage> ChangePasswordAsync(Account account) =>
        Client.PostAsync(
            "/api/auth/change-password",
            new { currentPassword = account.Password, newPassword = NewPassword },
            account.AccessToken
        );

    private Task<HttpResponseMessage> DeleteAsync(Account account, string password) =>
        Client.PostAsync("/api/users/me/delete", new { password }, account.AccessToken);

    private void RecordOnlyOnce(string type) => MakeUnique("AuditRecords", "Type", $" WHERE \"Type\" = '{type}'");

    private void MakeUnique(string table, string column, string where = "") =>
        _database.Execute($"CREATE UNIQUE INDEX \"UX_Later\" ON \"{table}\" (\"{column}\"){where}");

    private sealed record Calls(int Verifications, int Hashes)
    {
        public static Calls operator -(Calls after, Calls before) =>
            new(after.Verifications - before.Verifications, after.Hashes - before.Hashes);
    }

    private sealed class CountingPasswordHasher(IPasswordHasher passwords) : IPasswordHasher
    {
        private int _verifications;
        private int _hashes;

        /// <summary>Runs after the next comparison of a password, before its result is returned.</summary>
        public Func<Task>? AfterNextVerification { get; set; }

        /// <summary>The hash that the last password was compared with.</summary>
        public string? LastHash { get; private set; }

        public Calls Count => new(_verifications, _hashes);

        public Task<string> HashAsync(string password, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _hashes);
            return passwords.HashAsync(password, cancellationToken);
        }

        public async Task<PasswordVerification> VerifyAsync(
            string password,
            string? hash,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref _verifications);
            LastHash = hash;
            var result = await passwords.VerifyAsync(password, hash, cancellationToken);
            if (AfterNextVerification is { } action)
            {
                AfterNextVerification = null;
                await action();
            }

            return result;
        }

        public bool CanVerify(string hash) => passwords.CanVerify(hash);
    }
}
