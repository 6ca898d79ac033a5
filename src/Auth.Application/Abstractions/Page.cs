namespace Auth.Application.Abstractions;

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">Where the next part starts; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>How large parts of lists are.</summary>
public static class PageRequest
{
    /// <summary>Unless asked otherwise.</summary>
    public const int DefaultLimit = 50;

    /// <summary>At the most.</summary>
    public const int MaxLimit = 200;
}
