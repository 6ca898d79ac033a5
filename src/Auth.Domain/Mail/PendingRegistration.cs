namespace Auth.Domain.Mail;

/// <summary>A registration that becomes an account once its address is proven. There may be several with one address.</summary>
public sealed class PendingRegistration
{
    private PendingRegistration() { }

    /// <summary>The flow that proves the address.</summary>
    public Guid FlowId { get; private set; }

    /// <summary>The hash of the password.</summary>
    public string PasswordHash { get; private set; } = null!;

    /// <summary>The display name.</summary>
    public string? DisplayName { get; private set; }

    /// <summary>Creates a registration for a flow.</summary>
    public static PendingRegistration Create(Guid flowId, string passwordHash, string? displayName) =>
        new()
        {
            FlowId = flowId,
            PasswordHash = passwordHash,
            DisplayName = displayName,
        };
}
