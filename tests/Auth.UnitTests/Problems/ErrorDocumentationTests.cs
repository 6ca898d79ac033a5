using System.Globalization;
using Auth.Api.OpenApi;
using Auth.Api.Problems;

namespace Auth.UnitTests.Problems;

public sealed class ErrorDocumentationTests
{
    [Fact]
    public void The_errors_page_lists_exactly_the_errors_that_exist()
    {
        var documented = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "errors.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 3 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
            .Select(cells => $"{cells[1]} {cells[2].Trim('`')}");

        documented.ShouldBe(
            ErrorCatalog.ByCode.Values.Select(error => $"{Problem.StatusOf(error)} {error.Code}"),
            ignoreOrder: true
        );
    }

    [Fact]
    public void Type_and_title_follow_from_the_code()
    {
        var error = ErrorCatalog.ByCode["EMAIL_ALREADY_REGISTERED"];

        var problem = Problem.Describe(error, 409, "/api/auth/register", "0af7651916cd43dd8448eb211c80319c");

        problem.Type.ShouldBe("urn:auth:email-already-registered");
        problem.Title.ShouldBe("Email already registered");
        problem.Detail.ShouldBe(error.Message);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Auth.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
