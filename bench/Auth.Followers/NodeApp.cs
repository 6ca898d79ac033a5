using System.Diagnostics;

namespace Auth.Followers;

/// <summary>A service on Node.js that requires a token, with <c>@auth/client/server</c> as samples/node has it installed.</summary>
internal sealed class NodeApp : IDisposable
{
    private const string Folder = "samples/node";
    private const string Listening = "Now listening on: ";

    private const string Script = """
        import { createServer } from 'node:http';
        import { createVerifier, RefusedError } from '@auth/client/server';

        const verifier = createVerifier({
          issuer: process.env.ISSUER,
          audience: 'example',
          stream: process.env.STREAM === 'true',
        });
        const server = createServer(async (request, response) => {
          try {
            await verifier.verify(request.headers.authorization);
            response.writeHead(200).end();
          } catch (error) {
            response.writeHead(error instanceof RefusedError ? error.status : 500).end();
          }
        });
        await verifier.ready;
        server.listen(0, '127.0.0.1', () => console.log(`Now listening on: http://127.0.0.1:${server.address().port}`));
        """;

    private readonly Process _process;

    private NodeApp(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts one; null if it is not installed.</summary>
    public static async Task<NodeApp?> TryStartAsync(Uri issuer, bool streams)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Console.WriteLine(
                $"Without Node.js: run npm ci in clients/typescript and {Folder}, and this in the root.\n"
            );
            return null;
        }

        var start = new ProcessStartInfo("node", ["--input-type=module", "--eval", Script])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ISSUER"] = issuer.OriginalString;
        start.Environment["STREAM"] = streams ? "true" : "false";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line?.StartsWith(Listening, StringComparison.Ordinal) == true
            ? new NodeApp(process, new Uri(line[Listening.Length..]))
            : throw new InvalidOperationException($"Node.js did not start: {line}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
