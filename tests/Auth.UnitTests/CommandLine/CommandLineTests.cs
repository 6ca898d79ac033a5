using System.CommandLine;
using Auth.Api.CommandLine;
using Auth.Api.Importing;

namespace Auth.UnitTests.CommandLine;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--urls http://localhost:5001")]
    [InlineData("--urls=http://localhost:5001")]
    [InlineData("/urls http://localhost:5001")]
    [InlineData("Database:Provider=Postgres")]
    [InlineData("--environment=Development --contentRoot=/srv --applicationName=Auth.Api")]
    public void Without_a_command_all_arguments_are_settings(string commandLine)
    {
        var (command, settings) = SettingArguments.Split(Words(commandLine));

        command.ShouldBeEmpty();
        settings.ShouldBe(Words(commandLine));
    }

    [Theory]
    [InlineData("import-users users.ndjson --Database:Provider Postgres --Passwords:BcryptCost=4")]
    [InlineData("import-users --Database:Provider Postgres users.ndjson --Passwords:BcryptCost 4")]
    [InlineData("--Database:Provider=Postgres --Passwords:BcryptCost 4 import-users users.ndjson")]
    public void Settings_can_be_before_or_after_a_command(string commandLine)
    {
        var (command, settings) = SettingArguments.Split(Words(commandLine));

        command.ShouldBe(["import-users", "users.ndjson"]);
        settings.ShouldBe(["--Database:Provider=Postgres", "--Passwords:BcryptCost=4"]);
    }

    [Theory]
    [InlineData("audit verify --checkpoint @checkpoint.txt")]
    [InlineData("audit verify --checkpoint=@checkpoint.txt")]
    public void A_command_is_parsed_with_its_options(string commandLine)
    {
        var result = Parse(commandLine);

        Commands.FindUsageError(result).ShouldBeNull();
        result.CommandResult.Command.Name.ShouldBe("verify");
        result.GetValue<string>("--checkpoint").ShouldBe("@checkpoint.txt", "it is not a response file");
    }

    [Fact]
    public void A_URL_is_an_argument_even_if_it_looks_like_a_setting()
    {
        var result = Parse("healthcheck http://localhost:8080/health/ready?a=b");

        Commands.FindUsageError(result).ShouldBeNull();
        result.GetValue<Uri>("URL").ShouldBe(new Uri("http://localhost:8080/health/ready?a=b"));
    }

    [Fact]
    public void Flags_do_not_take_the_argument_that_follows()
    {
        var result = Parse("create-admin --grant --email ada@example.com");

        Commands.FindUsageError(result).ShouldBeNull();
        result.GetValue<bool>("--grant").ShouldBeTrue();
        result.GetValue<bool>("--password-stdin").ShouldBeFalse();
        result.GetValue<string>("--email").ShouldBe("ada@example.com");
    }

    [Fact]
    public void Every_user_format_can_be_selected()
    {
        foreach (var format in UserFormat.All)
        {
            foreach (var name in (string[])[format.Name, format.Name.ToUpperInvariant()])
            {
                var result = Parse($"import-users users.json --format {name}");

                Commands.FindUsageError(result).ShouldBeNull();
                result.GetValue<UserFormat>("--format").ShouldBe(format);
            }
        }
    }

    [Theory]
    [InlineData("audit", "Required command was not provided. See audit --help.")]
    [InlineData("audit verfy", "Unknown command 'verfy'. Did you mean 'verify'? See audit --help.")]
    [InlineData("audit verify --fast", "Unknown option '--fast'. See audit verify --help.")]
    [InlineData("doctr", "Unknown command 'doctr'. Did you mean 'doctor'? See --help.")]
    [InlineData("serve", "Unknown command 'serve'. See --help.")]
    [InlineData("migrate now", "Unexpected argument 'now'. See migrate --help.")]
    [InlineData("doctor --fast", "Unknown option '--fast'. See doctor --help.")]
    [InlineData("--doctor", "Unknown option '--doctor'. See --help.")]
    [InlineData("--verbose --urls=http://localhost:5001", "Unknown option '--verbose'. See --help.")]
    [InlineData("import-users", "Required argument 'FILE' missing")]
    [InlineData("import-users --quietly", "Unknown option '--quietly'.")]
    [InlineData("import-users --formt django users.json", "Unknown option '--formt'. Did you mean '--format'?")]
    [InlineData("import-users a b", "Unexpected argument 'b'.")]
    [InlineData("import-users a --format ldap", "Unknown format 'ldap'. Use one of: native, identity, ")]
    [InlineData("create-admin", "Option '--email' is required.")]
    [InlineData("create-admin --email", "Required argument missing for option: '--email'.")]
    [InlineData("create-admin --email --grant", "A value is missing before '--grant'.")]
    [InlineData("create-admin --email a@example.com --grant=yes", "Unexpected argument 'yes'.")]
    [InlineData("create-admin --email a@example.com --grant --password-stdin", "leave out --password-stdin.")]
    [InlineData("create-admin --email a@example.com --password secret", "Unknown option '--password'.")]
    [InlineData("create-admin --email a@example.com --password=secret", "Unknown option '--password'.")]
    [InlineData("healthcheck health", "'health' is not an http or https URL.")]
    [InlineData("doctor --Database:Provider", "The setting '--Database:Provider' needs a value.")]
    [InlineData("--Database:Provider", "The setting '--Database:Provider' needs a value.")]
    public void A_usage_error_is_one_line_that_names_it(string commandLine, string expected)
    {
        var error = Commands.FindUsageError(Parse(commandLine)).ShouldNotBeNull();

        error.ShouldContain(expected);
        error.ShouldEndWith("--help.");
        error.ShouldNotContain('\n');
        error.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("--help", "dotnet Auth.Api.dll [command]")]
    [InlineData("-h", "dotnet Auth.Api.dll [command]")]
    [InlineData("help", "import-users <FILE>")]
    [InlineData("--urls=http://localhost:5001 --help", "healthcheck <URL>")]
    [InlineData("import-users --help", "--format <FORMAT>")]
    [InlineData("help audit verify", "--checkpoint <TEXT|@FILE>")]
    [InlineData("create-admin --password --help", "--email <ADDRESS> (REQUIRED)")]
    public void Help_is_shown_wherever_the_option_appears(string commandLine, string expected)
    {
        var result = Parse(commandLine);
        using var output = new StringWriter();

        Commands.FindUsageError(result).ShouldBeNull();
        result.Invoke(new() { Output = output }).ShouldBe(0);

        output.ToString().ShouldContain(expected);
    }

    [Fact]
    public void Every_command_and_option_is_described()
    {
        var root = Parse("--help").RootCommandResult.Command;

        root.Subcommands.Select(command => command.Name)
            .ShouldBe(["doctor", "migrate", "create-admin", "import-users", "audit", "healthcheck"]);
        foreach (var command in root.Subcommands.Concat(root.Subcommands.SelectMany(command => command.Subcommands)))
        {
            command.Description.ShouldNotBeNullOrEmpty();
            command.Options.ShouldAllBe(option => option.Description!.Length > 0);
            command.Arguments.ShouldAllBe(argument => argument.Description!.Length > 0);
        }
    }

    private static ParseResult Parse(string commandLine)
    {
        var (command, settings) = SettingArguments.Split(Words(commandLine));
        return Commands.Parse(command, settings);
    }

    private static string[] Words(string commandLine) => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
