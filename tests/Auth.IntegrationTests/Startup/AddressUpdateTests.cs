using Auth.Infrastructure.Background;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Startup;

/// <summary>A database of the version that only lower-cased addresses: not case-folded, and with domains as typed.</summary>
public sealed class AddressUpdateTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public static TheoryData<string, string, string, string> Earlier { get; } =
        new()
        {
            { "νικος@example.com", "νικος@example.com", "ΝΙΚΟΣ@example.com", "νικοσ@example.com" },
            { "Jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example", "jo@bücher.example", "jo@bücher.example" },
            { "Straße@example.com", "straße@example.com", "strasse@example.com", "strasse@example.com" },
        };

    public void Dispose() => _database.Dispose();

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task A_user_is_found_by_every_spelling_immediately_and_updated_later(
        string email,
        string stored,
        string other,
        string normalized
    )
    {
        var user = await StoreAsync((email, stored));
        await using var service = TestService.Start(_database);

        // An instance of the earlier version still finds them.
        StoredText(user[0]).ShouldBe(stored);
        await ShouldSignInAsync(service, user[0], email, other);
        await ShouldBeTakenAsync(service, other);

        await UpdateAsync(service);

        StoredText(user[0]).ShouldBe(normalized);
        await ShouldSignInAsync(service, user[0], email, other);
        await ShouldBeTakenAsync(service, email);
        (await Account.LoginAsync(service.Client, other, Account.DefaultPassword)).SignIn["user"]!
            .Text("email")
            .ShouldBe(email);
        await using var restarted = TestService.Start(_database);
        await ShouldSignInAsync(restarted, user[0], email, other);
    }

    [Fact]
    public async Task A_user_added_by_an_earlier_version_meanwhile_signs_in_and_is_updated()
    {
        await using var service = TestService.Start(_database);
        var user = await StoreAsync(("νικος@example.com", "νικος@example.com"));

        await ShouldSignInAsync(service, user[0], "νικος@example.com");
        await ShouldBeTakenAsync(service, "νικος@example.com");
        await UpdateAsync(service);

        await ShouldSignInAsync(service, user[0], "νικος@example.com", "ΝΙΚΟΣ@example.com");
    }

    [Fact]
    public async Task Several_instances_can_update_simultaneously()
    {
        var users = await StoreAsync([
            .. Enumerable.Range(0, 20).Select(i => ($"νικος-{i}-ς@example.com", $"νικος-{i}-ς@example.com")),
        ]);
        await using var first = TestService.Start(_database);
        await using var second = TestService.Start(_database);

        await Task.WhenAll(UpdateAsync(first), UpdateAsync(second), UpdateAsync(first), UpdateAsync(second));

        users
            .Select((id, i) => (StoredText(id), $"νικοσ-{i}-σ@example.com"))
            .ShouldAllBe(pair => pair.Item1 == pair.Item2);
    }

    [Fact]
    public async Task Two_users_with_one_mailbox_both_keep_working_and_are_reported()
    {
        var users = await StoreAsync(
            ("jo@bücher.example", "jo@bücher.example"),
            ("jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example")
        );
        await using var service = TestService.Start(_database);
        await UpdateAsync(service);

        await ShouldSignInAsync(service, users[0], "jo@bücher.example", "JO@BU\u0308CHER.example");
        await ShouldSignInAsync(service, users[1], "jo@xn--bcher-kva.example", "JO@XN--BCHER-KVA.example");
        await ShouldBeTakenAsync(service, "jo@bücher.example", "jo@xn--bcher-kva.example");
        StoredText(users[1]).ShouldBe("jo@xn--bcher-kva.example");
        service
            .Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))
            .ShouldContain(line => line.Contains("users share a mailbox"), 1);
        (await DoctorAsync()).ShouldContain(
            $"warning  E-mail addresses: users {users[0]} and {users[1]} have the same mailbox"
        );
        (await SearchAsync(service, "jo@xn--bcher-kva.example")).ShouldBe(users, ignoreOrder: true);

        // When one of them has been deleted, there is nothing left to report.
        var admin = await Account.LoginAsAdminAsync(service.Client);
        await service
            .Client.SendAsync("DELETE", $"/api/users/{users[0]}", bearer: admin.AccessToken)
            .ShouldBeAsync(204);
        await UpdateAsync(service);

        await ShouldSignInAsync(service, users[1], "jo@bücher.example", "jo@xn--bcher-kva.example");
        (await DoctorAsync()).ShouldContain("ok       E-mail addresses: no two users share a mailbox");
    }

    [Fact]
    public async Task If_two_users_share_a_mailbox_the_older_one_gets_the_unclaimed_spellings()
    {
        var users = await StoreAsync(("ςσ@example.com", "ςσ@example.com"), ("σς@example.com", "σς@example.com"));
        await using var service = TestService.Start(_database);

        await ShouldSignInAsync(service, users[0], "ςσ@example.com", "ΣΣ@example.com");
        await ShouldSignInAsync(service, users[1], "σς@example.com");
        (await DoctorAsync()).ShouldContain("ok       E-mail addresses: 1 stored in the form of an earlier version;");
        await UpdateAsync(service);

        await ShouldSignInAsync(service, users[0], "ςσ@example.com", "ΣΣ@example.com", "σσ@example.com");
        await ShouldSignInAsync(service, users[1], "σς@example.com");
    }

    [Fact]
    public async Task Guesses_at_one_of_two_users_with_one_mailbox_do_not_lock_the_other()
    {
        var users = await StoreAsync(
            ("jo@bücher.example", "jo@bücher.example"),
            ("jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example")
        );
        await using var service = TestService.Start(_database);

        for (var i = 0; i < 10; i++)
        {
            await service
                .Client.PostAsync(
                    "/api/auth/login",
                    new { email = "jo@xn--bcher-kva.example", password = "wrong-" + i }
                )
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        await ShouldSignInAsync(service, users[0], "jo@bücher.example");
        await service
            .Client.PostAsync(
                "/api/auth/login",
                new { email = "jo@xn--bcher-kva.example", password = Account.DefaultPassword }
            )
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    /// <summary>Creates users, and stores their addresses like the earlier version.</summary>
    private async Task<Guid[]> StoreAsync(params (string Email, string Stored)[] addresses)
    {
        await using var service = TestService.Start(_database);
        var ids = new List<Guid>();
        foreach (var (email, stored) in addresses)
        {
            var account = await Account.RegisterAsync(service.Client);
            _database
                .Execute(
                    $"""
                    UPDATE "Users" SET "Email" = {_database.Text(email)}, "NormalizedEmail" = {_database.Text(stored)}
                    WHERE {_database.IdIs(account.Id.ToString())}
                    """
                )
                .ShouldBe(1);
            ids.Add(account.Id);
        }

        return [.. ids];
    }

    private string StoredText(Guid id) =>
        _database
            .Scalar($"SELECT \"NormalizedEmail\" FROM \"Users\" WHERE {_database.IdIs(id.ToString())}")
            .ShouldBeOfType<string>();

    private static Task UpdateAsync(TestService service) =>
        service
            .Services.GetServices<IHostedService>()
            .OfType<AddressUpdate>()
            .Single()
            .RunAsync(TestContext.Current.CancellationToken);

    private static async Task ShouldSignInAsync(TestService service, Guid id, params string[] spellings)
    {
        foreach (var spelling in spellings)
        {
            (await Account.LoginAsync(service.Client, spelling, Account.DefaultPassword)).Id.ShouldBe(id, spelling);
        }
    }

    private static async Task ShouldBeTakenAsync(TestService service, params string[] spellings)
    {
        foreach (var email in spellings)
        {
            await service
                .Client.PostAsync("/api/auth/register", new { email, password = Account.DefaultPassword })
                .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
        }
    }

    private static async Task<IEnumerable<Guid>> SearchAsync(TestService service, string search)
    {
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var page = await service
            .Client.GetAsync($"/api/users?search={Uri.EscapeDataString(search)}", admin.AccessToken)
            .ShouldBeAsync(200);
        return page["items"]!.AsArray().Select(user => Guid.Parse(user!.Text("id")));
    }

    private async Task<string> DoctorAsync()
    {
        var (_, output, _) = await ServiceProcess.RunAsync(["doctor"], OperatorSettings.For(_database));
        return output;
    }
}
