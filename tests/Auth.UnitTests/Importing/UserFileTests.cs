using System.Text;
using Auth.Api.Importing;

namespace Auth.UnitTests.Importing;

public sealed class UserFileTests : IDisposable
{
    private static readonly UserFormat s_identity = Format("identity");
    private static readonly UserFormat s_keycloak = Format("keycloak");
    private static readonly UserFormat s_supabase = Format("supabase");

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Lines_are_users_and_blank_ones_are_not()
    {
        var file = Read("\n{\"email\":\"a\"}\r\n \t\r\n{\"email\":\"b\"}", UserFormat.Native);

        Emails(file, "email").ShouldBe(["a", "b"]);
        file.Unit.ShouldBe("line");
        file.Describe(1).ShouldBe("line 2");
        file.Describe(2).ShouldBe("line 4");
    }

    [Fact]
    public void A_line_that_is_not_an_object_does_not_affect_the_others()
    {
        var file = Read(
            "{\"email\":\"a\"}\n{\"email\":\n[1]\n{\"email\":\"b\",\"email\":\"c\"}\n{} {}",
            UserFormat.Native
        );

        file.Entries.Select(entry => entry.Record is null).ShouldBe([false, true, true, true, true]);
        file.Entries.Where(entry => entry.Record is null)
            .Select(entry => entry.Problem)
            .ShouldBe([
                "This is not a JSON object.",
                "This is not a JSON object.",
                "A property is present twice.",
                "This is not a JSON object.",
            ]);
    }

    [Fact]
    public void An_array_has_one_user_per_object_regardless_of_line_breaks()
    {
        var file = Read(
            "\uFEFF [\n  {\"email\":\n \"a\"}, {\"email\":\"b\"},\n\n {\"email\":\"c\"}\n]\n",
            UserFormat.Native
        );

        Emails(file, "email").ShouldBe(["a", "b", "c"]);
        file.Unit.ShouldBe("user");
        file.Describe(1).ShouldBe("line 2, user 1");
        file.Describe(2).ShouldBe("line 3, user 2");
        file.Describe(3).ShouldBe("line 5, user 3");
    }

