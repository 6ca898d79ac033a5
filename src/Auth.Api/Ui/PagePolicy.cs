namespace Auth.Api.Ui;

/// <summary>The content security policy of a page, as metadata of its endpoint.</summary>
/// <param name="Value">The value of the header.</param>
internal sealed record PagePolicy(string Value);
