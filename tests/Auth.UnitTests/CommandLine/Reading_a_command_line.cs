using Auth.Api.CommandLine;

namespace Auth.UnitTests.CommandLine;

public sealed class Reading_a_command_line
{
    [Theory]
    [InlineData("")]
    [InlineData("--urls http://localhost:5001")]
    [InlineData("--urls=http://localhost:5001")]
    [InlineData("/urls http://localhost:5001")]
    [InlineData("Database:Provider=Postgres")]
    public void Without_a_verb_all_of_it_is_settings(string commandLine)
    {
        var parsed = Parse(commandLine);

        parsed.Mistake.ShouldBeNull();
        parsed.Verb.ShouldBeNull();
        parsed.Settings.ShouldBe(Split(commandLine));
    }

    [Theory]
    [InlineData("audit verify --checkpoint abc")]
    [InlineData("audit verify --checkpoint=abc")]
    public void A_verb_is_found_with_its_options(string commandLine)
    {
        var parsed = Parse(commandLine);

        parsed.Verb!.Name.ShouldBe("audit verify");
        parsed.Options["--checkpoint"].ShouldBe("abc");
        parsed.Settings.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_verb_works_on_is_no_setting_though_it_looks_like_one()
    {
        var parsed = Parse("healthcheck http://localhost:8080/health/ready?a=b");

        parsed.Operand.ShouldBe("http://localhost:8080/health/ready?a=b");
        parsed.Settings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("import-users users.ndjson --Database:Provider Postgres --Passwords:BcryptCost=4")]
    [InlineData("import-users --Database:Provider Postgres users.ndjson --Passwords:BcryptCost 4")]
    public void Settings_may_stand_beside_what_belongs_to_the_verb(string commandLine)
    {
        var parsed = Parse(commandLine);

        parsed.Operand.ShouldBe("users.ndjson");
        parsed.Settings.ShouldBe(["--Database:Provider=Postgres", "--Passwords:BcryptCost=4"]);
    }

    [Fact]
    public void An_option_without_a_value_takes_none_from_what_follows()
    {
        var parsed = Parse("create-admin --grant --email ada@example.com");

        parsed.Options.Keys.ShouldBe(["--grant", "--email"]);
        parsed.Options["--email"].ShouldBe("ada@example.com");
    }

    [Theory]
    [InlineData("audit", "audit")]
    [InlineData("audit verfy", "audit")]
    [InlineData("serve", "serve")]
    [InlineData("migrate now", "now")]
    [InlineData("doctor --fast", "--fast")]
    [InlineData("--doctor", "--doctor")]
    [InlineData("--verbose --urls=http://localhost:5001", "--verbose")]
    [InlineData("import-users", "FILE")]
    [InlineData("import-users a b", "'b'")]
    [InlineData("create-admin", "--email ADDRESS")]
    [InlineData("create-admin --email", "--email ADDRESS")]
    [InlineData("create-admin --email --grant", "--email ADDRESS")]
    [InlineData("create-admin --email a@example.com --grant=yes", "--grant")]
    [InlineData("create-admin --email a@example.com --password secret", "'--password'")]
    [InlineData("doctor --Database:Provider", "--Database:Provider")]
    public void What_cannot_be_understood_is_named_in_one_line(string commandLine, string named)
    {
        var parsed = Parse(commandLine);

        parsed.Mistake.ShouldNotBeNull().ShouldContain(named);
        parsed.Mistake.ShouldNotContain('\n');
        parsed.Mistake.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("import-users --help")]
    public void Help_is_given_wherever_it_is_asked_for(string commandLine) =>
        Parse(commandLine).WantsHelp.ShouldBeTrue();

    [Fact]
    public async Task The_help_lists_every_verb_with_its_options()
    {
        await using var output = new StringWriter();

        await CommandLineArguments.ExplainAsync(output);

        var help = output.ToString();
        Verb.All.Select(verb => verb.Name).ShouldBeUnique();
        foreach (var verb in Verb.All)
        {
            help.ShouldContain($"  {verb.Usage}");
            help.ShouldContain(verb.Summary);
        }

        help.ShouldContain("create-admin --email ADDRESS [--password-stdin] [--grant]");
    }

    private static CommandLineArguments Parse(string commandLine) => CommandLineArguments.Parse(Split(commandLine));

    private static string[] Split(string commandLine) => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
