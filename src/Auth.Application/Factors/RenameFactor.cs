using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using FluentValidation;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Changes the name of one of the caller's factors.</summary>
public sealed record RenameFactorCommand(Guid UserId, Guid FactorId, string? Name) : IRequest<Result<FactorDetails>>;

internal sealed class RenameFactorCommandValidator : AbstractValidator<RenameFactorCommand>
{
    public RenameFactorCommandValidator() => RuleFor(command => command.Name).FactorName();
}

internal sealed class RenameFactorCommandHandler(IFactorRepository factors, IUnitOfWork unitOfWork)
    : IRequestHandler<RenameFactorCommand, Result<FactorDetails>>
{
    public async Task<Result<FactorDetails>> Handle(RenameFactorCommand command, CancellationToken cancellationToken)
    {
        var enrolled = await factors.ListAsync(command.UserId, cancellationToken);
        if (enrolled.SingleOrDefault(item => item.Id == command.FactorId && item.IsConfirmed) is not { } factor)
        {
            return CommonErrors.NotFound;
        }

        factor.Rename(command.Name);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return FactorDetails.From(factor);
    }
}
