namespace Auth.Api.Mvc;

/// <summary>A request body that is a form, as OAuth 2.0 requires, and not JSON. Errors in it have the form of RFC 6749 §5.2.</summary>
public interface IFormRequest;
