using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Compares both implementations of bcrypt at startup, on the processor and runtime that will hash passwords.</summary>
internal static class BcryptSelfTest
{
    /// <summary>Hashes passwords with both implementations, alone and side by side.</summary>
    /// <exception cref="CryptographicException">They differ.</exception>
    public static void Run()
    {
        var interleaved = new InterleavedBcrypt();
        var expected = CreateInputs(interleaved.MaxLanes);
        new LibraryBcrypt().Compute(expected);

        // All lanes, two lanes, and one: each is a loop of its own.
        foreach (var count in new[] { interleaved.MaxLanes, 2, 1 })
        {
            var inputs = CreateInputs(count);
            interleaved.Compute(inputs);
            if (!inputs.Zip(expected).All(pair => pair.First.Digest.AsSpan().SequenceEqual(pair.Second.Digest)))
            {
                throw new CryptographicException(
                    "The two implementations of bcrypt disagree on this machine. Passwords cannot be hashed safely."
                );
            }
        }
    }

    private static BcryptJob[] CreateInputs(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(i => new BcryptJob(
                    [.. Enumerable.Repeat((byte)i, 8 * i)],
                    [.. Enumerable.Repeat((byte)(255 - i), Bcrypt.SaltLength)],
                    Bcrypt.MinCost
                )),
        ];
}
