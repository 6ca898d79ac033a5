using System.Globalization;
using Auth.Followers;

// What services that verify tokens themselves cost, and how soon they learn of revocations. See bench/README.md.
if (args is not [("verify" or "followers" or "latency") and var verb, var assembly, .. var options])
{
    await Console.Error.WriteLineAsync(
        """
        usage: Auth.Followers verify PATH/Auth.Api.dll [ROUNDS]
               Auth.Followers followers PATH/Auth.Api.dll [stream|poll [COUNT [SECONDS]]]
               Auth.Followers latency PATH/Auth.Api.dll [stream|cut|poll [ROUNDS]]
        """
    );
    return 1;
}

Console.WriteLine($"Load average before: {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}\n");
var streams = options.FirstOrDefault() != "poll";
switch (verb)
{
    case "verify":
        await Verification.MeasureAsync(assembly, Number(0, 10));
        break;
    case "followers":
        await ManyFollowers.MeasureAsync(assembly, streams, Number(1, 10_000), TimeSpan.FromSeconds(Number(2, 60)));
        break;
    default:
        await RevocationLatency.MeasureAsync(assembly, options.FirstOrDefault() ?? "stream", Number(1, 500));
        break;
}

return 0;

int Number(int index, int fallback) =>
    index < options.Length ? int.Parse(options[index], CultureInfo.InvariantCulture) : fallback;
