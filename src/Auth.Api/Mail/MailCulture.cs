namespace Auth.Api.Mail;

/// <summary>Chooses the language of the mails that a request causes.</summary>
/// <param name="cultures">The languages that there are templates in.</param>
internal sealed class MailCulture(IReadOnlyList<string> cultures)
{
    // More are not sent by browsers, and every entry costs time.
    private const int MaxRanges = 32;

    /// <summary>Chooses the language that the client prefers among those that there are templates in (RFC 9110 §12.5.4).</summary>
    /// <returns>Null if the client accepts none of them; never a text of the request.</returns>
    public string? Choose(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.Take(MaxRanges)
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1) // stable: of equal ones the first
            .Select(range => Find(range.Value.Value))
            .FirstOrDefault(culture => culture is not null);

    // de-AT, then de (RFC 4647 §3.4).
    private string? Find(string? range)
    {
        while (!string.IsNullOrEmpty(range))
        {
            if (
                cultures.FirstOrDefault(culture => culture.Equals(range, StringComparison.OrdinalIgnoreCase)) is
                { } culture
            )
            {
                return culture;
            }

            range = range.LastIndexOf('-') is var end and > 0 ? range[..end] : null;
        }

        return null;
    }
}
