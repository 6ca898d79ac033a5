using Microsoft.Extensions.Options;

namespace Auth.Api.Hosting;

/// <summary>How much is logged where <c>Logging:LogLevel</c> says nothing: a service without a settings file is quiet, too.</summary>
internal static class LogLevels
{
    private static readonly (string Category, LogLevel Level)[] s_defaults =
    [
        ("Microsoft", LogLevel.Warning),
        ("Microsoft.Hosting.Lifetime", LogLevel.Information),
        // Its errors are reported elsewhere: a failed start by StartFailure, a failed background service as critical.
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical),
        ("System", LogLevel.Warning),
    ];

    /// <summary>Adds the defaults before the rules of the configuration: the last of two equal categories counts.</summary>
    public static void AddDefaultLogLevels(this IServiceCollection services) =>
        services.Insert(
            0,
            ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>>(
                new ConfigureOptions<LoggerFilterOptions>(options =>
                {
                    foreach (var (category, level) in s_defaults)
                    {
                        options.AddFilter(category, level);
                    }
                })
            )
        );
}
