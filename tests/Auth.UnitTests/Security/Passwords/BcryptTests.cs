using System.Numerics;
using System.Text;
using Auth.Infrastructure.Security.Passwords;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Security.Passwords;

public sealed class BcryptTests
{
    [Theory]
    [MemberData(nameof(BcryptVectors.Pairs), MemberType = typeof(BcryptVectors))]
    public void Published_vectors_verify(string id, string passwordHex, string hash, bool matches)
    {
        if (hash.StartsWith("$2x$", StringComparison.Ordinal))
        {
            BcryptHash.TryParse(hash, out _).ShouldBeFalse(id);
            return;
        }

        Matches(Convert.FromHexString(passwordHex), hash).ShouldBe(matches, id);
    }

    [Theory]
    [MemberData(nameof(BcryptVectors.Nul), MemberType = typeof(BcryptVectors))]
    public void NUL_bytes_are_significant(string id, string passwordHex, string hash) =>
        Compute(Convert.FromHexString(passwordHex), hash).ShouldBe(hash, id);

    [Theory]
    [MemberData(nameof(BcryptVectors.Malformed), MemberType = typeof(BcryptVectors))]
    public void Malformed_text_is_rejected(string id, string text) =>
        BcryptHash.TryParse(text, out _).ShouldBeFalse(id);

    [Theory]
    [InlineData("$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", true)]
    [InlineData("$2b$09$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", true)]
    [InlineData("$2b$10$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", true)]
    [InlineData("$2b$31$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", true)]
    [InlineData("$2b$32$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", false)]
    [InlineData("$2b$03$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", false)]
    [InlineData("$2b$4:$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", false)]
    [InlineData("$2b$0:$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", false)]
    [InlineData("$2b$1/$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", false)]
    [InlineData("$2b$04$abcdefghijklmnopqrst=uMFdJu9yVgmagVAIC24fOZkaFqd3s9JC", false)]
    [InlineData("$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JD", false)]
    [InlineData("$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9J\u0100", false)]
    public void Only_well_formed_text_is_accepted(string text, bool wellFormed) =>
        BcryptHash.TryParse(text, out _).ShouldBe(wellFormed);

