using System.Security.Cryptography;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.UnitTests.Security.Tokens;

namespace Auth.UnitTests.Security.Keys;

public sealed class SigningKeyRingTests
{
    private static readonly DateTimeOffset s_now = TokenWorld.Now;
    private static readonly SigningKeyFactory s_factory = new(TokenWorld.MasterKeys);

    private readonly SigningKeyRing _ring = new(TokenWorld.MasterKeys, new());

    [Fact]
    public void An_empty_ring_has_no_key()
    {
        _ring.FindSigningKey(s_now).ShouldBeNull();
        _ring.FindVerifyingKey("", s_now).ShouldBeNull();
    }

    [Fact]
    public void An_announced_key_verifies_before_it_signs()
    {
        var current = Create(1, activatesAt: s_now);
        var next = Create(2, activatesAt: s_now.AddDays(2));
        _ring.Load([current, next]);

        _ring.FindSigningKey(s_now).ShouldNotBeNull().Id.ShouldBe(current.Id);
        _ring.FindSigningKey(s_now.AddDays(2)).ShouldNotBeNull().Id.ShouldBe(next.Id);

        var header = _ring.FindSigningKey(s_now.AddDays(2)).ShouldNotBeNull().EncodedHeader;
        _ring.FindVerifyingKey(header, s_now).ShouldNotBeNull().Id.ShouldBe(next.Id);
    }

    [Fact]
    public void Of_several_keys_that_may_sign_the_newest_signs()
    {
        var keys = Enumerable.Range(1, 3).Select(ordinal => Create(ordinal, s_now)).ToList();
        _ring.Load([keys[1], keys[2], keys[0]]);

        _ring.FindSigningKey(s_now).ShouldNotBeNull().Id.ShouldBe(keys[2].Id);
    }

    [Fact]
    public void No_key_signs_before_its_time()
    {
        _ring.Load([Create(1, s_now.AddTicks(1))]);

        _ring.FindSigningKey(s_now).ShouldBeNull();
    }

    [Fact]
    public void A_retired_key_verifies_until_it_is_removed()
    {
        var key = Create(1, s_now);
        _ring.Load([key]);
        var header = _ring.FindSigningKey(s_now).ShouldNotBeNull().EncodedHeader;

        SetTime(key, nameof(SigningKey.RetiresAt), s_now.AddMinutes(1));
        SetTime(key, nameof(SigningKey.RemovedAt), s_now.AddMinutes(2));

        _ring.FindSigningKey(s_now).ShouldNotBeNull();
        _ring.FindSigningKey(s_now.AddMinutes(1)).ShouldBeNull();
        _ring.FindVerifyingKey(header, s_now.AddMinutes(1)).ShouldNotBeNull();
        _ring.FindVerifyingKey(header, s_now.AddMinutes(2)).ShouldBeNull();
    }

    [Fact]
    public void A_withdrawn_key_neither_signs_nor_verifies()
    {
        var key = Create(1, s_now);
        _ring.Load([key]);
        var header = _ring.FindSigningKey(s_now).ShouldNotBeNull().EncodedHeader;

        SetTime(key, nameof(SigningKey.RemovedAt), s_now);

        _ring.FindSigningKey(s_now).ShouldBeNull();
        _ring.FindVerifyingKey(header, s_now).ShouldBeNull();
    }

    [Fact]
    public void A_load_replaces_what_was_there_and_keeps_what_stays()
    {
        var (old, current) = (Create(1, s_now), Create(2, s_now));
        _ring.Load([old, current]);
        var kept = _ring.FindSigningKey(s_now);
        _ring.Load([current]);

        _ring.FindSigningKey(s_now).ShouldBeSameAs(kept);
        _ring.Load([]);
        _ring.FindSigningKey(s_now).ShouldBeNull();
    }

    [Fact]
    public void Under_a_known_id_other_key_material_is_not_taken_for_the_known_one()
    {
        var (one, other) = (Create(1, s_now), Create(1, s_now));
        _ring.Load([one]);

        var swapped = SigningKey.Create(
            one.Id,
            1,
            one.Algorithm,
            other.PublicKey,
            other.EncryptedPrivateKey,
            s_now,
            s_now
        );

        Should.Throw<CryptographicException>(() => _ring.Load([swapped]));
    }

    [Fact]
    public void A_foreign_public_key_is_refused_and_the_keys_from_before_stay()
    {
        var (one, other) = (Create(1, s_now), Create(2, s_now));
        _ring.Load([one]);
        var planted = SigningKey.Create(
            one.Id,
            1,
            one.Algorithm,
            other.PublicKey,
            one.EncryptedPrivateKey,
            s_now,
            s_now
        );

        Should.Throw<CryptographicException>(() => _ring.Load([planted]));
        _ring.FindSigningKey(s_now).ShouldNotBeNull().Id.ShouldBe(one.Id);
    }

