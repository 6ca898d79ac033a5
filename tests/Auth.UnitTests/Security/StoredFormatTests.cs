using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Auth.Domain.Users;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Lockout;
using Auth.Infrastructure.Security.Passwords;
using Auth.Infrastructure.Security.Tokens;
using Auth.UnitTests.Security.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace Auth.UnitTests.Security;

/// <summary>
/// Formats that are stored or held by clients, reimplemented here: a version that derived another key or moved a byte would
/// sign everyone out, forget every device or lose all passwords.
/// </summary>
public sealed class StoredFormatTests
{
    private readonly byte[] _masterKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void Keys_are_derived_by_HKDF_and_named_by_it()
    {
        var keys = new MasterKeys([_masterKey]);

        keys.Ids.ShouldBe([Id]);
        var key = keys.Derive("any purpose").ShouldHaveSingleItem();
        key.Id.ShouldBe(Id);
        key.Bytes.ShouldBe(Derive("auth any purpose"));
        key.ToString().ShouldBe(nameof(DerivedKey));
    }

    [Fact]
    public void A_private_key_is_encrypted_with_AES_GCM()
    {
        var nonce = new byte[12];
        var ciphertext = new byte[3];
        var tag = new byte[16];
        using var aes = new AesGcm(Derive("auth signing key encryption"), tag.Length);
        byte[] associated = [.. BigEndian(2), .. "idES256"u8];
        aes.Encrypt(nonce, "key"u8, ciphertext, tag, associated);
        byte[] stored = [1, .. Convert.FromHexString(Id), .. nonce, .. tag, .. ciphertext];

        var key = SigningKey.Create("id", 1, "ES256", [], stored, TokenWorld.Now, TokenWorld.Now);

        new SigningKeyEncryption(new([_masterKey])).Decrypt(key).ShouldBe("key"u8.ToArray());
    }

    [Fact]
    public void The_secret_of_a_refresh_token_is_an_HMAC_over_session_generation_and_salt()
    {
        var session = TokenWorld.StartSession(TokenWorld.CreateUser());
        byte[] head = [1, .. session.Id.ToByteArray(bigEndian: true), .. BigEndian(1)];

        new RefreshTokens(new([_masterKey]))
            .Create(session)
            .ShouldBe(Signed(head, "auth refresh token", [.. head, .. session.Salt]));
    }

    [Fact]
    public void The_proof_of_a_device_is_an_HMAC_over_device_user_and_epoch()
    {
        var user = TokenWorld.CreateUser();
        var device = Guid.CreateVersion7();
        byte[] head = [1, .. device.ToByteArray(bigEndian: true)];
        byte[] input = [.. head, .. user.Id.ToByteArray(bigEndian: true), .. BigEndian(user.DeviceEpoch)];

        new KnownDevices(new([_masterKey])).Issue(user, device).ShouldBe(Signed(head, "auth known device", input));
    }

    [Fact]
    public void Failures_are_counted_under_HMACs()
    {
        var keys = new FailureKeys(new([_masterKey]));
        var (user, device) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        keys.OfAddress(EmailAddress.From("Ada@example.com"))
            .ShouldBe(Hmac("auth sign-in attempts", [1, .. "ada@example.com"u8]));
        keys.OfDevice(user, device)
            .ShouldBe(
                Hmac(
                    "auth sign-in attempts",
                    [2, .. user.ToByteArray(bigEndian: true), .. device.ToByteArray(bigEndian: true)]
                )
            );
    }

    [Fact]
    public async Task A_password_is_hashed_under_a_derived_key()
    {
        using var gate = new PasswordHashingQueue(new() { Workers = 1 }, new("test"));
        var hasher = new PasswordHasher(
            new([_masterKey]),
            new() { BcryptCost = 4 },
            gate,
            NullLogger<PasswordHasher>.Instance
        );
        var peppered = Convert.ToBase64String(
            HMACSHA384.HashData(Derive("auth password pepper"), Encoding.UTF8.GetBytes("pässword"))
        );
        var input = new BcryptJob(Encoding.ASCII.GetBytes(peppered), new byte[16], 4);
        new InterleavedBcrypt().Compute(input);
        var hash = $"$bcrypt-hmac-sha384$k={Id}{BcryptHash.Format(input)}";

        (await hasher.VerifyAsync("pässword", hash, TestContext.Current.CancellationToken)).ShouldBe(
            PasswordVerification.Success
        );
    }

    [Fact]
    public void The_id_of_a_shared_secret_is_derived_from_it_and_its_position()
    {
        const string secret = "a secret of at least thirty-two bytes";
        var factory = new SigningKeyFactory(
            new(new([_masterKey])),
            new() { Algorithm = SigningAlgorithms.HS256, Secret = secret }
        );
        byte[] info = [.. "auth hs256 key id"u8, .. BigEndian(7)];

        factory
            .Create(7, TokenWorld.Now, TokenWorld.Now)
            .Id.ShouldBe(
                Base64Url.EncodeToString(
                    HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 16, salt: null, info)
                )
            );
    }

    [Fact]
    public void Without_a_master_key_there_is_nothing_to_derive_from() =>
        Should.Throw<ArgumentException>(() => new MasterKeys([]));

    private string Id => Convert.ToHexStringLower(Derive("auth key id", 4));

    private byte[] Derive(string info, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _masterKey, length, salt: null, Encoding.ASCII.GetBytes(info));

    private byte[] Hmac(string info, byte[] input) => HMACSHA256.HashData(Derive(info), input);

    private string Signed(byte[] head, string info, byte[] input) =>
        Base64Url.EncodeToString([.. head, .. Hmac(info, input)]);

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
