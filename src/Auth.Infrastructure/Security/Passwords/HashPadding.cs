using System.Diagnostics;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// Does work that proves nothing, so that the comparison with a cheap hash, or with none, takes the time of one of our hashes.
/// </summary>
/// <param name="bcrypt">Computes the hashes.</param>
/// <param name="cost">The cost of our hashes.</param>
internal sealed class HashPadding(IBcrypt bcrypt, int cost)
{
    /// <summary>Returns a hash that matches no password.</summary>
    public static BcryptJob Decoy(int cost) => new([], new byte[Bcrypt.SaltLength], cost);

    /// <summary>Does what is left of one hash after a cheaper one.</summary>
    public void FillAfter(int cheaper) => Fill(RemainingFraction(1, cheaper, cost));

    /// <summary>Does what is left of one hash after an elapsed time. It measures an eighth of one, which counts as spent as well.</summary>
    public void FillAfter(TimeSpan elapsed)
    {
        var sample = Math.Max(Bcrypt.MinCost, cost - 3);
        var started = Stopwatch.GetTimestamp();
        bcrypt.Compute(Decoy(sample));
        Fill(RemainingFraction(1 + (elapsed / Stopwatch.GetElapsedTime(started)), sample, cost));
    }

    /// <summary>Returns the fraction of the time of one hash that is left after computing cheaper ones.</summary>
    /// <param name="count">The number of cheaper hashes.</param>
    /// <param name="cheaper">Their cost.</param>
    /// <param name="cost">The cost of the one hash.</param>
    /// <returns>At most 1; negative if they took longer.</returns>
    internal static double RemainingFraction(double count, int cheaper, int cost) =>
        1 - (count * Math.ScaleB(1, cheaper - cost));

    /// <summary>Returns the costs of hashes that together take a fraction of the time of one hash.</summary>
    /// <param name="fraction">The fraction, from 0 to 1; negative values count as 0.</param>
    /// <param name="cost">The cost of the one hash.</param>
    internal static IEnumerable<int> CostsOfFraction(double fraction, int cost)
    {
        for (var next = cost; next >= Bcrypt.MinCost; next--)
        {
            var size = Math.ScaleB(1, next - cost);
            if (fraction >= size)
            {
                fraction -= size;
                yield return next;
            }
        }
    }

    private void Fill(double fraction)
    {
        foreach (var size in CostsOfFraction(fraction, cost))
        {
            bcrypt.Compute(Decoy(size));
        }
    }
}
