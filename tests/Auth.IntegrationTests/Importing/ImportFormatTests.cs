using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Importing;

/// <summary>A hundred users of each system, imported by the command that the guide gives.</summary>
public sealed class ImportFormatTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IDisposable
{
    private readonly Import _import = new(fixture.Database);

    public void Dispose() => _import.Dispose();

    [Theory]
    [InlineData("identity", "array")]
    [InlineData("identity", "lines")]
    [InlineData("identity", "FOR JSON")]
    [InlineData("keycloak", "")]
    [InlineData("auth0", "")]
    [InlineData("supabase", "csv")]
    [InlineData("supabase", "json")]
    [InlineData("django", "")]
    [InlineData("firebase", "")]
    public async Task Every_user_is_imported_and_signs_in_with_the_old_password(string format, string style)
    {
        var file = format switch
        {
            "identity" => ExportFiles.Identity(style),
            "keycloak" => ExportFiles.Keycloak(),
            "auth0" => ExportFiles.Auth0(),
            "supabase" => ExportFiles.Supabase(style),
            "django" => ExportFiles.Django(),
            _ => ExportFiles.Firebase(),
        };
        var options = ImportGuide.OptionsOf(format, _import.IdsFile);

        var (exitCode, report) = await _import.RunAsync(file.Text, options);

        exitCode.ShouldBe(0, report);
        report.ShouldContain(": 100 imported, 0 rejected.");
        var ids = (await File.ReadAllLinesAsync(_import.IdsFile, TestContext.Current.CancellationToken))
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(row => row.Text("email"));
        ids.Count.ShouldBe(100);
        foreach (var user in file.Users)
        {
            ids[user.Email].Text("oldId").ShouldBe(user.OldId, StringCompareShould.IgnoreCase);
            await ShouldBeThereAsync(user, Guid.Parse(ids[user.Email].Text("newId")));
        }

        // No hash was considered damaged.
        fixture.Service.Log.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private async Task ShouldBeThereAsync(ExportedUser user, Guid id)
    {
        if (user.KeepsId)
        {
            id.ShouldBe(Guid.Parse(user.OldId!));
        }

        if (user.SignsIn)
        {
            var account = await Account.LoginAsync(fixture.Client, user.Email, user.Password);
            account.Id.ShouldBe(id);
            account.SignIn["user"]!["displayName"]?.GetValue<string>().ShouldBe(user.DisplayName);
            account.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBe(user.EmailConfirmed);
        }
        else
        {
            await fixture
                .Client.PostAsync("/api/auth/login", new { email = user.Email, password = user.Password })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
            fixture
                .Database.Scalar($"SELECT \"Status\" FROM \"Users\" WHERE \"Email\" = '{user.Email}'")
                .ShouldBe(user.IsDisabled ? "Disabled" : "Active");
        }
    }
}
