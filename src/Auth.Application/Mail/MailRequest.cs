using Auth.Domain.Mail;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>A mail that a command asks for. Whether it is sent is decided later, outside of the request.</summary>
/// <param name="Template">What it says.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Culture">The language, among those that there are templates in; null for the default.</param>
/// <param name="UserId">The user, if known.</param>
/// <param name="FlowId">The flow whose link and code it contains; null for a notice.</param>
/// <param name="IsLimited">Whether anybody could have asked for it, so that it counts against the limits of the address.</param>
/// <param name="Facts">The circumstances.</param>
public sealed record MailRequest(
    MailTemplate Template,
    EmailAddress Address,
    string? Culture,
    Guid? UserId,
    Guid? FlowId,
    bool IsLimited,
    MailFacts? Facts
)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(MailRequest);
}