    [Theory]
    [InlineData(1024, SigningAlgorithms.RS256)]
    [InlineData(1024, SigningAlgorithms.PS256)]
    public void Short_RSA_keys_are_refused(int size, string algorithm)
    {
        using var rsa = RSA.Create(size);

        Should.Throw<CryptographicException>(() => _ring.Load([Import(rsa, algorithm)]));
    }

    [Fact]
    public void An_RSA_key_of_2048_bits_is_accepted()
    {
        using var rsa = RSA.Create(2048);
        _ring.Load([Import(rsa, SigningAlgorithms.PS256)]);

        _ring.FindSigningKey(s_now).ShouldNotBeNull().SignatureLength.ShouldBe(256);
    }

    [Fact]
    public void Keys_on_other_curves_are_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<CryptographicException>(() => _ring.Load([Import(p384, SigningAlgorithms.ES256)]));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("ES384")]
    [InlineData("HS256")]
    public void Keys_for_other_algorithms_are_refused(string algorithm)
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Should.Throw<CryptographicException>(() => _ring.Load([Import(p256, algorithm)]));
    }

    [Fact]
    public void A_shared_secret_and_key_pairs_are_never_in_one_set()
    {
        var pair = Create(1, s_now);
        _ring.Load([pair]);
        var headerOfPair = _ring.FindSigningKey(s_now).ShouldNotBeNull().EncodedHeader;
        var symmetric = new SigningKeyRing(TokenWorld.MasterKeys, Symmetric(new string('s', 32)));
        symmetric.Load([pair]);
        var secretKey = symmetric.FindSigningKey(s_now).ShouldNotBeNull();

        secretKey.Algorithm.ShouldBe(SigningAlgorithms.HS256);
        symmetric.FindVerifyingKey(secretKey.EncodedHeader, s_now).ShouldBeSameAs(secretKey);
        symmetric.FindVerifyingKey(headerOfPair, s_now).ShouldBeNull();
        _ring.FindVerifyingKey(secretKey.EncodedHeader, s_now).ShouldBeNull();
    }

    [Fact]
    public void The_id_of_a_shared_secret_is_stable_and_tells_secrets_apart()
    {
        string Id(string secret) => TokenKey.FromSecret(secret).Id;

        Id(new string('s', 32)).ShouldBe(Id(new string('s', 32)));
        Id(new string('s', 32)).ShouldNotBe(Id(new string('s', 33)));
    }

    [Fact]
    public void A_shared_secret_has_at_least_32_bytes()
    {
        Should.Throw<ArgumentException>(() =>
            new SigningKeyRing(TokenWorld.MasterKeys, Symmetric(new string('s', 31)))
        );
        Should.NotThrow(() => new SigningKeyRing(TokenWorld.MasterKeys, Symmetric(new string('é', 16))));
    }

    [Theory]
    [InlineData(SigningAlgorithms.ES256)]
    [InlineData(SigningAlgorithms.PS256)]
    [InlineData(SigningAlgorithms.HS256)]
    public void Signing_and_verifying_go_on_in_parallel_while_keys_are_loaded(string algorithm)
    {
        var world = new TokenWorld(algorithm);
        var failures = 0;

        Parallel.For(
            0,
            400,
            new() { MaxDegreeOfParallelism = 16 },
            i =>
            {
                var key = world.Key;
                byte[] input = [(byte)i, 2, 3];
                var signature = new byte[key.SignatureLength];
                key.Sign(input, signature);
                if (i % 50 == 0)
                {
                    world.Keys.Load(world.SigningKey is null ? [] : [world.SigningKey]);
                }

                var known = world.Keys.FindVerifyingKey(key.EncodedHeader, s_now);
                if (known?.Verifies(input, input.Length, signature) != true)
                {
                    Interlocked.Increment(ref failures);
                }
            }
        );

        failures.ShouldBe(0);
    }

    private static SigningKey Create(int ordinal, DateTimeOffset activatesAt) =>
        s_factory.Create(ordinal, SigningAlgorithms.ES256, s_now, activatesAt);

    private static SigningKey Import(AsymmetricAlgorithm pair, string algorithm) =>
        SigningKey.Create(
            "imported",
            1,
            algorithm,
            pair.ExportSubjectPublicKeyInfo(),
            new SigningKeyEncryption(TokenWorld.MasterKeys).Encrypt(
                "imported",
                algorithm,
                pair.ExportPkcs8PrivateKey()
            ),
            s_now,
            s_now
        );

    private static JwtOptions Symmetric(string secret) =>
        new() { Algorithm = SigningAlgorithms.HS256, Secret = secret };

    // The domain has no way yet to retire a key.
    private static void SetTime(SigningKey key, string property, DateTimeOffset at) =>
        typeof(SigningKey).GetProperty(property).ShouldNotBeNull().SetValue(key, at);
}
