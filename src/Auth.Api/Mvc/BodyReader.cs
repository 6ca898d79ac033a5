namespace Auth.Api.Mvc;

/// <summary>Reads request bodies up to the limit of the contract.</summary>
internal static class BodyReader
{
    /// <summary>The maximum length of a body, in bytes.</summary>
    public const int MaxLength = 10 * 1024;

    /// <summary>Reads a body into a buffer that is at least one byte longer than the limit.</summary>
    /// <returns>The length.</returns>
    /// <exception cref="BadHttpRequestException">The body is too long, or its framing is invalid.</exception>
    public static async Task<int> ReadAsync(HttpContext context, Memory<byte> buffer)
    {
        try
        {
            // The buffer may be longer than it was asked to be.
            var length = await context.Request.Body.ReadAtLeastAsync(
                buffer[..(MaxLength + 1)],
                MaxLength + 1,
                throwOnEndOfStream: false,
                context.RequestAborted
            );
            return length > MaxLength
                ? throw new BadHttpRequestException("", StatusCodes.Status413PayloadTooLarge)
                : length;
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // Kestrel throws this for some framing errors, such as a chunk length beyond 32 bits.
            throw new BadHttpRequestException("", StatusCodes.Status400BadRequest, exception);
        }
    }
}