    [Fact]
    public void SQL_Server_output_rows_are_joined_wherever_they_break()
    {
        const string json = """[{"Email":"ada@example.com","EmailConfirmed":true},{"Email":"bob@example.com"}]""";

        for (var position = 1; position < json.Length; position++)
        {
            var file = Read(json.Insert(position, "\r\n"), s_identity);

            Emails(file, "Email").ShouldBe(["ada@example.com", "bob@example.com"]);
            file.LineOf(2).ShouldBe(position <= json.LastIndexOf('{') ? 2 : 1);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_header_and_footer_of_sqlcmd_and_Management_Studio_are_ignored(string lineEnd)
    {
        string[] lines =
        [
            "JSON_F52E2B61-18A1-11d1-B105-00805F49916B",
            "-----------------------------------------   ",
            "[{\"Email\":\"ada@exam",
            "ple.com\"},{\"Email\":\"bob@example.com\"}]",
            "",
            "(2 rows affected)",
            "",
            "Completion time: 2026-01-31T12:00:00.0000000+01:00",
            "",
        ];

        foreach (var part in (string[][])[lines, lines[..4], lines[..6], lines[2..], lines[2..6]])
        {
            var file = Read(string.Join(lineEnd, part), s_identity);

            Emails(file, "Email").ShouldBe(["ada@example.com", "bob@example.com"]);
            file.LineOf(2).ShouldBe(part[0].StartsWith('[') ? 2 : 4);
        }
    }

    [Theory]
    [InlineData("native", "{\n  \"realm\": \"a\",\n  \"users\": []\n}", "keycloak")]
    [InlineData("django", "{\n  \"realm\": \"a\",\n  \"users\": []\n}", "keycloak")]
    [InlineData("native", "{\"users\": [\n  {\"localId\": \"a\"}]}", "firebase")]
    [InlineData("native", "[\n  {\"model\": \"auth.user\", \"fields\": {}}]", "django")]
    [InlineData("native", "[{\"Id\": \"1\", \"UserName\": \"a\"}]", "identity")]
    [InlineData("native", "[{\"id\": \"1\", \"encrypted_password\": \"a\"}]", "supabase")]
    [InlineData("native", "[{\"email\": \"1\", \"email_verified\": true}]", "auth0")]
    public void A_document_in_another_format_is_rejected_once_with_the_format_to_choose(
        string chosen,
        string text,
        string meant
    ) =>
        Refusal(text, Format(chosen))
            .ShouldBe($"The file is a JSON document of another format. Use --format {meant}. Nothing was imported.");

    [Theory]
    [InlineData("native", "{\n  \"email\": \"a\"\n}\n")]
    [InlineData("auth0", "{\n  \"email\": \"a\", \"email_verified\": true\n}\n")]
    public void An_object_that_does_not_end_on_its_line_is_rejected_once(string format, string text) =>
        Refusal(text, Format(format)).ShouldStartWith("The first JSON object does not end on its line.");

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[{\"email\":\"a\"}]")]
    [InlineData("[{\"\\ud800\":1}]")]
    [InlineData("{\"email\":\"a\"}\n{\n")]
    [InlineData("{\"email\" \"a\"}\n{}")]
    public void Files_in_our_own_format_are_read(string text) => Read(text, UserFormat.Native);

    [Theory]
    [InlineData("""{"realm":"a","roles":{"users":[1]},"users":[{"email":"a"},{"email":"b"}],"clients":[{}]}""")]
    [InlineData("""[{"email":"a"},{"email":"b"}]""")]
    [InlineData("""[{"realm":"a","users":[{"email":"a"}]},{"users":[]},{"realm":"b","users":[{"email":"b"}],"x":1}]""")]
    public void Users_are_read_from_one_realm_several_realms_or_a_plain_list(string json) =>
        Emails(Read(json, s_keycloak), "email").ShouldBe(["a", "b"]);

    [Theory]
    [InlineData("""{"realm":"a","clients":[]}""", "The file does not contain a list 'users'.")]
    [InlineData("email,name", "line 1: not JSON.")]
    [InlineData("[{},\n{}", "line 2: invalid JSON. Nothing was imported.")]
    [InlineData("[{}\n]\n]", "line 3: invalid JSON. Nothing was imported.")]
    [InlineData("[{},\n\n{\"a\" 1}]", "line 3: invalid JSON. Nothing was imported.")]
    [InlineData(" \r\n", "The file is empty.")]
    public void A_document_of_the_wrong_shape_is_rejected_as_a_whole(string text, string message) =>
        Refusal(text, s_keycloak).ShouldBe(message);

    [Fact]
    public void Other_encodings_are_rejected()
    {
        const string text = "{\"email\":\"a\"}\n{\"email\":\"b\"}\n{\"displayName\":\"Jürgen\"}\n";
        const string utf16 = "The file is UTF-16. Save it as UTF-8. Nothing was imported.";

        Refusal(Encoding.Latin1.GetBytes(text)).ShouldStartWith("line 3: the text is not UTF-8");
        foreach (var bigEndian in new[] { true, false })
        {
            Refusal([
                    .. new UnicodeEncoding(bigEndian, true).Preamble,
                    .. new UnicodeEncoding(bigEndian, true).GetBytes(text),
                ])
                .ShouldBe(utf16);
            Refusal(new UnicodeEncoding(bigEndian, false).GetBytes(text)).ShouldBe(utf16);
        }

        // A lone surrogate, and an overlong encoding.
        Refusal([.. "\n{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]).ShouldStartWith("line 2: the text is not UTF-8");
        Refusal([.. "{\"a\":\""u8, 0xC0, 0xAF, .. "\"}"u8]).ShouldStartWith("line 1: the text is not UTF-8");
    }

    [Fact]
    public void CSV_is_read_with_quotes_commas_and_line_ends_in_fields()
    {
        var file = Read(
            "id,email,raw_user_meta_data\r\n"
                + "1,a,\"{\"\"full_name\"\": \"\"Lovelace, Ada\"\"}\"\r\n"
                + "2,b,\"two\nlines\"\r\n"
                + "3,\"\",\r\n"
                + "4,c\r\n"
                + "5,d,e",
            s_supabase
        );

        var entries = file.Entries.ToList();
        entries[0].Record!.Object("raw_user_meta_data")!.Text("full_name").ShouldBe("Lovelace, Ada");
        entries[1].Record!.Text("raw_user_meta_data").ShouldBe("two\nlines");
        entries[2].Record!.Text("email").ShouldBe("");
        entries[2].Record!.Text("raw_user_meta_data").ShouldBeNull();
        entries[3].Problem.ShouldBe("The row has 2 fields, but the header has 3.");
        entries[4].Record!.Text("raw_user_meta_data").ShouldBe("e");
        Enumerable.Range(1, 5).Select(file.LineOf).ShouldBe([2, 3, 5, 6, 7]);
    }

    [Theory]
    [InlineData("id,name\n1,2", "line 1: neither JSON nor a CSV header with the column email.")]
    [InlineData("id,email\n1,\"a\n", "line 2: a quote is not closed.")]
    [InlineData("id,email\n1,\"a\"b\n", "line 2: there is text after the closing quote of a field.")]
    public void Damaged_CSV_is_rejected(string text, string message) => Refusal(text, s_supabase).ShouldBe(message);

    private static UserFormat Format(string name) => UserFormat.All.Single(format => format.Name == name);

    private static IEnumerable<string?> Emails(UserFile file, string member) =>
        file.Entries.Select(entry => entry.Record!.Text(member));

    private UserFile Read(string text, UserFormat format)
    {
        File.WriteAllText(_path, text);
        return UserFile.Read(_path, format);
    }

    private string Refusal(string text, UserFormat format) =>
        Should.Throw<InvalidDataException>(() => Read(text, format)).Message;

    private string Refusal(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return Should.Throw<InvalidDataException>(() => UserFile.Read(_path, UserFormat.Native)).Message;
    }
}
