using Auth.Application.Abstractions;
using Auth.Domain.Mail;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Limits how many mails go to an address that somebody else may have named.</summary>
internal sealed class MailQuotas(IMailFlowRepository flows, IMailQuotaKeys keys, IKnownDevices devices)
{
    /// <summary>Counts a notice.</summary>
    /// <returns>Whether it may be sent.</returns>
    public async Task<bool> TryCountNoticeAsync(
        OutgoingMail mail,
        EmailAddress address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => !mail.IsLimited || await TryCountAsync(keys.OfNotices(address), isShortLimited: true, now, cancellationToken);

    /// <summary>Counts a mail with a link or code. A device that the account knows has a quota of its own.</summary>
    /// <returns>Whether it may be sent.</returns>
    public async Task<bool> TryCountAsync(
        OutgoingMail mail,
        MailFlow flow,
        EmailAddress address,
        User? user,
        MailFacts? facts,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (mail.IsLimited)
        {
            var key = devices.FindAny(facts?.DeviceTokens ?? [], user) is { } deviceId
                ? keys.OfDevice(user!.Id, deviceId)
                : keys.OfAddress(address);
            return await TryCountAsync(key, isShortLimited: true, now, cancellationToken);
        }

        // Each mail is five more guesses at the code of an address that may not be the user's.
        return flow.Purpose is not (FlowPurpose.EmailVerification or FlowPurpose.EmailChange)
            || await TryCountAsync(keys.OfUser(flow.UserId!.Value), isShortLimited: false, now, cancellationToken);
    }

    private async Task<bool> TryCountAsync(
        byte[] key,
        bool isShortLimited,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var quota = await flows.FindQuotaAsync(key, cancellationToken);
        if (quota is null)
        {
            quota = MailQuota.Create(key);
            flows.Add(quota);
        }

        return quota.TryCount(isShortLimited, now);
    }
}
