namespace Auth.IntegrationTests.Durability;

/// <summary>A request got no response, or a 503: it may or may not have been processed.</summary>
internal sealed class UnansweredException : Exception;
