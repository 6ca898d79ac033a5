using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Keys;
using Auth.UnitTests.Security.Tokens;

namespace Auth.UnitTests.Security.Keys;

public sealed class SigningKeyRingTests
{
    private static readonly DateTimeOffset s_now = TokenWorld.Now;
    private static readonly SigningKeyPolicy s_policy = new(
        RotationPeriod: TimeSpan.FromDays(90),
        AnnouncePeriod: TimeSpan.FromDays(2),
        TokenLifetime: TimeSpan.FromMinutes(1)
    );

    private readonly SigningKeyEncryption _encryption = new(TokenWorld.MasterKeys);
    private readonly SigningKeyRing _ring;
    private readonly SigningKeyFactory _factory;

    public SigningKeyRingTests()
    {
        _ring = new(_encryption);
        _factory = new(_encryption, new());
    }

    [Fact]
    public void An_empty_ring_has_no_key()
    {
        _ring.FindSigningKey(s_now).ShouldBeNull();
        _ring.FindVerifyingKey("", s_now).ShouldBeNull();
        _ring.AgeOfSigningKey(s_now).ShouldBeNull();
        _ring.Stored.ShouldBeEmpty();
    }

    [Fact]
    public void The_newest_key_may_not_be_signing_yet()
    {
        var (current, next) = (Create(1, s_now), Create(2, s_now.AddDays(2)));
        _ring.Load([current, next]);

        _ring.Stored.ShouldBe([current, next]);
        _ring.AgeOfSigningKey(s_now.AddHours(1)).ShouldBe(TimeSpan.FromHours(1));
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
    public void The_newest_key_that_may_sign_signs()
    {
        var keys = Enumerable.Range(1, 3).Select(ordinal => Create(ordinal, s_now)).ToList();
        _ring.Load([keys[1], keys[2], keys[0]]);

        var signing = _ring.FindSigningKey(s_now).ShouldNotBeNull();
        signing.Id.ShouldBe(keys[2].Id);
        signing.ToString().ShouldBe($"TokenKey {keys[2].Id}");
    }

    [Fact]
    public void The_only_key_signs_before_it_is_due()
    {
        var key = Create(1, s_now.AddHours(2));
        _ring.Load([key]);

        _ring.FindSigningKey(s_now).ShouldNotBeNull().Id.ShouldBe(key.Id);
    }

    [Fact]
    public void A_retired_key_verifies_until_it_is_removed()
    {
        var key = Create(1, s_now);
        _ring.Load([key]);
        var header = _ring.FindSigningKey(s_now).ShouldNotBeNull().EncodedHeader;

        new SigningKeyChain([key], s_policy).Append(Create(2, s_now.AddMinutes(1)));

        _ring.FindSigningKey(s_now).ShouldNotBeNull();
        _ring.FindVerifyingKey(header, s_now.AddMinutes(1)).ShouldNotBeNull();
        _ring.FindVerifyingKey(header, s_now.AddMinutes(2)).ShouldBeNull();
        _ring.FindSigningKey(s_now.AddMinutes(2)).ShouldBeNull();
    }

    [Fact]
    public void A_retired_key_keeps_signing_while_its_successor_cannot_be_read()
    {
        var (current, next) = (Create(1, s_now), Create(2, s_now.AddMinutes(1)));
        new SigningKeyChain([current], s_policy).Append(next);
        next.Reencrypt([1, 2, 3]);
        _ring.Load([current, next]).ShouldHaveSingleItem();

        _ring.FindSigningKey(s_now.AddMinutes(1)).ShouldNotBeNull().Id.ShouldBe(current.Id);
    }

    [Fact]
    public void A_revoked_key_neither_signs_nor_verifies()
    {
        var key = Create(1, s_now);
        _ring.Load([key]);
        var header = _ring.FindSigningKey(s_now).ShouldNotBeNull().EncodedHeader;

        new SigningKeyChain([key], s_policy).Replace(s_now);

        _ring.FindSigningKey(s_now).ShouldBeNull();
        _ring.FindVerifyingKey(header, s_now).ShouldBeNull();
    }

    [Fact]
    public void Loading_replaces_removed_keys_and_keeps_the_others()
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
    public void Different_key_material_under_a_known_id_is_not_accepted()
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

        _ring.Load([swapped]).ShouldHaveSingleItem();
        _ring.FindSigningKey(s_now).ShouldBeNull();
    }

