using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>What is true of every page.</summary>
internal static class PageChecks
{
    /// <summary>Checks that axe finds nothing.</summary>
    /// <param name="page">The page.</param>
    /// <param name="axe">The source of axe-core.</param>
    /// <param name="name">What is shown.</param>
    /// <param name="tags">The rules to check; all by default.</param>
    public static async Task ShouldBeAccessibleAsync(this IPage page, string axe, string name, params string[] tags)
    {
        await page.EvaluateAsync($"() => {{ {axe} }}");
        var findings = await page.EvaluateAsync<string[]>(
            """
            async tags => (await axe.run(tags.length ? { runOnly: tags } : {})).violations.flatMap(violation =>
              violation.nodes.map(node => `${violation.id}: ${node.html} ${node.failureSummary}`))
            """,
            tags
        );
        findings.ShouldBeEmpty(name);
    }

    /// <summary>Checks that nothing is wider than the window.</summary>
    public static async Task ShouldNotScrollSidewaysAsync(this IPage page, string name)
    {
        var overflow = await page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        overflow.ShouldBe(0, name);
    }

    /// <summary>Checks that nothing is too wide or has moved, and that the colors are right.</summary>
    public static async Task ShouldFitAsync(this IPage page, ColorScheme scheme, string name)
    {
        await page.ShouldNotScrollSidewaysAsync(name);
        // The limit of what counts as good (web.dev/cls) is 0.1.
        (await page.EvaluateAsync<double>("() => window.shift")).ShouldBeLessThan(0.02, name);
        var background = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        background.ShouldBe(scheme == ColorScheme.Dark ? "rgb(18, 20, 25)" : "rgb(245, 246, 248)");
    }
}
