using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Passwords;
using Microsoft.Extensions.Logging;

namespace Auth.UnitTests.Security.Passwords;

public sealed class PasswordHasherTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly PasswordHashingQueue _gate = new(
        new PasswordOptions { Workers = 1, MaxQueuedHashes = 1000 },
        new Meter("test")
    );
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task A_new_hash_verifies_its_own_password_only()
    {
        var hasher = Hasher();
        var hash = await hasher.HashAsync(Password, Stop);

        (await hasher.VerifyAsync(Password, hash, Stop)).ShouldBe(PasswordVerification.Success);
        (await hasher.VerifyAsync(Password + " ", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync(Password.ToUpperInvariant(), hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync("", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        _logger.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_hash_names_its_scheme_key_and_cost_and_has_its_own_salt()
    {
        var hasher = Hasher();

        var first = await hasher.HashAsync(Password, Stop);
        var second = await hasher.HashAsync(Password, Stop);

        first.ShouldMatch(@"^\$bcrypt-hmac-sha384\$k=[0-9a-f]{8}\$2b\$04\$[./A-Za-z0-9]{53}$");
        second.ShouldNotBe(first);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(73)]
    [InlineData(72)]
    [InlineData(255)]
    public async Task Every_character_counts(int position)
    {
        var hasher = Hasher();
        var password = new string('a', position + 1);
        var hash = await hasher.HashAsync(password, Stop);

        (await hasher.VerifyAsync(password, hash, Stop)).ShouldBe(PasswordVerification.Success);
        (await hasher.VerifyAsync(password[..^1] + "b", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync(password[..^1], hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync(password + "a", hash, Stop)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task A_password_does_not_end_at_a_NUL()
    {
        var hasher = Hasher();
        string[] imports = [await hasher.HashAsync("abc", Stop), Plain("abc"), IdentityVersion2("abc")];

        foreach (var hash in imports)
        {
            (await hasher.VerifyAsync("abc", hash, Stop)).ShouldNotBe(PasswordVerification.Failed);
            (await hasher.VerifyAsync("abc\0", hash, Stop)).ShouldBe(PasswordVerification.Failed);
            (await hasher.VerifyAsync("abc\0abc", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        }
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_different_passwords()
    {
        var hasher = Hasher();
        var composed = await hasher.HashAsync("caf\u00E9 au lait", Stop);
        var decomposed = await hasher.HashAsync("cafe\u0301 au lait", Stop);

        (await hasher.VerifyAsync("cafe\u0301 au lait", composed, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync("caf\u00E9 au lait", decomposed, Stop)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task Lone_surrogates_are_rejected()
    {
        var hasher = Hasher();
        var hash = await hasher.HashAsync("password \uFFFD", Stop);

        (await hasher.VerifyAsync("password \uD800", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync("password \uD800", Plain("password \uFFFD"), Stop)).ShouldBe(
            PasswordVerification.Failed
        );
        await Should.ThrowAsync<ArgumentException>(hasher.HashAsync("password \uD800", Stop));
    }

    [Theory]
    [MemberData(nameof(BcryptVectors.Prehash), MemberType = typeof(BcryptVectors))]
    public void Prehashes_match_known_values(string id, string password, string text, string sha384, string hmac)
    {
        var bytes = Convert.FromHexString(password);
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Encoding.ASCII.GetString(PasswordHasher.Enhanced(bytes)).ShouldBe(text, id);
        Hash(PasswordHasher.Enhanced(bytes)).ShouldBe("$2b" + sha384[3..], id);
        Hash(PasswordHasher.Keyed(key, bytes)).ShouldBe("$2b" + hmac[3..], id);
    }

    [Theory]
    [MemberData(nameof(BcryptVectors.Prehash), MemberType = typeof(BcryptVectors))]
    public async Task Enhanced_hashes_of_other_software_verify(
        string id,
        string passwordHex,
        string text,
        string sha384,
        string hmac
    )
    {
        var password = Encoding.UTF8.GetString(Convert.FromHexString(passwordHex));
        var hasher = Hasher();

        (await hasher.VerifyAsync(password, "$bcrypt-sha384" + sha384, Stop)).ShouldBe(
            PasswordVerification.SuccessRehashNeeded,
            id
        );
        (await hasher.VerifyAsync(password, "$bcrypt-sha384" + hmac, Stop)).ShouldBe(PasswordVerification.Failed, text);
        (await hasher.VerifyAsync(password, sha384, Stop)).ShouldBe(PasswordVerification.Failed, "not marked");
    }

    [Fact]
    public async Task A_plain_hash_of_72_bytes_verifies_only_those_bytes()
    {
        var hasher = Hasher();
        var password = new string('p', 72);
        var hash = Plain(password);

        (await hasher.VerifyAsync(password, hash, Stop)).ShouldBe(PasswordVerification.SuccessRehashNeeded);
        (await hasher.VerifyAsync(password + "x", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync(password[..^1] + "x", hash, Stop)).ShouldBe(PasswordVerification.Failed);
    }

    [Theory]
    [InlineData(4, 4, PasswordVerification.Success)]
    [InlineData(4, 5, PasswordVerification.SuccessRehashNeeded)]
    [InlineData(5, 4, PasswordVerification.SuccessRehashNeeded)]
    public async Task Our_hashes_of_another_cost_are_outdated(int stored, int configured, PasswordVerification expected)
    {
        var hash = await Hasher(stored).HashAsync(Password, Stop);

        (await Hasher(configured).VerifyAsync(Password, hash, Stop)).ShouldBe(expected);
        (await Hasher(configured).VerifyAsync("wrong", hash, Stop)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task Our_hashes_under_a_previous_key_are_outdated_and_under_an_unknown_key_invalid()
    {
        var hash = await Hasher(keys: [1]).HashAsync(Password, Stop);

        (await Hasher(keys: [2, 1]).VerifyAsync(Password, hash, Stop)).ShouldBe(
            PasswordVerification.SuccessRehashNeeded
        );
        (await Hasher(keys: [2, 1]).VerifyAsync("wrong", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        _logger.Messages.ShouldBeEmpty();
        (await Hasher(keys: [2]).VerifyAsync(Password, hash, Stop)).ShouldBe(PasswordVerification.Failed);
        _logger.Messages.ShouldHaveSingleItem().ShouldContain(hash.Substring("$bcrypt-hmac-sha384$k=".Length, 8));
    }

    [Fact]
    public async Task A_hash_does_not_verify_under_another_key_of_the_same_name()
    {
        var hash = await Hasher(keys: [1]).HashAsync(Password, Stop);
        var other = await Hasher(keys: [2]).HashAsync(Password, Stop);
        var renamed = other[..30] + hash[30..];

        (await Hasher(keys: [2]).VerifyAsync(Password, renamed, Stop)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task Identity_hashes_verify()
    {
        var hasher = Hasher();
        string[] hashes =
        [
            IdentityVersion2(Password),
            IdentityVersion3(Password, 0, HashAlgorithmName.SHA1, 1000),
            IdentityVersion3(Password, 1, HashAlgorithmName.SHA256, 10_000),
            IdentityVersion3(Password, 2, HashAlgorithmName.SHA512, 1000),
            .. new[]
            {
                Microsoft.AspNetCore.Identity.PasswordHasherCompatibilityMode.IdentityV2,
                Microsoft.AspNetCore.Identity.PasswordHasherCompatibilityMode.IdentityV3,
            }.Select(FromIdentity),
        ];

        foreach (var hash in hashes)
        {
            (await hasher.VerifyAsync(Password, hash, Stop)).ShouldBe(PasswordVerification.SuccessRehashNeeded, hash);
            (await hasher.VerifyAsync("wrong", hash, Stop)).ShouldBe(PasswordVerification.Failed, hash);
        }

        _logger.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "$pbkdf2-sha1$i=20000$uI4PbEYWBXuHPNLPshHVEg$iEDIVJSOPJmI45TLvklavrxENnjYrp5rmx5kN6ufeRAWqciSH/TDzx8YNdtvDda"
            + "W7Ke2MjzUYZASkJcVHbGR1Q"
    )]
    [InlineData(
        "$pbkdf2-sha256$i=27500,l=64$uI4PbEYWBXuHPNLPshHVEg==$560GX4QF37xKYlNlMdQPXl5/kYR9YMG0/bNygMjpfiPjAMd2KTKiPfa"
            + "1WnpgqXxvGPVhyRCvMwFEJeDBB6xXtA=="
    )]
    [InlineData("$pbkdf2-sha256$i=1200000$a3o3UW0yeFI$m7KCsyYTCQJJ6/HITZMGNadypw+X5W825ugiFMp8nuk")]
    [InlineData("$bcrypt-sha256-hex$2b$04$abcdefghijklmnopqrstuuaBT8mpw5tGdD3eO40znWcQP/dT9hEVK")]
    public async Task Hashes_of_other_software_verify(string hash)
    {
        // By Python's hashlib and libxcrypt: keys of one, two and four blocks, and Django's with a salt of 8 bytes.
        var hasher = Hasher();

        (await hasher.VerifyAsync(Password, hash, Stop)).ShouldBe(PasswordVerification.SuccessRehashNeeded);
        (await hasher.VerifyAsync(Password + "!", hash, Stop)).ShouldBe(PasswordVerification.Failed);
        (await hasher.VerifyAsync(Password + '\0', hash, Stop)).ShouldBe(PasswordVerification.Failed);
        _logger.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sha256", 0u, 16, 32)]
    [InlineData("sha256", 10_000_001u, 16, 32)]
    [InlineData("sha256", 1000u, 7, 32)]
    [InlineData("sha256", 1000u, 129, 32)]
    [InlineData("sha256", 1000u, 16, 15)]
    [InlineData("sha256", 1000u, 16, 129)]
    [InlineData("md5", 1000u, 16, 32)]
    public async Task Keys_of_PBKDF2_out_of_bounds_match_nothing(string digest, uint iterations, int salt, int key)
    {
        var hash = Pbkdf2(digest, iterations, salt, key);

        Hasher().CanVerify(hash).ShouldBeFalse();
        await ShouldBeDamagedAsync(hash, hash);
    }

    [Theory]
    [InlineData("sha1", 1u, 8, 16)]
    [InlineData("sha512", 10_000_000u, 128, 128)]
    public void Keys_of_PBKDF2_at_the_bounds_can_be_verified(string digest, uint iterations, int salt, int key) =>
        Hasher().CanVerify(Pbkdf2(digest, iterations, salt, key)).ShouldBeTrue();

    [Theory]
    [InlineData("$pbkdf2-sha256$1000$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256$i=1000,l=17$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256$i=1000,m=16$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256$i=1000,l=16,l=16$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256$i=-1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256$i=1000$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAA!")]
    [InlineData("$pbkdf2-sha256$i=1000$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256$i=1000$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$")]
    [InlineData("$pbkdf2-sha256$i=1000$AAAAAAAAAAA")]
    [InlineData("$pbkdf2-sha256")]
    [InlineData("$bcrypt-sha256-hex$2b$17$abcdefghijklmnopqrstuuaBT8mpw5tGdD3eO40znWcQP/dT9hEVK")]
    public async Task Damaged_hashes_of_other_software_match_nothing(string hash)
    {
        Hasher().CanVerify(hash).ShouldBeFalse();
        await ShouldBeDamagedAsync(hash, hash);
    }

    [Theory]
    [InlineData("$2b$31$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC")]
    [InlineData("$2b$17$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC")]
    [InlineData("$bcrypt-sha384$2a$31$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC")]
    [InlineData("$bcrypt-hmac-sha384$k=00000000$2b$31$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC")]
    [InlineData("$bcrypt-hmac-sha384$k=00000000")]
    [InlineData("$bcrypt-hmac-sha384$k=")]
    [InlineData("$bcrypt-sha384")]
    [InlineData("$")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AQAA")]
    [InlineData("AQAAAAIAAYagAAAAE")]
    [InlineData("Ag==")]
    public async Task Damaged_hashes_match_nothing_and_are_not_logged_themselves(string hash) =>
        await ShouldBeDamagedAsync(hash, hash);

    [Theory]
    [InlineData(3u, 1000u, 16u, 32)] // no such algorithm
    [InlineData(1u, 0u, 16u, 32)]
    [InlineData(1u, 10_000_001u, 16u, 32)]
    [InlineData(1u, uint.MaxValue, 16u, 32)]
    [InlineData(1u, 1000u, 7u, 32)]
    [InlineData(1u, 1000u, 129u, 128)]
    [InlineData(1u, 1000u, uint.MaxValue, 32)]
    [InlineData(1u, 1000u, 16u, 15)]
    [InlineData(1u, 1000u, 16u, 129)]
    public async Task Identity_hashes_out_of_bounds_match_nothing(uint prf, uint iterations, uint salt, int key)
    {
        var hash = IdentityOfSizes(prf, iterations, salt, key);

        Hasher().CanVerify(hash).ShouldBeFalse();
        await ShouldBeDamagedAsync(hash, "");
    }

    [Theory]
    [InlineData(0u, 1u, 8u, 16)]
    [InlineData(2u, 10_000_000u, 128u, 128)]
    public void Identity_hashes_at_the_bounds_can_be_verified(uint prf, uint iterations, uint salt, int key) =>
        Hasher().CanVerify(IdentityOfSizes(prf, iterations, salt, key)).ShouldBeTrue();

    [Fact]
    public async Task Without_a_stored_hash_a_decoy_is_computed()
    {
        using var full = new PasswordHashingQueue(
            new PasswordOptions { Workers = 1, MaxQueuedHashes = 0 },
            new Meter("test")
        );
        using var go = new ManualResetEventSlim();
        var busy = full.RunAsync(() => go.Wait(Stop), Stop);
        var hasher = new PasswordHasher(Keys(1), new PasswordOptions { BcryptCost = 4 }, full, _logger);

        // A decoy is queued like a hash, and is rejected like one.
        string?[] hashes = [null, "", "*0", "not base64!", "$2b$31$", Plain("another"), IdentityVersion2("another")];
        try
        {
            foreach (var hash in hashes)
            {
                await Should.ThrowAsync<ServiceUnavailableException>(hasher.VerifyAsync(Password, hash, Stop));
                await Should.ThrowAsync<ServiceUnavailableException>(hasher.VerifyAsync("\uD800", hash, Stop));
            }
        }
        finally
        {
            go.Set();
        }

        await busy;
    }

    [Theory]
    [InlineData(Password)]
    [InlineData("wrong")]
    public async Task Verifying_a_cheaper_hash_costs_as_much_as_a_new_one_for_right_and_wrong_passwords(string password)
    {
        var bcrypt = new CountingBcrypt();
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"), bcrypt);
        var hasher = new PasswordHasher(Keys(1), new PasswordOptions { BcryptCost = 8 }, queue, _logger);

        foreach (var hash in (string[])[Plain(Password), "$bcrypt-sha384" + Plain(Password)])
        {
            bcrypt.Rounds = 0;
            await hasher.VerifyAsync(password, hash, Stop);
            bcrypt.Rounds.ShouldBe(1 << 8);
        }

        // How much PBKDF2 leaves is measured, with an eighth of a new hash.
        bcrypt.Rounds = 0;
        await hasher.VerifyAsync(password, IdentityVersion2(Password), Stop);
        bcrypt.Rounds.ShouldBeGreaterThanOrEqualTo(1 << 5);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    public void A_cheaper_hash_is_topped_up_by_exactly_the_missing_rounds(int stored)
    {
        var costs = HashPadding.CostsOfFraction(HashPadding.RemainingFraction(1, stored, 12), 12);

        costs.Sum(cost => 1 << cost).ShouldBe((1 << 12) - (1 << stored));
    }

    [Theory]
    [InlineData(1.5, 9, 0.8125)]
    [InlineData(8, 9, 0)]
    [InlineData(20, 9, -1.5)]
    [InlineData(0.75, 12, 0.25)]
    public void The_remaining_work_is_reduced_by_the_cheaper_hashes_computed(double count, int cheaper, double left) =>
        HashPadding.RemainingFraction(count, cheaper, 12).ShouldBe(left);

    [Theory]
    [InlineData(1.0, 4096)]
    [InlineData(0.3, 1228)]
    [InlineData(0.0, 0)]
    [InlineData(-2.5, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, 0)]
    public void Any_fraction_of_a_hash_is_a_sum_of_smaller_ones(double part, int rounds) =>
        HashPadding.CostsOfFraction(part, 12).Sum(cost => 1 << cost).ShouldBeInRange(rounds - 16, rounds);

    [Fact]
    public async Task An_unknown_account_never_matches()
    {
        (await Hasher().VerifyAsync(Password, null, Stop)).ShouldBe(PasswordVerification.Failed);
        (await Hasher().VerifyAsync("", null, Stop)).ShouldBe(PasswordVerification.Failed);
        _logger.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Supported_hashes_are_recognized_without_computing_them()
    {
        var ours = await Hasher().HashAsync(Password, Stop);
        string[] readable =
        [
            ours,
            Plain(Password),
            "$bcrypt-sha384" + Plain(Password),
            IdentityVersion2(Password),
            IdentityVersion3(Password, 2, HashAlgorithmName.SHA512, 1000),
            "$bcrypt-sha256-hex" + Plain(Password),
            Pbkdf2("sha1", 1000, 16, 20),
        ];
        string[] unreadable =
        [
            "",
            "not base64!",
            "$",
            Plain(Password)[..^1],
            "$bcrypt-sha384",
            "$bcrypt-sha384" + ours,
            "$bcrypt-sha384" + IdentityVersion2(Password),
            "$bcrypt-sha256-hex",
            "$bcrypt-sha256-hex" + ours,
            "$pbkdf2-",
            StoredHash.KeyedPrefix,
            ours[..30],
            ours[..^1],
            await Hasher(keys: [2]).HashAsync(Password, Stop),
        ];

        foreach (var hash in readable)
        {
            Hasher().CanVerify(hash).ShouldBeTrue(hash);
        }

        Hasher(keys: [2, 1]).CanVerify(ours).ShouldBeTrue("a previous key");
        foreach (var hash in unreadable)
        {
            Hasher().CanVerify(hash).ShouldBeFalse(hash);
        }

        _logger.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(4, 16, true)]
    [InlineData(4, 17, false)]
    [InlineData(18, 18, true)]
    [InlineData(18, 19, false)]
    [InlineData(31, 31, true)]
    public void Hashes_up_to_cost_16_or_our_own_can_be_verified(int configured, int stored, bool expected) =>
        Hasher(configured).CanVerify(Plain(Password).Replace("$04$", $"${stored}$")).ShouldBe(expected);

    [Fact]
    public void Hashes_do_not_print_themselves()
    {
        BcryptHash.TryParse(Plain(Password), out var bcrypt).ShouldBeTrue();
        IdentityHash.TryParse(IdentityVersion2(Password), out var identity).ShouldBeTrue();

        $"{bcrypt} {identity}".ShouldBe("BcryptHash Pbkdf2Hash");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    public void Invalid_costs_are_rejected(int cost) => Should.Throw<ArgumentException>(() => Hasher(cost));

    private static string FromIdentity(Microsoft.AspNetCore.Identity.PasswordHasherCompatibilityMode mode) =>
        new Microsoft.AspNetCore.Identity.PasswordHasher<object>(
            Microsoft.Extensions.Options.Options.Create(
                new Microsoft.AspNetCore.Identity.PasswordHasherOptions
                {
                    CompatibilityMode = mode,
                    IterationCount = 1000,
                }
            )
        ).HashPassword(new object(), Password);

    private static MasterKeys Keys(params byte[] keys) =>
        new([.. keys.Select(key => Enumerable.Repeat(key, MasterKeys.MinLength).ToArray())]);

    private static string Hash(byte[] text)
    {
        BcryptHash
            .TryParse("$2a$04$abcdefghijklmnopqrstuuVtyQRdUTNV.dEpIzqAhez.A9Bp0Q45S", out var setting)
            .ShouldBeTrue();
        var input = new BcryptJob(text, setting!.Salt, setting.Cost);
        new InterleavedBcrypt().Compute(input);
        return BcryptHash.Format(input);
    }

    private static string Plain(string password) => Hash(Encoding.UTF8.GetBytes(password));

    private static string IdentityVersion2(string password)
    {
        byte[] salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
        var key = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1000, HashAlgorithmName.SHA1, 32);
        return Convert.ToBase64String([0, .. salt, .. key]);
    }

    private static string IdentityVersion3(string password, uint prf, HashAlgorithmName algorithm, int iterations)
    {
        byte[] salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
        var header = new byte[13];
        header[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), prf);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(9), salt.Length);
        return Convert.ToBase64String([
            .. header,
            .. salt,
            .. Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, 32),
        ]);
    }

    private static string Pbkdf2(string digest, uint iterations, int salt, int key) =>
        $"$pbkdf2-{digest}$i={iterations}${Base64(new byte[salt])}${Base64(new byte[key])}";

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static string IdentityOfSizes(uint prf, uint iterations, uint salt, int key)
    {
        var bytes = new byte[13 + Math.Min(salt, 200) + key];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), prf);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), salt);
        return Convert.ToBase64String(bytes);
    }

    private PasswordHasher Hasher(int cost = 4, byte[]? keys = null) =>
        new(Keys(keys ?? [1]), new PasswordOptions { BcryptCost = cost }, _gate, _logger);

    private async Task ShouldBeDamagedAsync(string hash, string because)
    {
        (await Hasher().VerifyAsync(Password, hash, Stop)).ShouldBe(PasswordVerification.Failed, because);
        var message = _logger.Messages.ShouldHaveSingleItem();
        if (hash.Length > 0)
        {
            message.ShouldNotContain(hash);
        }
    }

    private sealed class RecordingLogger : ILogger<PasswordHasher>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Messages.Add(formatter(state, exception));
    }

    private sealed class CountingBcrypt : IBcrypt
    {
        private readonly InterleavedBcrypt _bcrypt = new();

        public int Rounds { get; set; }

        public int MaxLanes => 1;

        public void Compute(params ReadOnlySpan<BcryptJob> inputs)
        {
            _bcrypt.Compute(inputs);
            foreach (var input in inputs)
            {
                Rounds += 1 << input.Cost;
            }
        }
    }
}
