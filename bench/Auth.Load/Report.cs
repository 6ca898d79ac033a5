using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Auth.Load;

/// <summary>The results as a table.</summary>
internal sealed class Report
{
    private readonly List<Row> _rows = [];

    /// <summary>Whether every figure with a target meets it.</summary>
    public bool IsMet => _rows.TrueForAll(row => row.Met is not false);

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.Error.WriteLine(row.ToString());
    }

    /// <summary>The text above the table.</summary>
    public static async Task<string> HeadAsync(bool quick)
    {
        var commit = (await Published.RunAsync("git", "rev-parse", "--short", "HEAD")).Trim();
        var changed = (await Published.RunAsync("git", "status", "--porcelain", "--", "src", "bench")).Length > 0;
        var text = new StringBuilder();
        text.AppendLine("# Results");
        text.AppendLine();
        text.AppendLine("The newest run of `make bench`. What is measured and how: [README.md](README.md).");
        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}{(changed ? " and changes" : "")}, "
                + $"{Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}{(quick ? ", quick run" : "")}."
        );
        return text.ToString();
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            "| what | engine | rate or size | p50 | p99 | CPU/request | compared with | its rate or size | its CPU/request | ratio | target | met |"
        );
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |");
        foreach (var row in _rows)
        {
            text.AppendLine(row.ToString());
        }

        return text.ToString();
    }

    private static string Processor()
    {
        const string key = "model name";
        return
            File.Exists("/proc/cpuinfo")
            && Array.Find(File.ReadAllLines("/proc/cpuinfo"), line => line.StartsWith(key, StringComparison.Ordinal))
                is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
    }
}

/// <summary>A row of the table.</summary>
internal sealed record Row(string What, string Engine, string Value)
{
    public string P50 { get; init; } = "";

    public string P99 { get; init; } = "";

    public string ProcessorTime { get; init; } = "";

    public string Peer { get; init; } = "";

    public string PeerValue { get; init; } = "";

    public string PeerProcessorTime { get; init; } = "";

    public double? Ratio { get; init; }

    /// <summary>The target of the ratio, as text.</summary>
    public string Wanted { get; init; } = "";

    /// <summary>Null if there is no target.</summary>
    public bool? Met { get; init; }

    public static string Rate(double rate) =>
        rate.ToString(rate < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + "/s";

    public static string AtLeast(double ratio) => "≥ " + ratio.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Mebibytes(double size) => size.ToString("0", CultureInfo.InvariantCulture) + " MiB";

    public static string Time(TimeSpan time) =>
        time == TimeSpan.Zero ? ""
        : time < TimeSpan.FromMilliseconds(1)
            ? time.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture) + " µs"
        : time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture)
            + " ms";

    public override string ToString() =>
        $"| {What} | {Engine} | {Value} | {P50} | {P99} | {ProcessorTime} | {Peer} | {PeerValue} | {PeerProcessorTime} | "
        + $"{Ratio?.ToString("0.00", CultureInfo.InvariantCulture)} | {Wanted} | "
        + $"{Met switch { true => "yes", false => "**no**", null => "" }} |";
}
