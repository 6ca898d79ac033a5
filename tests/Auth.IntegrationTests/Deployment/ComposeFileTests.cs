using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Deployment;

public sealed partial class ComposeFileTests
{
    [Fact]
    public async Task It_starts_the_unprivileged_service_after_a_healthy_database_with_a_volume()
    {
        var services = (await ReadAsync())["services"]!;

        var database = services["database"]!;
        database.Text("image").ShouldStartWith("mcr.microsoft.com/mssql/server:2022");
        database["healthcheck"].ShouldNotBeNull();
        database["volumes"]!.AsArray().Count.ShouldBe(1);

        var api = services["api"]!;
        api["read_only"]!.GetValue<bool>().ShouldBeTrue();
        api.Texts("cap_drop").ShouldBe(["ALL"]);
        api.Texts("security_opt").ShouldBe(["no-new-privileges:true"]);
        api["depends_on"]!["database"]!.Text("condition").ShouldBe("service_healthy");
        var settings = api["environment"]!;
        settings.Text("Database__Provider").ShouldBe("SqlServer");
        settings.Text("ConnectionStrings__Auth").ShouldContain("Encrypt=true");
        settings.Text("Swagger__Enabled").ShouldBe("true");
    }

    [Fact]
    public async Task The_service_connects_with_its_own_login_that_is_created_beforehand()
    {
        var services = (await ReadAsync())["services"]!;

        var settings = services["api"]!["environment"]!;
        settings.Text("ConnectionStrings__Auth").ShouldContain("User Id=auth;");
        settings.Text("ConnectionStrings__Auth").ShouldNotContain("Password");
        settings.Text("Database__Password").ShouldNotBeEmpty();
        settings.AsObject().ShouldNotContain(setting => setting.Key.Contains("SA_PASSWORD"));
        services["api"]!["depends_on"]!["database-login"]!.Text("condition").ShouldBe("service_completed_successfully");

        var login = services["database-login"]!;
        login.Text("image").ShouldBe(services["database"]!.Text("image"), "that image has sqlcmd");
        login["depends_on"]!["database"]!.Text("condition").ShouldBe("service_healthy");
        login.Texts("entrypoint").Last().ShouldBe("/create-login.sh");
        login["volumes"]!.ToJsonString().ShouldContain("deploy/sql-server/create-login.sh");
    }

    [Fact]
    public async Task The_login_is_created_whatever_characters_its_password_contains()
    {
        var shell = Programs.Find("sh");
        Assert.SkipWhen(shell is null, "no shell");
        const string Password = """it's $(HOME) `id` "odd"; $HOME \ \n ' --""";
        var directory = Directory.CreateTempSubdirectory("auth-tests-");
        try
        {
            // In place of sqlcmd: keeps its last argument, the script, and prints its arguments.
            var sqlcmd = Path.Combine(directory.FullName, "sqlcmd");
            await File.WriteAllTextAsync(
                sqlcmd,
                """
                #!/bin/sh
                echo "$@"
                for script; do :; done
                cat "$script"
                """,
                TestContext.Current.CancellationToken
            );
            await Programs.RunAsync("chmod", ["+x", sqlcmd]);

            var output = await Programs.RunAsync(
                shell,
                [Path.Combine(Repository.Root, "deploy", "sql-server", "create-login.sh")],
                environment:
                [
                    ("SQLCMD", sqlcmd),
                    ("SQL_SERVER", "database"),
                    ("SQLCMDPASSWORD", "s3ntinel"),
                    ("AUTH_DATABASE_PASSWORD", Password),
                    ("TMPDIR", directory.FullName),
                ]
            );

            var lines = output.Split('\n');
            lines[0].ShouldStartWith("-C -S database -U sa -b -x -i ");
            var literal = $"PASSWORD = N'{Password.Replace("'", "''", StringComparison.Ordinal)}'";
            lines.Count(line => line.Contains(literal, StringComparison.Ordinal)).ShouldBe(2);
            output.ShouldNotContain("s3ntinel");
            output.ShouldNotContain("db_owner");
            output.ShouldNotContain("sysadmin");
            directory.GetFiles().ShouldHaveSingleItem("the script with the password is gone");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_variable_is_explained_in_the_example_and_no_secret_is_in_the_file()
    {
        var compose = File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));
        var example = File.ReadAllLines(Path.Combine(Repository.Root, ".env.example"));

        var used = Variable().Matches(compose).Select(match => match.Groups["name"].Value).Distinct().Order();
        var explained = example
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('='))
            .ToList();
        explained.Select(line => line[0]).Order().ShouldBe(used);
        explained.ShouldAllBe(line => line[1] == "" || line[0] == "MSSQL_PORT");
    }

    /// <summary>The file as JSON, read by Docker itself or by Python's parser.</summary>
    private static async Task<JsonNode> ReadAsync()
    {
        var file = Path.Combine(Repository.Root, "docker-compose.yml");
        (string, string)[] environment =
        [
            ("MSSQL_SA_PASSWORD", "any"),
            ("AUTH_DATABASE_PASSWORD", "any"),
            ("AUTH_MASTER_KEY", "any"),
            ("AUTH_ADMIN_EMAIL", "any"),
            ("AUTH_ADMIN_PASSWORD", "any"),
        ];
        if (Programs.Find("docker") is { } docker && await Programs.SucceedsAsync(docker, ["compose", "version"]))
        {
            return JsonNode.Parse(
                await Programs.RunAsync(
                    docker,
                    ["compose", "--file", file, "config", "--format", "json"],
                    environment: environment
                )
            )!;
        }

        var python = Programs.Find("python3");
        Assert.SkipWhen(
            python is null || !await Programs.SucceedsAsync(python, ["-c", "import yaml"]),
            "neither Docker's compose plugin nor Python with PyYAML is installed here (Debian: apt-get install python3-yaml)"
        );
        return JsonNode.Parse(
            await Programs.RunAsync(
                python,
                ["-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))", file]
            )
        )!;
    }

    // $$ is a dollar sign for the container.
    [GeneratedRegex(@"(?<!\$)\$\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
