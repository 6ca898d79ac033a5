using System.Globalization;

namespace Auth.Flood;

/// <summary>Measured durations.</summary>
internal sealed class Sample
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time)
    {
        lock (_milliseconds)
        {
            _milliseconds.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>A percentile, in milliseconds.</summary>
    public double Quantile(double share)
    {
        lock (_milliseconds)
        {
            _milliseconds.Sort();
            return _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(share * _milliseconds.Count))];
        }
    }

    public static string Text(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
