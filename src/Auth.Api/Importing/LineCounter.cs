namespace Auth.Api.Importing;

/// <summary>Maps positions in a text, from which line breaks may have been removed, to lines.</summary>
internal sealed class LineCounter
{
    // Never returns 0, so that the search ends after the last element that is not greater.
    private static readonly Comparer<int> s_upTo = Comparer<int>.Create((x, y) => x <= y ? -1 : 1);

    private readonly List<int> _starts = [0];

    public LineCounter(ReadOnlySpan<byte> text, bool areLineEndsRemoved)
    {
        var position = 0;
        foreach (var character in text)
        {
            position += areLineEndsRemoved && character is (byte)'\r' or (byte)'\n' ? 0 : 1;
            if (character == '\n')
            {
                _starts.Add(position);
            }
        }
    }

    /// <summary>Returns the number of lines that start at or before a position.</summary>
    public int LineOf(int position) => ~_starts.BinarySearch(position, s_upTo);
}
