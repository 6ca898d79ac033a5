using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>An authenticator with one passkey, and the browser that speaks to it (WebAuthn §6, §7).</summary>
public sealed class Authenticator
{
    private const byte UserPresent = 1;
    private const byte UserVerified = 1 << 2;
    private const byte BackupEligible = 1 << 3;
    private const byte BackedUp = 1 << 4;
    private const byte HasCredential = 1 << 6;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private byte[] _userHandle = [];

    /// <summary>The origin of the page.</summary>
    public string Origin { get; set; } = "https://auth.example.com";

    /// <summary>The relying party id that the authenticator signs.</summary>
    public string RelyingPartyId { get; set; } = "auth.example.com";

    /// <summary>The signature counter; 0 for an authenticator without one.</summary>
    public uint Counter { get; set; }

    /// <summary>Whether the authenticator verifies the user.</summary>
    public bool VerifiesUser { get; set; } = true;

    /// <summary>Whether the passkey may be backed up.</summary>
    public bool IsBackupEligible { get; set; }

    /// <summary>Whether the page is in a frame of another origin.</summary>
    public bool IsCrossOrigin { get; set; }

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public JsonObject Create(JsonNode options)
    {
        _userHandle = Base64Url.DecodeFromChars(options["user"]!.Text("id"));
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        // COSE_Key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        byte[] publicKey = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] length = [(byte)(_id.Length >> 8), (byte)_id.Length];
        byte[] data = [.. Data(HasCredential), .. new byte[16], .. length, .. _id, .. publicKey];
        // {"fmt": "none", "attStmt": {}, "authData": data}
        byte[] attestation =
        [
            0xa3,
            0x63,
            .. "fmt"u8,
            0x64,
            .. "none"u8,
            0x67,
            .. "attStmt"u8,
            0xa0,
            0x68,
            .. "authData"u8,
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Answer(
            new()
            {
                ["clientDataJSON"] = Encode(ClientData("webauthn.create", options)),
                ["attestationObject"] = Encode(attestation),
                ["transports"] = new JsonArray("internal"),
            }
        );
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public JsonObject Get(JsonNode options)
    {
        var data = Data(flags: 0);
        var client = ClientData("webauthn.get", options);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        return Answer(
            new()
            {
                ["clientDataJSON"] = Encode(client),
                ["authenticatorData"] = Encode(data),
                ["signature"] = Encode(
                    _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                ),
                ["userHandle"] = Encode(_userHandle),
            }
        );
    }

    private byte[] Data(byte flags)
    {
        flags |= UserPresent;
        flags |= VerifiesUser ? UserVerified : (byte)0;
        flags |= IsBackupEligible ? (byte)(BackupEligible | BackedUp) : (byte)0;
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RelyingPartyId)), flags, .. counter];
    }

    private byte[] ClientData(string type, JsonNode options) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = options.Text("challenge"),
                ["origin"] = Origin,
                ["crossOrigin"] = IsCrossOrigin,
            }.ToJsonString()
        );

    private JsonObject Answer(JsonObject response) =>
        new()
        {
            ["id"] = Encode(_id),
            ["rawId"] = Encode(_id),
            ["type"] = "public-key",
            ["response"] = response,
            ["clientExtensionResults"] = new JsonObject(),
        };

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
