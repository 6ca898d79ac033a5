using System.Reflection;
using Auth.IntegrationTests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Auth.IntegrationTests.OpenApi;

/// <summary>Clients generated from the OpenAPI document compile without warnings, and work.</summary>
public sealed class GeneratedClientTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string DocumentRoute = "/swagger/v1/swagger.json";

    private static readonly string s_folder = Path.Combine(
        Repository.Root,
        "tests/Auth.IntegrationTests/OpenApi/GeneratedClients"
    );

    [Fact]
    public async Task A_CSharp_client_generated_by_NSwag_signs_in_refreshes_and_logs_out()
    {
        var account = await Account.RegisterAsync(fixture.Client);
        var document = await OpenApiDocument.FromJsonAsync(
            await ReadDocumentAsync(),
            TestContext.Current.CancellationToken
        );
        var settings = new CSharpClientGeneratorSettings
        {
            CSharpGeneratorSettings =
            {
                Namespace = "Generated",
                JsonLibrary = CSharpJsonLibrary.SystemTextJson,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
            },
        };
        var code = new CSharpClientGenerator(document, settings).GenerateFile();

        (await RunAsync(Compile(code, await ReadScenarioAsync("NSwagScenario.cs.txt")), account)).ShouldBe("Logout");
    }

    [Fact]
    public async Task A_CSharp_client_generated_by_Kiota_signs_in_refreshes_and_logs_out()
    {
        var dotnet = Programs.Find("dotnet", "dotnet.exe")!;
        Assert.SkipUnless(
            await Programs.SucceedsAsync(dotnet, ["tool", "run", "kiota", "--version"], Repository.Root),
            "Kiota is not installed here: dotnet tool restore"
        );

        var account = await Account.RegisterAsync(fixture.Client);
        var directory = Directory.CreateTempSubdirectory("auth-tests-kiota-");
        try
        {
            await Programs.RunAsync(
                dotnet,
                [
                    "tool",
                    "run",
                    "kiota",
                    "generate",
                    "--openapi",
                    new Uri(fixture.Client.BaseAddress!, DocumentRoute).ToString(),
                    "--clear-cache", // another service may have used the same port before
                    "--language",
                    "CSharp",
                    "--class-name",
                    "AuthClient",
                    "--namespace-name",
                    "Generated",
                    "--exclude-backward-compatible",
                    "--serializer",
                    "Microsoft.Kiota.Serialization.Json.JsonSerializationWriterFactory",
                    "--deserializer",
                    "Microsoft.Kiota.Serialization.Json.JsonParseNodeFactory",
                    "--output",
                    directory.FullName,
                ],
                directory: Repository.Root,
                environment: ("KIOTA_OFFLINE_ENABLED", "true") // do not look for a newer version
            );
            var code = await Task.WhenAll(
                directory
                    .EnumerateFiles("*.cs", SearchOption.AllDirectories)
                    .Select(file => File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken))
            );

            (await RunAsync(Compile([.. code, await ReadScenarioAsync("KiotaScenario.cs.txt")]), account)).ShouldBe(
                "Logout"
            );
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_TypeScript_client_with_types_from_openapi_typescript_signs_in_refreshes_and_logs_out()
    {
        var node = Programs.Find("node", "node.exe");
        var npm = Programs.Find("npm", "npm.cmd");
        Assert.SkipWhen(node is null || npm is null, "Node.js with npm is not installed here");

        var account = await Account.RegisterAsync(fixture.Client);
        var directory = Directory.CreateTempSubdirectory("auth-tests-openapi-");
        try
        {
            foreach (var file in (string[])["package.json", "package-lock.json", "tsconfig.json", "scenario.ts"])
            {
                File.Copy(Path.Combine(s_folder, file), Path.Combine(directory.FullName, file));
            }

            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "openapi.json"),
                await ReadDocumentAsync(),
                TestContext.Current.CancellationToken
            );
            await Programs.RunAsync(npm!, ["ci", "--no-audit", "--no-fund"], directory: directory.FullName);
            await Programs.RunAsync(npm!, ["run", "generate"], directory: directory.FullName);
            await Programs.RunAsync(npm!, ["run", "compile"], directory: directory.FullName);

            var output = await Programs.RunAsync(
                node!,
                ["scenario.js", fixture.Client.BaseAddress!.ToString(), account.Email, account.Password],
                directory: directory.FullName
            );

            output.Trim().ShouldBe("signed out: logout");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task<string> ReadDocumentAsync() =>
        await fixture.Client.GetStringAsync(DocumentRoute, TestContext.Current.CancellationToken);

    private static Task<string> ReadScenarioAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(s_folder, file), TestContext.Current.CancellationToken);

    /// <summary>Runs the scenario of a client, which returns why its session has ended.</summary>
    private async Task<string> RunAsync(Assembly client, Account account)
    {
        using var http = new HttpClient();
        var run = client.GetType("Generated.Scenario")!.GetMethod("RunAsync")!;
        return await (Task<string>)
            run.Invoke(null, [http, fixture.Client.BaseAddress!.ToString(), account.Email, account.Password])!;
    }

    private static Assembly Compile(params string[] sources)
    {
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var options = CSharpParseOptions.Default.WithPreprocessorSymbols("NETCOREAPP3_1_OR_GREATER"); // as the SDK does
        var compilation = CSharpCompilation.Create(
            "Generated",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, options)),
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        using var assembly = new MemoryStream();

        var result = compilation.Emit(assembly);

        result
            .Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .ShouldBeEmpty("the generated client compiles without warnings");
        return Assembly.Load(assembly.ToArray());
    }
}
