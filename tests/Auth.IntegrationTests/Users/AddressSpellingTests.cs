using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

/// <summary>All spellings of a mailbox are one account, everywhere.</summary>
public sealed class AddressSpellingTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("{0}@bücher.example", "{0}@xn--bcher-kva.example")]
    [InlineData("{0}@xn--bcher-kva.example", "{0}@BÜCHER.example")]
    [InlineData("{0}-ΝΙΚΟΣ@example.com", "{0}-νικος@example.com")]
    [InlineData("{0}-νικος@example.com", "{0}-ΝΙΚΟΣ@example.com")]
    [InlineData("{0}-straße@example.com", "{0}-STRASSE@example.com")]
    public async Task A_registered_address_is_taken_in_every_spelling(string pattern, string otherPattern)
    {
        var name = Guid.CreateVersion7().ToString("n");
        var (email, other) = (string.Format(null, pattern, name), string.Format(null, otherPattern, name));
        var account = await Account.RegisterAsync(_client, email);

        await _client
            .PostAsync("/api/auth/register", new { email = other, password = Account.DefaultPassword })
            .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
        var signIn = await Account.LoginAsync(_client, other, Account.DefaultPassword);

        signIn.Id.ShouldBe(account.Id);
        signIn.SignIn["user"]!.Text("email").ShouldBe(email);
        var admin = await Account.LoginAsAdminAsync(_client);
        foreach (var search in new[] { email, other, otherPattern.Contains("xn--") ? email[..^8] : other[..^8] })
        {
            var page = await _client
                .GetAsync($"/api/users?search={Uri.EscapeDataString(search)}", admin.AccessToken)
                .ShouldBeAsync(200);
            page["items"]!.AsArray().ShouldHaveSingleItem()!.Text("id").ShouldBe(account.Id.ToString());
        }
    }

    [Fact]
    public async Task Domains_that_differ_in_DNS_are_different_accounts()
    {
        var name = Guid.CreateVersion7().ToString("n");
        var first = await Account.RegisterAsync(_client, name + "@straße.example");
        var second = await Account.RegisterAsync(_client, name + "@strasse.example");

        second.Id.ShouldNotBe(first.Id);
        (await Account.LoginAsync(_client, name + "@xn--strae-oqa.example", Account.DefaultPassword)).Id.ShouldBe(
            first.Id
        );
    }

    [Fact]
    public async Task Wrong_passwords_for_any_spelling_are_counted_together()
    {
        var name = Guid.CreateVersion7().ToString("n");
        string[] spellings = [name + "@bücher.example", name + "@xn--bcher-kva.example", name + "@BÜCHER.example"];

        for (var i = 0; i < 10; i++)
        {
            await _client
                .PostAsync("/api/auth/login", new { email = spellings[i % 3], password = "wrong-" + i })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        fixture.Database.Count("FailureCounts", "\"Failures\" = 10").ShouldBe(1);
    }
}
