using Auth.Peers;

// Services written with the framework alone, for comparison. One program, so that all are
// published in the same way; only what the chosen one needs is loaded.
switch (args)
{
    case ["empty"]:
        await EmptyPeer.RunAsync();
        return 0;
    case ["jwt", var issuer, var audience, var keySetFile]:
        await JwtPeer.RunAsync(issuer, audience, keySetFile);
        return 0;
    case ["query", var provider, var connectionString]:
        await QueryPeer.RunAsync(provider, connectionString);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: empty | jwt ISSUER AUDIENCE JWKS-FILE | query PROVIDER CONNECTION");
        return 1;
}
