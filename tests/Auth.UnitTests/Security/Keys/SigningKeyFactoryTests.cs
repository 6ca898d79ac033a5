using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Keys;
using Auth.UnitTests.Security.Tokens;

namespace Auth.UnitTests.Security.Keys;

public sealed class SigningKeyFactoryTests
{
    private const string Secret = "a secret of at least thirty-two bytes";

    private readonly SigningKey _key = Create(1, SigningAlgorithms.ES256);
    private readonly SigningKeyEncryption _encryption = new(TokenWorld.MasterKeys);

    [Theory]
    [InlineData(SigningAlgorithms.ES256, 256)]
    [InlineData(SigningAlgorithms.PS256, 3072)]
    [InlineData(SigningAlgorithms.RS256, 3072)]
    public void A_key_has_a_pair_of_the_right_strength(string algorithm, int size)
    {
        var key = Create(1, algorithm);

        using AsymmetricAlgorithm pair = algorithm == SigningAlgorithms.ES256 ? ECDsa.Create() : RSA.Create();
        pair.ImportPkcs8PrivateKey(_encryption.Decrypt(key), out _);
        pair.KeySize.ShouldBe(size);
        pair.ExportSubjectPublicKeyInfo().ShouldBe(key.PublicKey);
        key.Algorithm.ShouldBe(algorithm);
        key.Id.Length.ShouldBe(43);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("es256")]
    public void Keys_are_created_only_for_known_algorithms(string algorithm) =>
        Should.Throw<InvalidOperationException>(() => Create(1, algorithm));

    [Fact]
    public void A_shared_secret_is_stored_encrypted_and_has_no_public_part()
    {
        var key = Create(1, SigningAlgorithms.HS256);

        key.PublicKey.ShouldBeEmpty();
        Factory(SigningAlgorithms.HS256).UsesSharedSecret.ShouldBeTrue();
        Factory(SigningAlgorithms.ES256).UsesSharedSecret.ShouldBeFalse();
        Encoding.UTF8.GetString(_encryption.Decrypt(key)).ShouldBe(Secret);
        Convert.ToHexString(key.EncryptedPrivateKey).ShouldNotContain(Convert.ToHexString("thirty-two"u8));
    }

    [Fact]
    public void The_id_of_a_shared_secret_is_stable_and_depends_on_secret_and_position()
    {
        string Id(int ordinal, string secret) => Create(ordinal, SigningAlgorithms.HS256, secret).Id;

        Id(1, Secret).ShouldBe(Id(1, Secret));
        Id(1, Secret).ShouldNotBe(Id(1, Secret + "!"));
        Id(1, Secret).ShouldNotBe(Id(2, Secret));
    }

    [Fact]
    public void A_key_of_another_algorithm_or_secret_is_not_as_configured()
    {
        var secret = Create(3, SigningAlgorithms.HS256);

        Factory(SigningAlgorithms.ES256).IsAsConfigured(_key).ShouldBeTrue();
        Factory(SigningAlgorithms.PS256).IsAsConfigured(_key).ShouldBeFalse();
        Factory(SigningAlgorithms.ES256).IsAsConfigured(secret).ShouldBeFalse();
        Factory(SigningAlgorithms.HS256).IsAsConfigured(secret).ShouldBeTrue();
        Factory(SigningAlgorithms.HS256, Secret + "!").IsAsConfigured(secret).ShouldBeFalse();
        Factory(SigningAlgorithms.HS256).IsAsConfigured(_key).ShouldBeFalse();
    }

    [Fact]
    public void Every_generated_key_is_different() => Create(1, SigningAlgorithms.ES256).Id.ShouldNotBe(_key.Id);

