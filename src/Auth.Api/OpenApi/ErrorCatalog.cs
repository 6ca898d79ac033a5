using System.Reflection;
using Auth.Api.Problems;
using Auth.Application.Passwords;
using Auth.Domain.Common;

namespace Auth.Api.OpenApi;

/// <summary>All errors that are static fields, by code.</summary>
internal static class ErrorCatalog
{
    private static readonly Assembly[] Layers =
    [
        typeof(Error).Assembly,
        typeof(PasswordErrors).Assembly,
        typeof(RequestErrors).Assembly,
    ];

    /// <summary>One error for each code.</summary>
    public static IReadOnlyDictionary<string, Error> ByCode { get; } =
        Layers
            .SelectMany(layer => layer.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(Error))
            .Select(field => (Error)field.GetValue(null)!)
            .Where(error => error.Reason is null)
            .Append(Error.Validation("email", "An e-mail address is required."))
            .DistinctBy(error => error.Code)
            .ToDictionary(error => error.Code, StringComparer.Ordinal);
}