    [Fact]
    public void A_planted_key_is_skipped_and_the_others_are_loaded()
    {
        var (one, other) = (Create(1, s_now), Create(2, s_now));
        var planted = SigningKey.Create(
            other.Id,
            2,
            one.Algorithm,
            other.PublicKey,
            one.EncryptedPrivateKey,
            s_now,
            s_now
        );

        _ring.Load([one, planted]).ShouldHaveSingleItem().Message.ShouldContain(other.Id);
        _ring.FindSigningKey(s_now).ShouldNotBeNull().Id.ShouldBe(one.Id);
        _ring.ListPublished(s_now).ShouldHaveSingleItem().Id.ShouldBe(one.Id);
    }

    [Fact]
    public void A_private_key_with_another_public_key_is_rejected()
    {
        using var one = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = Import(one, SigningAlgorithms.ES256);
        var mixed = SigningKey.Create(
            key.Id,
            1,
            key.Algorithm,
            other.ExportSubjectPublicKeyInfo(),
            key.EncryptedPrivateKey,
            s_now,
            s_now
        );

        _ring.Load([mixed]).ShouldHaveSingleItem().Message.ShouldContain("does not match");
        _ring.Load([key]).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_reloaded_with_another_algorithm_is_used_for_that_one()
    {
        using var rsa = RSA.Create(2048);
        _ring.Load([Import(rsa, SigningAlgorithms.PS256)]);
        _ring.Load([Import(rsa, SigningAlgorithms.RS256)]);

        _ring.FindSigningKey(s_now).ShouldNotBeNull().Algorithm.ShouldBe(SigningAlgorithms.RS256);
    }

    [Fact]
    public void The_oldest_key_is_published_first()
    {
        var (old, current) = (Create(1, s_now), Create(2, s_now));
        _ring.Load([current, old]);

        _ring.ListPublished(s_now).Select(key => key.Id).ShouldBe([old.Id, current.Id]);
    }

    [Theory]
    [InlineData(1024, SigningAlgorithms.RS256)]
    [InlineData(1024, SigningAlgorithms.PS256)]
    public void Short_RSA_keys_are_rejected(int size, string algorithm)
    {
        using var rsa = RSA.Create(size);

        _ring.Load([Import(rsa, algorithm)]).ShouldHaveSingleItem();
    }

    [Fact]
    public void An_RSA_key_of_2048_bits_is_accepted()
    {
        using var rsa = RSA.Create(2048);
        _ring.Load([Import(rsa, SigningAlgorithms.PS256)]);

        _ring.FindSigningKey(s_now).ShouldNotBeNull().SignatureLength.ShouldBe(256);
    }

    [Fact]
    public void Keys_on_other_curves_are_rejected()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        _ring.Load([Import(p384, SigningAlgorithms.ES256)]).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("ES384")]
    [InlineData("HS256")]
    public void Keys_for_other_algorithms_are_rejected(string algorithm)
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        _ring.Load([Import(p256, algorithm)]).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_shared_secret_and_a_key_pair_are_never_confused()
    {
        var secret = CreateSecret(1);
        var pair = Create(2, s_now.AddDays(2));
        new SigningKeyChain([secret], s_policy).Append(pair);
        _ring.Load([secret, pair]).ShouldBeEmpty();

        var before = _ring.FindSigningKey(s_now).ShouldNotBeNull();
        var after = _ring.FindSigningKey(s_now.AddDays(2)).ShouldNotBeNull();
        (before.Id, after.Id).ShouldBe((secret.Id, pair.Id));
        _ring.FindVerifyingKey(before.EncodedHeader, s_now.AddDays(2)).ShouldBeSameAs(before);
        _ring.FindVerifyingKey(after.EncodedHeader, s_now.AddDays(2)).ShouldBeSameAs(after);
        foreach (var (id, algorithm) in ((string, string)[])[(secret.Id, "ES256"), (pair.Id, "HS256")])
        {
            var header = TokenForge.Encode($$"""{"alg":"{{algorithm}}","kid":"{{id}}","typ":"at+jwt"}""");
            _ring.FindVerifyingKey(header, s_now).ShouldBeNull();
        }
    }