    [Fact]
    public void The_thumbprint_is_that_of_RFC_7638()
    {
        // The example of RFC 7638 §3.1.
        const string Modulus =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
            + "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zg"
            + "dAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csF"
            + "Cur-kEgU8awapJzKnqDKgw";

        JwkThumbprint
            .Compute(new RSAParameters { Modulus = Base64Url.DecodeFromChars(Modulus), Exponent = [1, 0, 1] })
            .ShouldBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    [Fact]
    public void Any_changed_bit_makes_decryption_fail()
    {
        _encryption.Decrypt(_key).ShouldNotBeEmpty();

        for (var i = 0; i < _key.EncryptedPrivateKey.Length; i++)
        {
            var stored = (byte[])_key.EncryptedPrivateKey.Clone();
            stored[i] ^= (byte)(1 << (i % 8));
            Should.Throw<CryptographicException>(() => _encryption.Decrypt(Copy(stored: stored)), $"byte {i}");
        }
    }

    [Fact]
    public void Any_missing_or_added_byte_makes_decryption_fail()
    {
        var stored = _key.EncryptedPrivateKey;

        for (var length = 0; length < stored.Length; length++)
        {
            Should.Throw<CryptographicException>(() => _encryption.Decrypt(Copy(stored: stored[..length])));
        }

        Should.Throw<CryptographicException>(() => _encryption.Decrypt(Copy(stored: [.. stored, 0])));
    }

    [Fact]
    public void A_private_key_is_bound_to_id_and_algorithm()
    {
        _encryption.Decrypt(Copy()).ShouldBe(_encryption.Decrypt(_key));

        Should.Throw<CryptographicException>(() => _encryption.Decrypt(Copy(id: "other")));
        Should.Throw<CryptographicException>(() => _encryption.Decrypt(Copy(algorithm: SigningAlgorithms.PS256)));

        // Not even if their concatenation is the same.
        var moved = Copy(id: _key.Id + "E", algorithm: "S256");
        Should.Throw<CryptographicException>(() => _encryption.Decrypt(moved));
    }

    [Fact]
    public void A_previous_master_key_still_decrypts_and_a_removed_one_is_named()
    {
        new SigningKeyEncryption(TokenWorld.CreateMasterKeys(2, 1)).Decrypt(_key).ShouldBe(_encryption.Decrypt(_key));

        var exception = Should.Throw<CryptographicException>(() =>
            new SigningKeyEncryption(TokenWorld.CreateMasterKeys(2)).Decrypt(_key)
        );
        exception.Message.ShouldContain(TokenWorld.MasterKeys.Derive("any")[0].Id);
    }

    [Fact]
    public void Only_a_private_key_under_the_master_key_in_use_is_current()
    {
        _encryption.IsCurrent(_key).ShouldBeTrue();
        new SigningKeyEncryption(TokenWorld.CreateMasterKeys(2, 1)).IsCurrent(_key).ShouldBeFalse();
        _encryption.IsCurrent(Copy(stored: [])).ShouldBeFalse();
    }

    [Fact]
    public void Encrypting_the_same_private_key_twice_gives_different_results()
    {
        var one = _encryption.Encrypt("id", "ES256", [1, 2, 3]);
        var other = _encryption.Encrypt("id", "ES256", [1, 2, 3]);

        one.AsSpan(5, 12).SequenceEqual(other.AsSpan(5, 12)).ShouldBeFalse();
    }

    private static SigningKey Create(int ordinal, string algorithm, string secret = Secret) =>
        Factory(algorithm, secret).Create(ordinal, TokenWorld.Now, TokenWorld.Now);

    private static SigningKeyFactory Factory(string algorithm, string secret = Secret) =>
        new(new SigningKeyEncryption(TokenWorld.MasterKeys), new() { Algorithm = algorithm, Secret = secret });

    private SigningKey Copy(string? id = null, string? algorithm = null, byte[]? stored = null) =>
        SigningKey.Create(
            id ?? _key.Id,
            _key.Ordinal,
            algorithm ?? _key.Algorithm,
            _key.PublicKey,
            stored ?? _key.EncryptedPrivateKey,
            _key.CreatedAt,
            _key.ActivatesAt
        );
}
