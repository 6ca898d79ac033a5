using Auth.Application.Abstractions;
using Auth.Domain.Mail;

namespace Auth.Application.Mail;

/// <summary>Computes what proves a flow: the flow token of its starter, and link and code of its mails.</summary>
public interface IFlowSecrets
{
    /// <summary>Computes the token of the client that started a flow. It is the same for all mails of the flow.</summary>
    string CreateFlowToken(MailFlow flow);

    /// <summary>Reads a flow token.</summary>
    /// <returns>Null unless the token was issued by this service.</returns>
    FlowToken? ReadFlowToken(string? text);

    /// <summary>Computes the secret of the link in the last mail of a flow.</summary>
    string CreateLinkToken(MailFlow flow);

    /// <summary>Reads the parts of a link's secret, without knowing yet whether it is genuine.</summary>
    /// <returns>Null if the text is not in the one form that these secrets have.</returns>
    LinkToken? ReadLinkToken(string? text);

    /// <summary>Whether the secret of a link was issued by this service for this flow.</summary>
    bool IsGenuine(LinkToken token, MailFlow flow);

    /// <summary>Computes the code in the last mail of a flow: six digits.</summary>
    string CreateCode(MailFlow flow);

    /// <summary>Whether a code is that of the last mail of a flow.</summary>
    bool IsCode(string code, MailFlow flow);
}

/// <summary>A genuine flow token.</summary>
/// <param name="FlowId">The flow.</param>
/// <param name="Purpose">The purpose that the flow was started for.</param>
public sealed record FlowToken(Guid FlowId, FlowPurpose Purpose);

/// <summary>The parts of a link's secret: the mail that it claims to be from, and the bytes that prove it.</summary>
public sealed record LinkToken(Guid FlowId, FlowPurpose Purpose, int Generation, byte[] Secret) : SecretRecord;
