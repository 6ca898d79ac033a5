namespace Auth.Infrastructure.Mail;

/// <summary>
/// Names browser and system of a user agent, from lists of our own: the sender of the request chooses the text itself,
/// which could be an advertisement or a link.
/// </summary>
internal static class DeviceNames
{
    // The first match counts: most browsers also name those that they are compatible with.
    private static readonly (string Token, string Name)[] s_browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] s_systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Names the device.</summary>
    /// <returns>Null if nothing about it is known.</returns>
    public static string? Find(string? userAgent)
    {
        string?[] known = [Find(s_browsers, userAgent), Find(s_systems, userAgent)];
        var name = string.Join(", ", known.OfType<string>());
        return name.Length > 0 ? name : null;
    }

    private static string? Find((string Token, string Name)[] names, string? userAgent) =>
        names.FirstOrDefault(name => userAgent?.Contains(name.Token, StringComparison.Ordinal) == true).Name;
}
