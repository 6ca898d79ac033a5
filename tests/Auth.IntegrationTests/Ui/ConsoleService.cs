using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Ui;

/// <summary>A service whose console may send people back to one application.</summary>
public sealed class ConsoleService() : ServiceFixture(("Ui:ReturnOrigins:0", Application))
{
    public const string Application = "https://app.example.com";
}
