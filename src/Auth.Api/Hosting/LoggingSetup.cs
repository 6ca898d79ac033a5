using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Auth.Api.Hosting;

/// <summary>Configures logging: one record per line on standard output.</summary>
internal static partial class LoggingSetup
{
    // The levels where Logging:LogLevel says nothing. In code, so that a service without a settings file is quiet, too: EF
    // Core's statements at Information alone make it ten times slower.
    private static readonly (string Category, LogLevel Level)[] s_defaults =
    [
        ("Microsoft", LogLevel.Warning),
        ("Microsoft.Hosting.Lifetime", LogLevel.Information),
        // The host's errors are reported elsewhere: a failed startup by StartFailure, a failed background service as critical.
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical),
        ("System", LogLevel.Warning),
    ];

    /// <summary>Configures the logging of the service.</summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddDefaultLevels();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddConsole(options => options.FormatterName = OneLineFormatter.FormatterName);
            builder.Logging.AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>();
        }
        else
        {
            // Scopes contain the traceId that clients receive.
            builder.Logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
    }

    /// <summary>Configures the logging of a command, which uses standard output: only warnings, to standard error.</summary>
    public static void LogForCommand(this WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        // The command reports its final failure itself; others are retried.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(options =>
            options.LogToStandardErrorThreshold = LogLevel.Trace
        );
    }

    /// <summary>Logs the settings that are allowed but unwise.</summary>
    public static void LogWarnings(this WebApplication app, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            LogSetting(app.Logger, warning);
        }
    }

    // Before the rules of the configuration: of two rules for the same category the last one wins.
    private static void AddDefaultLevels(this IServiceCollection services) =>
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

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "Setting {Warning}")]
    private static partial void LogSetting(ILogger logger, string warning);
}
