using NetAssembly = System.Reflection.Assembly;

namespace Auth.ArchitectureTests;

/// <summary>The assemblies that each layer may reference, as a table.</summary>
public sealed class LayerTests
{
    private static readonly string[] s_framework = ["System.", "Microsoft.CSharp", "netstandard", "mscorlib"];

    public static TheoryData<string, string[]> AllowedReferences() =>
        new()
        {
            { "Auth.Domain", [] },
            {
                "Auth.Application",
                ["Auth.Domain", "MediatR", "FluentValidation", "Microsoft.Extensions.DependencyInjection.Abstractions"]
            },
            {
                "Auth.Infrastructure",
                [
                    "Auth.Domain",
                    "Auth.Application",
                    "MediatR",
                    "Microsoft.",
                    "BCrypt-Net-Next",
                    "Fido2",
                    "Fido2.Models",
                    "Otp.NET",
                    "Fluid",
                    "Parlot",
                    "MailKit",
                    "MimeKit",
                    "Npgsql",
                    "SQLitePCLRaw.core",
                    "zxcvbn-core",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(AllowedReferences))]
    public void A_layer_references_only_its_allowed_layers(string layer, string[] allowed) =>
        ForbiddenReferences(NetAssembly.Load(layer), allowed).ShouldBeEmpty();

    [Fact]
    public void Domain_and_Application_do_not_reference_database_web_or_JSON_libraries()
    {
        string[] forbidden =
        [
            "Microsoft.EntityFrameworkCore",
            "Microsoft.AspNetCore",
            "System.Text.Json",
            "Newtonsoft.Json",
            "System.Data",
            "System.Net.Http",
        ];
        foreach (var layer in new[] { "Auth.Domain", "Auth.Application" })
        {
            NetAssembly
                .Load(layer)
                .GetReferencedAssemblies()
                .Where(reference => forbidden.Any(name => IsOf(reference.Name!, name)))
                .ShouldBeEmpty($"{layer} knows what it must not");
        }
    }

    [Fact]
    public void The_checker_reports_a_violation()
    {
        // The API references MVC, which no inner layer may: treated as an inner layer, it violates the rule.
        ForbiddenReferences(NetAssembly.Load("Auth.Api"), allowed: ["Auth."])
            .ShouldContain("Microsoft.AspNetCore.Mvc.Core");
    }

    [Fact]
    public void The_API_does_not_bypass_layers_to_reach_persistence()
    {
        var api = NetAssembly.Load("Auth.Api");
        api.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
            .ShouldBeEmpty("controllers reach the database through the application layer only");
    }

    private static List<string> ForbiddenReferences(NetAssembly assembly, string[] allowed) =>
        [
            .. assembly
                .GetReferencedAssemblies()
                .Select(reference => reference.Name!)
                .Where(name => !s_framework.Concat(allowed).Any(prefix => IsOf(name, prefix))),
        ];

    private static bool IsOf(string name, string prefix) =>
        name == prefix || name.StartsWith(prefix.EndsWith('.') ? prefix : prefix + ".", StringComparison.Ordinal);
}
