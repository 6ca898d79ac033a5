using System.Globalization;
using Auth.Flood;

// The effect of an attacker on other clients, measured from outside on the published service. See bench/README.md.
if (
    args is not [("flood" or "timing" or "mail" or "outbox") and var verb, var assembly, .. var options]
    || options.Length > 2
)
{
    await Console.Error.WriteLineAsync(
        """
        usage: Auth.Flood flood PATH/Auth.Api.dll [SECONDS [CONNECTIONS]]
               Auth.Flood timing PATH/Auth.Api.dll [TRIES [BCRYPT-COST]]
               Auth.Flood mail PATH/Auth.Api.dll [folder|up|down|hanging|refusing [TRIES]]
               Auth.Flood outbox PATH/Auth.Api.dll [MAILS [POSTGRES-CONNECTION-STRING]]
        """
    );
    return 1;
}

Console.WriteLine($"Load average before: {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}\n");
if (verb == "flood")
{
    await LoginFlood.MeasureAsync(assembly, TimeSpan.FromSeconds(Option(0, 30)), Option(1, 64));
}
else if (verb == "mail")
{
    await MailTiming.MeasureAsync(assembly, options.FirstOrDefault() ?? "folder", Option(1, 300));
}
else if (verb == "outbox")
{
    await MailThroughput.MeasureAsync(assembly, options.ElementAtOrDefault(1), Option(0, 5000));
}
else
{
    await LoginTiming.MeasureAsync(assembly, Option(0, 500), Option(1, 12));
}

return 0;

int Option(int index, int fallback) =>
    index < options.Length ? int.Parse(options[index], CultureInfo.InvariantCulture) : fallback;
