using System.Threading.RateLimiting;
using Auth.Api.Problems;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.RateLimiting;

/// <summary>
/// Sliding windows per client address, in the memory of each instance. What is limited is said by the endpoint's
/// metadata, never by the text of a path.
/// </summary>
internal static class AddressLimits
{
    private const int Segments = 6;

    // So much memory at the most, however many addresses a flood comes from: then several share a window.
    private const int MaxWindows = 1 << 14;

    public static void AddAddressLimits(this IServiceCollection services, RateLimitingSettings settings)
    {
        if (!settings.Enabled)
        {
            return;
        }

        services.AddRateLimiter(options =>
        {
            options.OnRejected = AnswerAsync;
            foreach (var (name, limit) in settings.Policies)
            {
                options.AddPolicy(name, context => WindowFor(context, limit));
            }
        });
    }

    /// <summary>Behind routing, which finds the metadata, and before anything that costs.</summary>
    public static void UseAddressLimits(this IApplicationBuilder app, RateLimitingSettings settings)
    {
        if (settings.Enabled)
        {
            app.UseRateLimiter();
        }
    }

    private static RateLimitPartition<int> WindowFor(HttpContext context, RateLimit limit) =>
        RateLimitPartition.GetSlidingWindowLimiter(
            WindowOf(ClientAddress.NetworkOf(context.Connection.RemoteIpAddress)),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = limit.PermitLimit,
                Window = limit.Window,
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            }
        );

    // HashCode mixes in a number that is random for each process: nobody can choose whose window they share. In halves,
    // because the hash of a long number is the same for many of them.
    private static int WindowOf(ulong network) =>
        HashCode.Combine((uint)(network >> 32), (uint)network) & (MaxWindows - 1);

    private static ValueTask AnswerAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var error = CommonErrors.RateLimited with
        {
            RetryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                ? wait
                : TimeSpan.FromSeconds(1),
        };
        return new(Problem.WriteAsync(context.HttpContext, error));
    }
}
