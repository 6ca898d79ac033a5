using System.Security.Cryptography;
using Auth.Domain.Revocations;
using Auth.Domain.Users;

namespace Auth.Domain.Sessions;

/// <summary>One sign-in on one device: a single row, however often its refresh token is rotated.</summary>
public sealed class Session : IRevocationSource
{
    /// <summary>The length of the salt, in bytes.</summary>
    public const int SaltLength = 32;

    private readonly List<Revocation> _revocations = [];

    private Session() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>The id of the user.</summary>
    public Guid UserId { get; private set; }

    /// <summary>The user, with roles.</summary>
    public User User { get; private set; } = null!;

    /// <summary>
    /// The <see cref="Users.User.SessionVersion"/> at sign-in; the session ends when the user's is higher.
    /// </summary>
    public int SessionVersion { get; private set; }

    /// <summary>Random bytes without which no refresh token of the session can be computed.</summary>
    public byte[] Salt { get; private set; } = null!;

    /// <summary>The number of the current refresh token. Of concurrent rotations, only one can increment it.</summary>
    public int Generation { get; private set; }

    /// <summary>When the current grace period began, which is when <see cref="GraceFloor"/> was rotated.</summary>
    /// <remarks>
    /// Rotated tokens are tracked by two periods, not individually. A period covers the rotations of at least one grace
    /// window and ends with the first rotation after that, so each token is accepted for a window after its own rotation,
    /// and none for longer than three, however many rotations follow.
    /// </remarks>
    public DateTimeOffset GraceStartedAt { get; private set; }

    /// <summary>The lowest generation that was rotated in the current grace period.</summary>
    public int GraceFloor { get; private set; }

    /// <summary>The lowest generation that was rotated in the grace period before the current one.</summary>
    public int PreviousGraceFloor { get; private set; }

    /// <summary>The number of replays since the last rotation.</summary>
    public int Replays { get; private set; }

    /// <summary>When the user signed in.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the current refresh token was issued.</summary>
    public DateTimeOffset RotatedAt { get; private set; }

    /// <summary>When the session expires unless it is refreshed.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When the session expires at the latest.</summary>
    public DateTimeOffset AbsoluteExpiresAt { get; private set; }

    /// <summary>When the session was ended; null while it is active or has merely expired.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why the session was ended; one of <see cref="RevocationReasons"/>.</summary>
    public string? EndReason { get; private set; }

    /// <summary>When the user last authenticated (claim <c>auth_time</c>).</summary>
    public DateTimeOffset AuthenticatedAt { get; private set; }

    /// <summary>How the user authenticated: RFC 8176 values, separated by spaces (claim <c>amr</c>).</summary>
    public string AuthenticationMethods { get; private set; } = null!;

    /// <summary>The client's address when the session was last used.</summary>
    public string? IpAddress { get; private set; }

    /// <summary>The client's user agent when the session was last used.</summary>
    public string? UserAgent { get; private set; }

    /// <summary>How strongly the user authenticated (claim <c>acr</c>).</summary>
    public AuthenticationContext AuthenticationContext => AuthenticationContexts.From(AuthenticationMethods.Split(' '));

    /// <inheritdoc/>
    public IReadOnlyList<Revocation> Revocations => _revocations;

