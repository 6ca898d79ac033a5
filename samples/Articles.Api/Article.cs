namespace Articles.Api;

internal sealed record Article(int Id, string Title);

internal sealed record NewArticle(string Title);
