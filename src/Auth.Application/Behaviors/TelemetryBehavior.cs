using Auth.Domain.Common;
using MediatR;

namespace Auth.Application.Behaviors;

/// <summary>Measures every use case, however it ends. It is the outermost behavior, so it sees the final result.</summary>
internal sealed class TelemetryBehavior<TRequest, TResponse>(UseCaseTelemetry telemetry, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly string s_useCase = NameOf(typeof(TRequest).Name);

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var span = UseCaseTelemetry.Begin(s_useCase);
        var start = clock.GetTimestamp();
        string? error = null;
        try
        {
            var response = await next();
            error = (response as IOutcome)?.Error?.Code;
            return response;
        }
        catch (Exception exception)
        {
            error = exception.GetType().FullName;
            throw;
        }
        finally
        {
            telemetry.End(s_useCase, span, clock.GetElapsedTime(start), error);
        }
    }

    private static string NameOf(string message)
    {
        string[] suffixes = ["Command", "Query"];
        var suffix = suffixes.FirstOrDefault(suffix => message.EndsWith(suffix, StringComparison.Ordinal)) ?? "";
        return message[..^suffix.Length];
    }
}
