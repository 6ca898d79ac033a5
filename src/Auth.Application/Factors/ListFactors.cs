using Auth.Domain.Factors;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Lists the caller's factors, oldest first.</summary>
public sealed record ListFactorsQuery(Guid UserId) : IRequest<FactorList>;

/// <summary>The factors of a user, and how many recovery codes are left.</summary>
public sealed record FactorList(IReadOnlyList<FactorDetails> Factors, int RecoveryCodesLeft)
{
    /// <summary>Lists the confirmed ones.</summary>
    public static FactorList From(IEnumerable<Factor> enrolled, int recoveryCodesLeft) =>
        new([.. enrolled.Where(factor => factor.IsConfirmed).Select(FactorDetails.From)], recoveryCodesLeft);
}

internal sealed class ListFactorsQueryHandler(IFactorRepository factors) : IRequestHandler<ListFactorsQuery, FactorList>
{
    public async Task<FactorList> Handle(ListFactorsQuery query, CancellationToken cancellationToken) =>
        FactorList.From(
            await factors.ListAsync(query.UserId, cancellationToken),
            await factors.CountRecoveryCodesAsync(query.UserId, cancellationToken)
        );
}
