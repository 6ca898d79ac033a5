using System.Threading.RateLimiting;
using Auth.Api.Problems;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.RateLimiting;

/// <summary>
/// Sliding windows per client address, in the memory of each instance. The metadata of an endpoint selects its limit, not the
/// request path.
/// </summary>
internal static class AddressLimits
{
    private const int Segments = 6;

    // Bounds the memory, however many addresses a flood comes from: then several share a window.
    private const int MaxWindows = 1 << 14;

    public static void AddAddressLimits(this IServiceCollection services, RateLimitingSettings settings)
    {
        if (!settings.Enabled)
        {
            return;
        }

        services.AddRateLimiter(options =>
        {
            options.OnRejected = RejectAsync;
            foreach (var (name, limit) in settings.Policies)
            {
                options.AddPolicy(name, context => WindowFor(context, limit));
            }
        });
    }

    /// <summary>Adds the limiter after routing, which finds the metadata, and before anything expensive.</summary>
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

    // HashCode is seeded randomly per process, so nobody can choose whose window they share. Hashed in halves, because
    // the hash of a long collides for many values.
    private static int WindowOf(ulong network) =>
        HashCode.Combine((uint)(network >> 32), (uint)network) & (MaxWindows - 1);

    private static ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
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
