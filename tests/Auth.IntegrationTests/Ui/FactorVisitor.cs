using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Ui;

/// <summary>What tests of the page about second factors have in common.</summary>
internal static class FactorVisitor
{
    /// <summary>The address of a service that is its own issuer. Browsers allow no passkeys at numeric addresses.</summary>
    public static Uri AddressOf(TestService service) =>
        new(FormattableString.Invariant($"http://localhost:{service.Client.BaseAddress!.Port}"));

    /// <summary>Adds an authenticator app on the page about security, up to the recovery codes.</summary>
    public static async Task<AuthenticatorApp> AddAppAsync(
        this Visitor visitor,
        TimeProvider clock,
        string name = "Phone"
    )
    {
        await visitor.Button("Add an authenticator app").ClickAsync();
        await visitor.Field("Name (optional)").FillAsync(name);
        await visitor.Button("Continue").ClickAsync();
        var app = new AuthenticatorApp(await visitor.ReadSecretAsync());
        await visitor.Field("Code").FillAsync(app.CodeAt(clock.GetUtcNow()));
        await visitor.Button("Confirm").ClickAsync();
        await visitor.Text("The authenticator app has been added.").WaitForAsync();
        return app;
    }

    /// <summary>Adds a passkey on the page about security.</summary>
    public static async Task AddPasskeyAsync(this Visitor visitor)
    {
        await visitor.Button("Add a passkey").ClickAsync();
        await visitor.Button("Create passkey").ClickAsync();
        await visitor.Text("The passkey has been added.").WaitForAsync();
    }

    /// <summary>Returns the recovery codes that are shown, and goes back to the list.</summary>
    public static async Task<IReadOnlyList<string>> KeepCodesAsync(this Visitor visitor)
    {
        var codes = await visitor.Page.Locator(".recovery-codes code").AllInnerTextsAsync();
        await visitor.Button("I have kept the codes").ClickAsync();
        await visitor.Button("Replace recovery codes").WaitForAsync();
        return codes;
    }

    public static async Task<string> ReadSecretAsync(this Visitor visitor) =>
        (await visitor.Page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);

    public static async Task SignOutAsync(this Visitor visitor)
    {
        await visitor.Button("Sign out").ClickAsync();
        await visitor.ShouldShowAsync("Sign in");
    }

    /// <summary>
    /// Uses a browser that does not offer passkeys in its autofill, where a virtual device would choose one at once. To be called
    /// before a page is opened.
    /// </summary>
    public static Task WithoutAutofillAsync(this Visitor visitor) =>
        visitor.Profile.AddInitScriptAsync(
            "if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;"
        );

    public static Task ShouldFocusAsync(this Visitor visitor, string label) =>
        visitor.Page.WaitForFunctionAsync(
            "label => (document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim().startsWith(label)",
            label
        );
}
