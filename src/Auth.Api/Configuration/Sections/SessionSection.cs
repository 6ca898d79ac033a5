using Auth.Domain.Sessions;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the lifetimes of sessions.</summary>
internal static class SessionSection
{
    private const string RefreshKey = "Sessions:RefreshTokenLifetime";
    private const string AbsoluteKey = "Sessions:AbsoluteLifetime";

    private static readonly TimeSpan s_longestWithoutPassword = TimeSpan.FromDays(30);

    public static SessionPolicy Read(SettingValues values)
    {
        var defaults = new SessionPolicy();
        var sessions = new SessionPolicy
        {
            RefreshTokenLifetime = values.Duration(RefreshKey, defaults.RefreshTokenLifetime),
            AbsoluteLifetime = values.Duration(AbsoluteKey, defaults.AbsoluteLifetime),
            GraceWindow = values.Duration(
                "Sessions:GraceWindow",
                defaults.GraceWindow,
                min: TimeSpan.Zero,
                max: TimeSpan.FromHours(1)
            ),
            GraceReplays = values.Number("Sessions:GraceReplays", defaults.GraceReplays, 0, 1_000_000),
        };
        WarnAboutLongLifetimes(values, sessions);
        return sessions;
    }

    private static void WarnAboutLongLifetimes(SettingValues values, SessionPolicy sessions)
    {
        if (sessions.AbsoluteLifetime > s_longestWithoutPassword)
        {
            values.Warn(
                AbsoluteKey,
                $"{sessions.AbsoluteLifetime:c} is long; NIST SP 800-63B-4 requires reauthentication after"
                    + $" {s_longestWithoutPassword:c}."
            );
        }

        if (sessions.RefreshTokenLifetime > sessions.AbsoluteLifetime)
        {
            values.Warn(
                RefreshKey,
                $"sessions end after {AbsoluteKey} ({sessions.AbsoluteLifetime:c}) in any case; shorten it to that."
            );
        }
        else if (sessions.RefreshTokenLifetime > s_longestWithoutPassword)
        {
            values.Warn(
                RefreshKey,
                $"{sessions.RefreshTokenLifetime:c} is long; a lost device stays signed in for that time."
            );
        }
    }
}
