using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Users;
using Zxcvbn.Matcher;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// Rejects passwords that are a common password, consist of the e-mail address, the name or the configured context words,
/// or are easily guessed according to zxcvbn.
/// </summary>
/// <remarks>There are no composition rules (NIST SP 800-63B-4 §3.1.1.2).</remarks>
internal sealed class PasswordPolicy : IPasswordPolicy
{
    private const int MinScore = 2;

    // In UTF-16 code units. The time of zxcvbn grows with the square of the length, and a password whose first hundred
    // units are hard to guess does not become easier by the rest. Half a surrogate pair at the end counts as a character.
    private const int MaxExamined = 100;

    // Longer than any dictionary word.
    private const int MaxReversed = 40;

    // Shorter parts of an address or a name appear in any text.
    private const int MinPartLength = 3;

    // How many digits and punctuation marks may surround the words of an address or a name before zxcvbn judges the
    // password instead.
    private const int MaxAdded = 6;

    private const string Common = "This password is too common. Choose a different one.";
    private const string Personal =
        "Passwords must not be based on your e-mail address or name. Choose a different one.";
    private const string OfService = "Passwords must not be based on the name of this service. Choose a different one.";
    private const string Weak = "This password is too easy to guess. Make it longer, or use several unrelated words.";

    /// <summary>The words that attackers try first at any service of this kind; rejected as a whole password.</summary>
    internal static readonly string[] ContextWords =
    [
        "auth",
        "authservice",
        "authentication",
        "authorization",
        "login",
        "signin",
        "account",
        "admin",
        "administrator",
    ];

    private readonly Zxcvbn.Zxcvbn _zxcvbn = new();
    private readonly HashSet<string> _serviceWords;

    public PasswordPolicy(PasswordOptions options) => _serviceWords = WordsOf(options.ContextWords);

    /// <inheritdoc/>
    public string? Check(string password, EmailAddress email, string? displayName)
    {
        var personal = PersonalWords(email, displayName);
        if (IsMadeOf(password, personal))
        {
            return Personal;
        }

        if (IsMadeOf(password, [.. personal, .. _serviceWords]))
        {
            return OfService;
        }

        var examined = password.Length > MaxExamined ? password[..MaxExamined] : password;
        string[] words = [.. personal.Concat(_serviceWords).Concat(ContextWords).Distinct()];
        var result = _zxcvbn.EvaluatePassword(examined, words);
        var match = WholeMatch(result, examined);
        if (match is null && examined.Length <= MaxReversed)
        {
            var reversed = Reverse(examined);
            match = WholeMatch(_zxcvbn.EvaluatePassword(reversed, words), reversed);
        }

        return match switch
        {
            not null when personal.Contains(match.MatchedWord) => Personal,
            not null when _serviceWords.Contains(match.MatchedWord) => OfService,
            not null => Common,
            _ => result.Score < MinScore ? Weak : null,
        };
    }

    private static DictionaryMatch? WholeMatch(Zxcvbn.Result result, string text) =>
        result.MatchSequence is [DictionaryMatch match] && match.Token.Length == text.Length ? match : null;

    /// <summary>Returns the address and the name, whole and in parts, simplified.</summary>
    private static HashSet<string> PersonalWords(EmailAddress email, string? displayName) =>
        WordsOf([email.Value, .. email.Value.Split('@'), displayName ?? ""]);

    /// <summary>Returns names, whole and in parts, simplified.</summary>
    private static HashSet<string> WordsOf(IReadOnlyList<string> names) =>
        [
            .. names
                .Concat(names.SelectMany(Parts))
                .Select(Simplify)
                .SelectMany(word => new[] { word, TrimDigits(word) })
                .Where(word => word.Length >= MinPartLength),
        ];

    private static string[] Parts(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsLetterOrDigit(rune) ? rune.ToString() : " "))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a password consists of these words, in any order, and a few digits and punctuation marks.</summary>
    private static bool IsMadeOf(string password, HashSet<string> words)
    {
        var marks = password.EnumerateRunes().Count(rune => !Rune.IsLetterOrDigit(rune));
        var text = Simplify(password);
        return new[] { text, TrimDigits(text) }
            .Where(core => core.Length > 0 && marks + text.Length - core.Length <= MaxAdded)
            .Any(core => Consists(core, words) || Consists(Reverse(core), words));
    }

    private static bool Consists(string text, HashSet<string> words)
    {
        var reachable = new bool[text.Length + 1];
        reachable[0] = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (!reachable[i])
            {
                continue;
            }

            foreach (var word in words.Where(word => string.CompareOrdinal(text, i, word, 0, word.Length) == 0))
            {
                reachable[i + word.Length] = true;
            }
        }

        return reachable[^1];
    }

    /// <summary>Reduces a text to letters and digits, in compatibility form and lower case.</summary>
    private static string Simplify(string text)
    {
        // Normalizing throws on U+FFFE, and on lone surrogates, which enumerating replaces.
        var valid = string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0xFFFE));
        var folded = valid.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return string.Concat(folded.EnumerateRunes().Where(Rune.IsLetterOrDigit));
    }

    private static string TrimDigits(string text) => text.Trim("0123456789".ToCharArray());

    private static string Reverse(string text) => string.Concat(text.EnumerateRunes().Reverse());
}
