namespace Auth.Application.Abstractions;

/// <summary>A page of a list, and the cursor of the next page; null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Creates a page of at most <paramref name="limit"/> items. An additional item means that there is a next page.</summary>
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

/// <summary>The limits on the size of pages.</summary>
public static class PageRequest
{
    /// <summary>The default size.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The maximum size.</summary>
    public const int MaxLimit = 200;
}
