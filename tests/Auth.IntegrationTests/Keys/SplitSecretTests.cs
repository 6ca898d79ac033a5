using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>Private keys require the database and the master key; neither is sufficient alone.</summary>
public sealed class SplitSecretTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public async Task The_database_contains_no_readable_private_key(string algorithm)
    {
        await using (TestService.Start(_database, null, ("Jwt:Algorithm", algorithm))) { }

        var stored = (byte[])_database.Scalar("SELECT \"EncryptedPrivateKey\" FROM \"SigningKeys\"")!;
        var publicKey = (byte[])_database.Scalar("SELECT \"PublicKey\" FROM \"SigningKeys\"")!;

        // Not at any offset, and the object identifiers that every private key contains occur only in the public key.
        using AsymmetricAlgorithm pair = algorithm == "ES256" ? ECDsa.Create() : RSA.Create();
        for (var offset = 0; offset < stored.Length; offset++)
        {
            Should.Throw<CryptographicException>(() => pair.ImportPkcs8PrivateKey(stored.AsSpan(offset), out _));
        }

        byte[] identifier =
            algorithm == "ES256" ? [0x2a, 0x86, 0x48, 0xce, 0x3d] : [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d];
        publicKey.AsSpan().IndexOf(identifier).ShouldBeGreaterThanOrEqualTo(0);
        stored.AsSpan().IndexOf(identifier).ShouldBe(-1);
    }

    [Fact]
    public async Task A_shared_secret_is_not_in_the_database_in_any_readable_form()
    {
        await using (
            TestService.Start(_database, null, ("Jwt:Algorithm", "HS256"), ("Jwt:Secret", ForgedAccessTokens.Secret))
        ) { }

        var secret = Encoding.UTF8.GetBytes(ForgedAccessTokens.Secret);
        var stored = (byte[])_database.Scalar("SELECT \"EncryptedPrivateKey\" FROM \"SigningKeys\"")!;
        stored.AsSpan().IndexOf(secret.AsSpan(0, 8)).ShouldBe(-1);
        _database.DumpText().ShouldNotContain(ForgedAccessTokens.Secret[..8]);
    }

    [Fact]
    public async Task A_changed_configuration_alone_creates_another_key()
    {
        string token;
        await using (var service = TestService.Start(_database))
        {
            token = (await Account.RegisterAsync(service.Client)).AccessToken;
        }

        // A thief with the same configuration and a different database.
        using var empty = new TestDatabase();
        await using var thief = TestService.Start(empty);
        var forged = (await Account.RegisterAsync(thief.Client)).AccessToken;
        KeyRequests.KeyOf(forged).ShouldNotBe(KeyRequests.KeyOf(token));

        await using var victim = TestService.Start(_database);
        await victim.Client.MeAsync(forged).ShouldBeProblemAsync(401, "INVALID_TOKEN");
        await victim.Client.MeAsync(token).ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_service_does_not_start_with_another_master_key()
    {
        await using (TestService.Start(_database)) { }

        using var process = Process.Start(
            new ProcessStartInfo(
                Programs.Find("dotnet", "dotnet.exe")!,
                ["Auth.Api.dll", "--urls", "http://127.0.0.1:0"]
            )
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                WorkingDirectory = AppContext.BaseDirectory,
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    ["Database__Provider"] = _database.Provider,
                    ["ConnectionStrings__Auth"] = _database.ConnectionString,
                    ["Security__MasterKey"] = MasterKeys.Other,
                    ["Jwt__Issuer"] = "https://auth.example.com",
                    ["Jwt__Audience"] = "example",
                },
            }
        )!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(1, error);
        error.ShouldStartWith("Security:MasterKey: The private key of signing key ");
        error.ShouldContain("Security:PreviousMasterKeys");
        error.Trim().ShouldNotContain('\n');
        _database.Count("SigningKeys").ShouldBe(1);
    }
}
