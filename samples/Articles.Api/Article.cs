namespace Articles.Api;

internal sealed record Article(string Title);
