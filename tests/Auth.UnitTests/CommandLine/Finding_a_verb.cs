using Auth.Api.CommandLine;

namespace Auth.UnitTests.CommandLine;

public sealed class Finding_a_verb
{
    [Theory]
    [InlineData("")]
    [InlineData("--urls http://localhost:5001")]
    [InlineData("/urls http://localhost:5001")]
    [InlineData("Database:Provider=Postgres")]
    public void Without_a_verb_the_service_starts(string commandLine)
    {
        Verb.TryFind(Split(commandLine), out var verb, out _).ShouldBeTrue();
        verb.ShouldBeNull();
    }

    [Fact]
    public void A_verb_is_found_with_what_follows_it()
    {
        Verb.TryFind(Split("audit verify --checkpoint abc"), out var verb, out var rest).ShouldBeTrue();

        verb!.Name.ShouldBe("audit verify");
        rest.ShouldBe(["--checkpoint", "abc"]);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit verfy")]
    [InlineData("serve")]
    public void Another_word_is_no_reason_to_start_the_service(string commandLine) =>
        Verb.TryFind(Split(commandLine), out _, out _).ShouldBeFalse();

    private static string[] Split(string commandLine) => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