    /// <summary>Starts a session for a user who has just authenticated.</summary>
    /// <param name="methods">How: RFC 8176 values, separated by spaces.</param>
    public static Session Start(
        User user,
        ClientInfo client,
        SessionPolicy policy,
        DateTimeOffset now,
        string methods = Sessions.AuthenticationMethods.Password
    )
    {
        var absolute = now + policy.AbsoluteLifetime;
        return new()
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            User = user,
            SessionVersion = user.SessionVersion,
            Salt = RandomNumberGenerator.GetBytes(SaltLength),
            Generation = 1,
            CreatedAt = now,
            RotatedAt = now,
            GraceStartedAt = now,
            GraceFloor = 1,
            PreviousGraceFloor = 1,
            ExpiresAt = Earlier(now + policy.RefreshTokenLifetime, absolute),
            AbsoluteExpiresAt = absolute,
            AuthenticatedAt = now,
            AuthenticationMethods = methods,
            IpAddress = client.IpAddress,
            UserAgent = client.UserAgent,
        };
    }

    /// <summary>Why the session is no longer active at an instant; null while it is.</summary>
    public string? EndReasonAt(DateTimeOffset now) =>
        EndReason
        ?? (
            now < ExpiresAt ? (SessionVersion < User.SessionVersion ? User.SessionVersionReason : null)
            : ExpiresAt < AbsoluteExpiresAt ? RevocationReasons.ExpiredIdle
            : RevocationReasons.ExpiredAbsolute
        );

    /// <summary>Whether the session is active at an instant.</summary>
    public bool IsAliveAt(DateTimeOffset now) => EndReasonAt(now) is null;

    /// <summary>Decides on a genuine refresh token of a generation, and rotates it if it is the current one.</summary>
    /// <remarks>
    /// A token later than the current one, which a restored backup does not know, counts as current.
    /// A token within its grace window changes nothing here: concurrent ones must all be counted, which
    /// only the database can do (<see cref="ISessionRepository.TryRotateAsync"/>).
    /// </remarks>
    public Rotation Rotate(int generation, ClientInfo client, SessionPolicy policy, DateTimeOffset now)
    {
        if (!IsAliveAt(now))
        {
            return Rotation.Ended;
        }

        // Only this service issues genuine tokens, so a later one means that the database was restored to an earlier
        // state: the session continues from the token.
        if (generation >= Generation)
        {
            StartGracePeriodIfDue(generation, policy.GraceWindow, now);
            Generation = generation + 1;
            Replays = 0;
            RotatedAt = now;
            ExpiresAt = Earlier(now + policy.RefreshTokenLifetime, AbsoluteExpiresAt);
            IpAddress = client.IpAddress;
            UserAgent = client.UserAgent;
            return Rotation.Rotated;
        }

        if (IsWithinGrace(generation, policy.GraceWindow, now) && Replays < policy.GraceReplays)
        {
            return Rotation.Replayed;
        }

        End(RevocationReasons.ReuseDetected, now);
        return Rotation.Reused;
    }

    /// <summary>Records that the user has authenticated again. What this authentication proved replaces what earlier ones did.</summary>
    /// <param name="methods">How: RFC 8176 values, separated by spaces.</param>
    /// <param name="now">The current time.</param>
    public void StepUp(string methods, DateTimeOffset now)
    {
        AuthenticationMethods = methods;
        AuthenticatedAt = now;
    }

    /// <summary>Keeps the session active when its user has ended all others.</summary>
    public void KeepActive(User user) => SessionVersion = user.SessionVersion;

    /// <summary>Ends the session and revokes its access tokens; the first reason is kept.</summary>
    /// <returns>Whether it was active before.</returns>
    public bool End(string reason, DateTimeOffset now)
    {
        if (!IsAliveAt(now))
        {
            return false;
        }

        EndedAt = now;
        EndReason = reason;
        _revocations.Add(Revocation.OfSession(Id, reason, now));
        return true;
    }

    private void StartGracePeriodIfDue(int rotated, TimeSpan window, DateTimeOffset now)
    {
        var age = now - GraceStartedAt;
        if (age < window)
        {
            return;
        }

        // After two windows, everything in the period that ends is more than one window old.
        PreviousGraceFloor = age < 2 * window ? GraceFloor : rotated;
        GraceFloor = rotated;
        GraceStartedAt = now;
    }

    private bool IsWithinGrace(int generation, TimeSpan window, DateTimeOffset now)
    {
        // No older token was rotated later than the last one, whose time is known exactly.
        if (window <= TimeSpan.Zero || now - RotatedAt >= window)
        {
            return false;
        }

        var age = now - GraceStartedAt;
        return generation == Generation - 1
            || (generation >= GraceFloor && age < 2 * window)
            || (generation >= PreviousGraceFloor && age < window);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
