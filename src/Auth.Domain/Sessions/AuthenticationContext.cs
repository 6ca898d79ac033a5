namespace Auth.Domain.Sessions;

/// <summary>How strongly a user has authenticated: the claim <c>acr</c> (RFC 9470), the weakest first.</summary>
public enum AuthenticationContext
{
    /// <summary>With a password.</summary>
    Password,

    /// <summary>With two factors.</summary>
    MultiFactor,

    /// <summary>With a passkey, which no imitation of this service can use.</summary>
    PhishingResistant,
}

/// <summary>The names of authentication contexts, and what the methods of a sign-in amount to.</summary>
public static class AuthenticationContexts
{
    /// <summary>Returns the value of the claim <c>acr</c>.</summary>
    public static string Name(this AuthenticationContext context) =>
        context switch
        {
            AuthenticationContext.PhishingResistant => "phr",
            AuthenticationContext.MultiFactor => "mfa",
            _ => "pwd",
        };

    /// <summary>Returns the context that authentication methods amount to (claim <c>amr</c>, RFC 8176).</summary>
    public static AuthenticationContext From(IEnumerable<string> methods)
    {
        var context = AuthenticationContext.Password;
        foreach (var method in methods)
        {
            if (method is AuthenticationMethods.HardwareKey or AuthenticationMethods.SoftwareKey)
            {
                return AuthenticationContext.PhishingResistant;
            }

            if (method == AuthenticationMethods.MultiFactor)
            {
                context = AuthenticationContext.MultiFactor;
            }
        }

        return context;
    }
}

/// <summary>The values of the claim <c>amr</c> that this service issues (RFC 8176).</summary>
public static class AuthenticationMethods
{
    /// <summary>A password.</summary>
    public const string Password = "pwd";

    /// <summary>A one-time or recovery code.</summary>
    public const string OneTimeCode = "otp";

    /// <summary>A passkey that cannot leave its device.</summary>
    public const string HardwareKey = "hwk";

    /// <summary>A passkey that may be backed up.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>The authenticator has verified the user, for example by fingerprint or PIN.</summary>
    public const string UserVerified = "user";

    /// <summary>More than one factor.</summary>
    public const string MultiFactor = "mfa";
}
