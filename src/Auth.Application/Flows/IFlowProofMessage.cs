using Auth.Domain.Mail;
using FluentValidation;

namespace Auth.Application.Flows;

/// <summary>A message with a link's secret, or with a flow token and a code.</summary>
public interface IFlowProofMessage
{
    /// <summary>The secret of a link.</summary>
    string? Token { get; }

    /// <summary>The token of the flow.</summary>
    string? FlowToken { get; }

    /// <summary>The code.</summary>
    string? Code { get; }
}

/// <summary>What messages with a proof share.</summary>
internal static class FlowProofMessages
{
    /// <summary>Requires either a link's secret, or a flow token and a code.</summary>
    public static void LinkOrCode<T>(this AbstractValidator<T> validator)
        where T : IFlowProofMessage
    {
        validator.LinkNotBoth();
        validator
            .RuleFor(message => message.FlowToken)
            .NotEmpty()
            .WithMessage("A flowToken is required together with a code.")
            .When(message => !string.IsNullOrEmpty(message.Code));
    }

    /// <summary>Requires exactly one of link's secret and code.</summary>
    public static void LinkNotBoth<T>(this AbstractValidator<T> validator)
        where T : IFlowProofMessage
    {
        validator
            .RuleFor(message => message.Token)
            .NotEmpty()
            .WithMessage("Either the token of a link or a code is required.")
            .When(message => string.IsNullOrEmpty(message.Code));
        validator
            .RuleFor(message => message.Code)
            .Empty()
            .WithMessage("Send either the token of a link or a code, not both.")
            .When(message => !string.IsNullOrEmpty(message.Token));
    }

    /// <summary>Checks the link or the code of a message.</summary>
    public static async Task<FlowProof?> FindAsync(
        this FlowProofs proofs,
        IFlowProofMessage message,
        Func<MailFlow, bool> isUsable,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrEmpty(message.Token))
        {
            return await proofs.FindByCodeAsync(message.FlowToken!, message.Code, isUsable, cancellationToken);
        }

        var proof = await proofs.FindByLinkAsync(message.Token, cancellationToken);
        return proof is not null && isUsable(proof.Flow) ? proof : null;
    }
}