    [Theory]
    [InlineData('u', true)]
    [InlineData('v', true)]
    [InlineData('9', true)]
    [InlineData('e', false)]
    public void The_unused_bits_of_a_salt_are_ignored(char last, bool same)
    {
        const string hash = "$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC";
        var other = $"{hash[..28]}{last}{hash[29..]}";

        Matches("a"u8.ToArray(), other).ShouldBe(same);
        (Compute("a"u8.ToArray(), other) == hash).ShouldBe(same);
    }

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(5, 0, false)]
    [InlineData(4, 1, false)]
    [InlineData(5, 1, false)]
    public void A_digest_matches_only_with_its_cost_and_salt(int cost, byte salt, bool matches)
    {
        var computed = new BcryptJob([1, 2, 3], new byte[16], 4);
        new InterleavedBcrypt().Compute(computed);
        BcryptHash.TryParse(BcryptHash.Format(computed), out var stored).ShouldBeTrue();

        var other = new BcryptJob([1, 2, 3], [.. Enumerable.Repeat(salt, 16)], cost);
        computed.Digest.CopyTo(other.Digest, 0);

        stored!.Matches(other).ShouldBe(matches);
    }

    [Fact]
    public void The_initial_tables_are_the_digits_of_pi()
    {
        var words = BlowfishTables.Subkeys.ToArray().Concat(BlowfishTables.SubstitutionBoxes.ToArray()).ToArray();
        words.Length.ShouldBe(18 + 1024);
        const int guard = 64;
        var bits = (words.Length * 32) + guard;

        // Machin: pi/4 = 4 arctan 1/5 - arctan 1/239
        var pi = 4 * ((4 * ArcTangentOfInverse(5, bits)) - ArcTangentOfInverse(239, bits));
        var fraction = (pi - (new BigInteger(3) << bits)) >> guard;

        fraction.ShouldBe(words.Aggregate(BigInteger.Zero, (sum, word) => (sum << 32) | word));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void Hashes_computed_side_by_side_equal_those_computed_alone(int count)
    {
        BcryptJob[] Inputs() =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => new BcryptJob(
                        [.. Enumerable.Range(0, i * 17).Select(j => (byte)(j * i))],
                        [.. Enumerable.Range(0, 16).Select(j => (byte)(j + i))],
                        4
                    )),
            ];

        var together = Inputs();
        new InterleavedBcrypt().Compute(together);
        var alone = Inputs();
        foreach (var input in alone)
        {
            new InterleavedBcrypt().Compute(input);
        }

        together.Select(BcryptHash.Format).ShouldBe(alone.Select(BcryptHash.Format));
        together.Select(BcryptHash.Format).Distinct().Count().ShouldBe(count);
    }

    [Fact]
    public void Hashes_of_different_costs_are_not_computed_together() =>
        Should.Throw<ArgumentException>(() =>
            new InterleavedBcrypt().Compute(new BcryptJob([], new byte[16], 4), new BcryptJob([], new byte[16], 5))
        );

    [Theory]
    [InlineData(15, 4)]
    [InlineData(16, 3)]
    [InlineData(16, 32)]
    public void Invalid_arguments_are_rejected(int saltLength, int cost) =>
        Should.Throw<ArgumentException>(() => new BcryptJob([], new byte[saltLength], cost));

    [Fact]
    public void The_system_library_computes_the_same()
    {
        Assert.SkipUnless(SystemCrypt.IsAvailable, "libcrypt.so.1 does not load here.");

        var cases =
            from length in Gen.Choose(0, 100)
            from password in Gen.Choose(1, 255).Select(value => (byte)value).ArrayOf(length)
            from salt in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(Bcrypt.SaltLength)
            from cost in Gen.Frequency((40, Gen.Constant(4)), (2, Gen.Constant(5)), (1, Gen.Constant(6)))
            from prefix in Gen.Elements("$2b$", "$2y$")
            select (password, salt, cost, prefix);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(150),
            Prop.ForAll(
                cases.ArrayOf(4).ToArbitrary(),
                four =>
                {
                    var inputs = four.Select(one => new BcryptJob(one.password, one.salt, one.cost)).ToArray();
                    foreach (var sameCost in inputs.GroupBy(input => input.Cost))
                    {
                        new InterleavedBcrypt().Compute([.. sameCost]);
                    }

                    foreach (var (one, input) in four.Zip(inputs))
                    {
                        var text = one.prefix + BcryptHash.Format(input)[4..];
                        SystemCrypt.Hash(one.password, text).ShouldBe(text);
                    }
                }
            )
        );
    }

    [Fact]
    public void BCrypt_Net_computes_the_same()
    {
        var cases =
            from password in Gen.Elements('a', 'ß', '€', ' ', '0').ArrayOf().Where(text => text.Length <= 24)
            from salt in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(Bcrypt.SaltLength)
            from cost in Gen.Frequency((20, Gen.Constant(4)), (1, Gen.Constant(5)))
            select (Password: Encoding.UTF8.GetBytes(password), salt, cost);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                cases.ToArbitrary(),
                one =>
                {
                    var ours = new BcryptJob(one.Password, one.salt, one.cost);
                    var theirs = new BcryptJob(one.Password, one.salt, one.cost);

                    new InterleavedBcrypt().Compute(ours);
                    new LibraryBcrypt().Compute(theirs);

                    BcryptHash.Format(theirs).ShouldBe(BcryptHash.Format(ours));
                }
            )
        );
    }

    [Fact]
    public void The_library_rejects_bytes_that_are_not_text() =>
        Should.Throw<ArgumentException>(() => new LibraryBcrypt().Compute(new BcryptJob([0xFF], new byte[16], 4)));

    [Fact]
    public void Both_implementations_agree_on_this_machine() => BcryptSelfTest.Run();

    private static BigInteger ArcTangentOfInverse(int x, int bits)
    {
        var power = (BigInteger.One << bits) / x;
        var sum = power;
        for (var n = 3; !power.IsZero; n += 2)
        {
            power /= -x * x;
            sum += power / n;
        }

        return sum;
    }

    private static BcryptJob Run(byte[] password, string hash)
    {
        BcryptHash.TryParse(hash, out var parsed).ShouldBeTrue(hash);
        var input = new BcryptJob(password, parsed!.Salt, parsed.Cost);
        new InterleavedBcrypt().Compute(input);
        return input;
    }

    private static string Compute(byte[] password, string hash) => BcryptHash.Format(Run(password, hash));

    private static bool Matches(byte[] password, string hash)
    {
        BcryptHash.TryParse(hash, out var parsed).ShouldBeTrue(hash);
        return parsed!.Matches(Run(password, hash));
    }
}
