using System.Text.RegularExpressions;

namespace Auth.Domain.Audit;

/// <summary>The types of audited events.</summary>
public static partial class AuditTypes
{
    /// <summary>The maximum length of a type, in characters.</summary>
    public const int MaxLength = 40;

    /// <summary>An account was created.</summary>
    public const string UserRegistered = "user.registered";

    /// <summary>A user signed in.</summary>
    public const string LoginSucceeded = "login.succeeded";

    /// <summary>A sign-in failed, or a current password was wrong.</summary>
    public const string LoginFailed = "login.failed";

    /// <summary>A sign-in was rejected without comparing the password, after too many failures.</summary>
    public const string LoginThrottled = "login.throttled";

    /// <summary>Sign-ins to many different accounts failed from one address.</summary>
    public const string LoginSprayingDetected = "login.spraying_detected";

    /// <summary>A refresh token was used again after its grace window; its session was ended.</summary>
    public const string TokenReuseDetected = "token.reuse_detected";

    /// <summary>A session was ended other than by logging out of it.</summary>
    public const string SessionRevoked = "session.revoked";

    /// <summary>The sessions of all users were ended at once.</summary>
    public const string SessionsAllRevoked = "sessions.all_revoked";

    /// <summary>A user logged out.</summary>
    public const string Logout = "logout";

    /// <summary>A user's roles were replaced.</summary>
    public const string UserRolesChanged = "user.roles_changed";

    /// <summary>An account was disabled.</summary>
    public const string UserDisabled = "user.disabled";

    /// <summary>An account was enabled again.</summary>
    public const string UserEnabled = "user.enabled";

    /// <summary>An account was unlocked after failed sign-ins.</summary>
    public const string UserUnlocked = "user.unlocked";

    /// <summary>An account was deleted.</summary>
    public const string UserDeleted = "user.deleted";

    /// <summary>A role was created.</summary>
    public const string RoleCreated = "role.created";

    /// <summary>The permissions or the description of a role were changed.</summary>
    public const string RoleChanged = "role.changed";

    /// <summary>A role was deleted.</summary>
    public const string RoleDeleted = "role.deleted";

    /// <summary>A user changed their password.</summary>
    public const string PasswordChanged = "password.changed";

    /// <summary>A user confirmed their e-mail address.</summary>
    public const string EmailVerified = "email.verified";

    /// <summary>A user asked for another e-mail address.</summary>
    public const string EmailChangeRequested = "email.change_requested";

    /// <summary>A user's e-mail address was replaced.</summary>
    public const string EmailChanged = "email.changed";

    /// <summary>A user's earlier e-mail address was restored.</summary>
    public const string EmailChangeUndone = "email.change_undone";

    /// <summary>Somebody asked for a mail with which the password can be replaced.</summary>
    public const string PasswordResetRequested = "password.reset_requested";

    /// <summary>A password was replaced by somebody who reads the mailbox.</summary>
    public const string PasswordReset = "password.reset";

    /// <summary>A user was invited.</summary>
    public const string UserInvited = "user.invited";

    /// <summary>An invited user set their first password.</summary>
    public const string InvitationAccepted = "invitation.accepted";

    /// <summary>A user authenticated again in their session.</summary>
    public const string StepUpSucceeded = "step_up.succeeded";

    /// <summary>A user failed to authenticate again in their session.</summary>
    public const string StepUpFailed = "step_up.failed";

    /// <summary>A second factor was added.</summary>
    public const string FactorAdded = "factor.added";

    /// <summary>A second factor was removed.</summary>
    public const string FactorRemoved = "factor.removed";

    /// <summary>New recovery codes were made; earlier ones are dead.</summary>
    public const string RecoveryCodesMade = "recovery_codes.made";

    /// <summary>A recovery code was used in place of a second factor.</summary>
    public const string RecoveryCodeUsed = "recovery_code.used";

    /// <summary>The signature counter of a passkey did not grow: it may have been copied.</summary>
    public const string FactorCounterRegressed = "factor.counter_regressed";

    /// <summary>A password was right, and the second factor was not.</summary>
    public const string SecondFactorFailed = "second_factor.failed";

    /// <summary>A service account was created.</summary>
    public const string ServiceAccountCreated = "service_account.created";

    /// <summary>The name, description, roles or status of a service account were changed.</summary>
    public const string ServiceAccountChanged = "service_account.changed";

    /// <summary>A service account was deleted.</summary>
    public const string ServiceAccountDeleted = "service_account.deleted";

    /// <summary>A service account got a secret.</summary>
    public const string ServiceAccountSecretAdded = "service_account.secret_added";

    /// <summary>A secret of a service account was removed, and its access tokens revoked.</summary>
    public const string ServiceAccountSecretRemoved = "service_account.secret_removed";

    /// <summary>A signing key got a successor, or all were replaced.</summary>
    public const string KeysRotated = "keys.rotated";

    /// <summary>Returns the outcome of an event by its type: events about something rejected are failures.</summary>
    public static AuditOutcome OutcomeOf(string type) =>
        type
            is LoginFailed
                or LoginThrottled
                or LoginSprayingDetected
                or TokenReuseDetected
                or StepUpFailed
                or SecondFactorFailed
                or FactorCounterRegressed
            ? AuditOutcome.Failure
            : AuditOutcome.Success;

    /// <summary>Whether a text has the format of a type. Newer instances may write types that this one does not know.</summary>
    public static bool IsWellFormed(string type) => type.Length <= MaxLength && Form().IsMatch(type);

    [GeneratedRegex(@"\A[a-z_]+(\.[a-z_]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
