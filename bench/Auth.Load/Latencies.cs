using System.Diagnostics;
using System.Numerics;

namespace Auth.Load;

/// <summary>A histogram of latencies with a precision of about 3 %.</summary>
internal sealed class Latencies
{
    private const int Steps = 32;
    private const int StepBits = 5;

    private readonly long[] _counts = new long[Steps * 40];

    /// <summary>The number of recorded responses.</summary>
    public long Count { get; private set; }

    /// <summary>Records a response.</summary>
    /// <param name="ticks">Its latency, as a difference of <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Add(long ticks)
    {
        _counts[IndexOf((ulong)(ticks * 1_000_000 / Stopwatch.Frequency))]++;
        Count++;
    }

    /// <summary>Adds another histogram.</summary>
    public void Add(Latencies others)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += others._counts[i];
        }

        Count += others.Count;
    }

    /// <summary>Returns a percentile.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
            {
                return TimeSpan.FromMicroseconds(LowestOf(i + 1));
            }
        }

        return TimeSpan.Zero;
    }

    // Exact below 32 µs, then 32 steps for each doubling.
    private static int IndexOf(ulong microseconds)
    {
        var exponent = Math.Max(0, BitOperations.Log2(microseconds | 1) - StepBits);
        return (exponent * Steps) + (int)(microseconds >> exponent);
    }

    private static double LowestOf(int index)
    {
        var exponent = Math.Max(0, (index / Steps) - 1);
        return (double)((ulong)(index - (exponent * Steps)) << exponent);
    }
}
