using System.Text.Json;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>A device of Chromium that keeps passkeys for one page (WebAuthn §11).</summary>
internal sealed class VirtualAuthenticator
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private VirtualAuthenticator(ICDPSession session, string id)
    {
        _session = session;
        _id = id;
    }

    /// <summary>Gives a page a device, whose user agrees to every request.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isUserVerified">Whether its user can prove that the device is theirs.</param>
    public static async Task<VirtualAuthenticator> AddAsync(IPage page, bool isUserVerified = true)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["ctap2Version"] = "ctap2_1",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = isUserVerified,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        return new(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>The only passkey.</summary>
    public async Task<VirtualPasskey> ReadPasskeyAsync()
    {
        var answer = await SendAsync("getCredentials", []);
        return answer!
            .Value.GetProperty("credentials")
            .EnumerateArray()
            .Single()
            .Deserialize<VirtualPasskey>(JsonSerializerOptions.Web)!;
    }

    /// <summary>Has only this passkey from now on.</summary>
    public async Task ReplacePasskeyAsync(VirtualPasskey passkey)
    {
        await SendAsync("clearCredentials", []);
        await SendAsync(
            "addCredential",
            new()
            {
                ["credential"] = new Dictionary<string, object>
                {
                    ["credentialId"] = passkey.CredentialId,
                    ["isResidentCredential"] = true,
                    ["rpId"] = passkey.RpId,
                    ["privateKey"] = passkey.PrivateKey,
                    ["userHandle"] = passkey.UserHandle,
                    ["signCount"] = passkey.SignCount,
                },
            }
        );
    }

    private Task<JsonElement?> SendAsync(string command, Dictionary<string, object> arguments)
    {
        arguments["authenticatorId"] = _id;
        return _session.SendAsync($"WebAuthn.{command}", arguments);
    }
}

/// <summary>A passkey, as Chromium exports it.</summary>
internal sealed record VirtualPasskey(
    string CredentialId,
    string RpId,
    string PrivateKey,
    string UserHandle,
    int SignCount
);
