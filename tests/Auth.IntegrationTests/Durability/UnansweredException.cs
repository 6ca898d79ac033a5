namespace Auth.IntegrationTests.Durability;

/// <summary>A request was not answered, or with 503: it may have been done or not.</summary>
internal sealed class UnansweredException : Exception;
