using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Auth.UnitTests.Configuration;

/// <summary>The environment of a service whose files are in <c>/app</c>.</summary>
internal sealed class TestEnvironment : IHostEnvironment
{
    public string ApplicationName { get; set; } = "Auth";
    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    public string ContentRootPath { get; set; } = "/app";
    public required string EnvironmentName { get; set; }
}
