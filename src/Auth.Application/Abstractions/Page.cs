namespace Auth.Application.Abstractions;

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">Where the next part starts; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Makes a page of at most <paramref name="limit"/> items. One more tells that there is a next page.</summary>
    public static Page<T> From(IEnumerable<T> found, int limit, Func<T, PageCursor> cursorOf)
    {
        var items = found.Take(limit + 1).ToList();
        if (items.Count <= limit)
        {
            return new(items, NextCursor: null);
        }

        items.RemoveAt(limit);
        return new(items, cursorOf(items[^1]).ToString());
    }
}

/// <summary>How large parts of lists are.</summary>
public static class PageRequest
{
    /// <summary>Unless asked otherwise.</summary>
    public const int DefaultLimit = 50;

    /// <summary>At the most.</summary>
    public const int MaxLimit = 200;
}
