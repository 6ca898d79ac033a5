using Auth.Application.Mail;
using Auth.Domain.Mail;

namespace Auth.Application.Flows;

/// <summary>A link or code that was right once, however often the command that it came with is retried.</summary>
/// <param name="Flow">The flow as it was then.</param>
/// <param name="IsByCode">Whether it was a code.</param>
internal sealed record FlowProof(MailFlow Flow, bool IsByCode)
{
    /// <summary>Whether it is still valid for the flow, read again.</summary>
    public bool IsStillValidFor(MailFlow flow, DateTimeOffset now) =>
        IsByCode ? flow.AcceptsCode(Flow.Generation, now) : flow.AcceptsLink(Flow.Generation, now);
}

/// <summary>Checks links and codes.</summary>
/// <remarks>Codes are counted at once and must not be checked again with a command that has lost a race.</remarks>
internal sealed class FlowProofs(IMailFlowRepository flows, IFlowSecrets secrets, TimeProvider clock)
{
    private const int CodeLength = 6;

    /// <summary>Checks the secret of a link.</summary>
    public async Task<FlowProof?> FindByLinkAsync(string link, CancellationToken cancellationToken) =>
        secrets.ReadLinkToken(link) is { } token
        && await flows.FindAsync(token.FlowId, cancellationToken) is { } flow
        && secrets.IsGenuine(token, flow)
        && flow.AcceptsLink(token.Generation, clock.GetUtcNow())
            ? new(flow, IsByCode: false)
            : null;

    /// <summary>Checks a code together with the token of its flow.</summary>
    /// <param name="flowToken">The token of the flow.</param>
    /// <param name="code">The code.</param>
    /// <param name="isUsable">Whether a flow is of the right purpose and user. Otherwise its code is not even compared.</param>
    /// <param name="cancellationToken">Cancels the queries. A code that is compared is counted in any case.</param>
    public async Task<FlowProof?> FindByCodeAsync(
        string flowToken,
        string? code,
        Func<MailFlow, bool> isUsable,
        CancellationToken cancellationToken
    ) =>
        secrets.ReadFlowToken(flowToken) is { } token
        && await flows.FindAsync(token.FlowId, cancellationToken) is { } flow
        && flow.Purpose == token.Purpose
        && isUsable(flow)
            ? await CheckCodeAsync(flow, code)
            : null;

    /// <summary>Checks a code of a signed-in user.</summary>
    public async Task<FlowProof?> FindByCodeAsync(
        Guid userId,
        FlowPurpose purpose,
        string? code,
        CancellationToken cancellationToken
    ) =>
        await flows.FindOpenAsync(userId, purpose, clock.GetUtcNow(), cancellationToken) is { } flow
            ? await CheckCodeAsync(flow, code)
            : null;

    /// <summary>Takes back that a right code was counted, because it was not used up.</summary>
    public Task ReturnAsync(FlowProof proof) =>
        proof.IsByCode ? flows.ReturnCodeAsync(proof.Flow, CancellationToken.None) : Task.CompletedTask;

    // Counted before it is compared: otherwise as many guesses as run in parallel could be made. A client that hangs up
    // before the answer has guessed all the same. Counted even if no mail was sent, because the time would tell.
    private async Task<FlowProof?> CheckCodeAsync(MailFlow flow, string? code) =>
        code?.Length == CodeLength
        && code.All(char.IsAsciiDigit)
        && await flows.TryReserveCodeAsync(flow, CancellationToken.None)
        && secrets.IsCode(code, flow)
        && flow.AcceptsCode(flow.Generation, clock.GetUtcNow())
            ? new(flow, IsByCode: true)
            : null;
}
