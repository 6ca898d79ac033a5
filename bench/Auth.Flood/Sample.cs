using System.Globalization;

namespace Auth.Flood;

/// <summary>Times that something took.</summary>
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

    /// <summary>The time, in milliseconds, that a share of all did not exceed.</summary>
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
