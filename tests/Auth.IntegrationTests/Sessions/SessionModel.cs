namespace Auth.IntegrationTests.Sessions;

/// <summary>The expected behavior of the service in its simplest form: one user, two devices, no races, no database.</summary>
internal sealed class SessionModel
{
    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan AbsoluteLifetime = TimeSpan.FromMinutes(120);
    public static readonly TimeSpan GraceWindow = TimeSpan.FromSeconds(30);

    private int _tokenVersion = 1;
    private string? _raiseReason;

    public bool Enabled { get; private set; } = true;

    public Device[] Devices { get; } = [new(), new()];

    public string SignIn(Device device, bool rightPassword, DateTimeOffset now)
    {
        if (!Enabled || !rightPassword)
        {
            return "401 INVALID_CREDENTIALS";
        }

        device.Session = new Session(now);
        device.Access = new Access(device.Session, _tokenVersion, now);
        return "200";
    }

    /// <summary>Refreshes with an earlier token.</summary>
    public string Refresh(Device device, int age, DateTimeOffset now)
    {
        if (device.Session is not { } session)
        {
            return "401 INVALID_REFRESH_TOKEN";
        }

        if (session.EndReasonAt(now) is { } reason)
        {
            return $"401 INVALID_REFRESH_TOKEN {reason}";
        }

        if (age == 0)
        {
            session.Rotate(now);
        }
        else if (now - session.RotatedAwayAt(age) >= GraceWindow)
        {
            session.EndReason = "reuse_detected";
            return "401 TOKEN_REUSE_DETECTED";
        }

        device.Access = new Access(session, _tokenVersion, now);
        return "200";
    }

    public string Call(Device device, DateTimeOffset now)
    {
        if (device.Access is not { } access)
        {
            return "401 MISSING_TOKEN";
        }

        return now >= access.ExpiresAt ? "401 TOKEN_EXPIRED"
            : access.Session.EndReason is { } reason ? $"401 TOKEN_REVOKED {reason}"
            : access.Version < _tokenVersion ? $"401 TOKEN_REVOKED {_raiseReason}"
            : "200";
    }

    public static string Logout(Device device, DateTimeOffset now)
    {
        device.Session?.End("logout", now);
        return "204";
    }

    public string ChangePassword(Device device, DateTimeOffset now)
    {
        var call = Call(device, now);
        if (call != "200")
        {
            return call;
        }

        Raise("password_changed");
        foreach (var other in Devices.Where(other => other != device))
        {
            other.Session?.End("password_changed", now);
        }

        return "204";
    }

    public string Disable(DateTimeOffset now)
    {
        if (Enabled)
        {
            Enabled = false;
            Raise("user_disabled");
            foreach (var device in Devices)
            {
                device.Session?.End("user_disabled", now);
            }
        }

        return "200";
    }

    public string Enable()
    {
        Enabled = true;
        return "200";
    }

    private void Raise(string reason) => (_tokenVersion, _raiseReason) = (_tokenVersion + 1, reason);

    internal sealed class Device
    {
        public Session? Session { get; set; }

        public Access? Access { get; set; }
    }

    internal sealed class Session(DateTimeOffset start)
    {
        private readonly DateTimeOffset _longest = start + AbsoluteLifetime;
        private readonly List<DateTimeOffset> _rotations = [start];

        public DateTimeOffset RotatedAt => _rotations[^1];

        public string? EndReason { get; set; }

        public DateTimeOffset ExpiresAt => RotatedAt + IdleLifetime < _longest ? RotatedAt + IdleLifetime : _longest;

        public string? EndReasonAt(DateTimeOffset now) =>
            EndReason
            ?? (
                now < ExpiresAt ? null
                : ExpiresAt == _longest ? "expired_absolute"
                : "expired_idle"
            );

        public void Rotate(DateTimeOffset now) => _rotations.Add(now);

        /// <summary>When an earlier token was rotated.</summary>
        public DateTimeOffset RotatedAwayAt(int age) => _rotations[^age];

        public void End(string reason, DateTimeOffset now) => EndReason ??= now < ExpiresAt ? reason : null;
    }

    internal sealed class Access(Session session, int version, DateTimeOffset issuedAt)
    {
        public Session Session => session;

        public int Version => version;

        /// <summary>Lifetimes are up to 5 % shorter than configured; the clock never stops in that range.</summary>
        public DateTimeOffset ExpiresAt { get; } =
            issuedAt + AccessTokenLifetime < session.ExpiresAt ? issuedAt + AccessTokenLifetime : session.ExpiresAt;
    }
}