    [Fact]
    public void A_shared_secret_is_never_published()
    {
        var (secret, pair) = (CreateSecret(1), Create(2, s_now));
        _ring.Load([secret, pair]);

        _ring.ListPublished(s_now).ShouldHaveSingleItem().Id.ShouldBe(pair.Id);
    }

    [Fact]
    public void A_shared_secret_has_at_least_32_bytes()
    {
        _ring.Load([CreateSecret(1, new string('s', 31))]).ShouldHaveSingleItem();
        _ring.Load([CreateSecret(1, new string('é', 16))]).ShouldBeEmpty();
    }

    [Fact]
    public void A_running_instance_keeps_a_key_that_was_encrypted_again_with_an_unknown_master_key()
    {
        var key = Create(1, s_now);
        _ring.Load([key]);
        var newer = new SigningKeyEncryption(TokenWorld.CreateMasterKeys(2));
        key.Reencrypt(newer.Encrypt(key.Id, key.Algorithm, _encryption.Decrypt(key)));

        _ring.Load([key]).ShouldBeEmpty();
        new SigningKeyRing(_encryption).Load([key]).ShouldHaveSingleItem();
        new SigningKeyRing(newer).Load([key]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SigningAlgorithms.ES256)]
    [InlineData(SigningAlgorithms.PS256)]
    public void Published_keys_verify_and_have_their_thumbprint_as_id(string algorithm)
    {
        var world = new TokenWorld(algorithm);
        var key = world.Keys.ListPublished(s_now).ShouldHaveSingleItem();
        var input = "input"u8.ToArray();
        var signature = new byte[world.Key.SignatureLength];
        world.Key.Sign(input, signature);

        key.Id.ShouldBe(world.SigningKey.Id);
        if (algorithm == SigningAlgorithms.ES256)
        {
            var point = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) };
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            ecdsa.VerifyData(input, signature, HashAlgorithmName.SHA256).ShouldBeTrue();
            JwkThumbprint.Compute(ecdsa.ExportParameters(includePrivateParameters: false)).ShouldBe(key.Id);
        }
        else
        {
            using var rsa = RSA.Create(
                new RSAParameters
                {
                    Modulus = Base64Url.DecodeFromChars(key.Modulus),
                    Exponent = Base64Url.DecodeFromChars(key.Exponent),
                }
            );
            rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss).ShouldBeTrue();
            JwkThumbprint.Compute(rsa.ExportParameters(includePrivateParameters: false)).ShouldBe(key.Id);
        }
    }

    [Theory]
    [InlineData(SigningAlgorithms.ES256)]
    [InlineData(SigningAlgorithms.PS256)]
    [InlineData(SigningAlgorithms.HS256)]
    public void Signing_and_verifying_continue_while_keys_are_loaded(string algorithm)
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
                    world.Keys.Load([world.SigningKey]);
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

    private SigningKey Create(int ordinal, DateTimeOffset activatesAt) => _factory.Create(ordinal, s_now, activatesAt);

    private SigningKey Import(AsymmetricAlgorithm pair, string algorithm) =>
        SigningKey.Create(
            "imported",
            1,
            algorithm,
            pair.ExportSubjectPublicKeyInfo(),
            _encryption.Encrypt("imported", algorithm, pair.ExportPkcs8PrivateKey()),
            s_now,
            s_now
        );

    private SigningKey CreateSecret(int ordinal, string secret = "a secret of at least thirty-two bytes") =>
        new SigningKeyFactory(_encryption, new() { Algorithm = SigningAlgorithms.HS256, Secret = secret }).Create(
            ordinal,
            s_now,
            s_now
        );
}
