using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Auth.Application.Mail;
using Auth.Domain.Mail;
using Fluid;
using Fluid.Values;

namespace Auth.Infrastructure.Mail;

/// <summary>
/// Puts mails into words. For each mail and language there is one template with plain text only; two layouts, which all of
/// them share, make the text and the HTML of it. Files in a folder replace the built-in ones one by one.
/// </summary>
internal sealed partial class MailTemplates(MailOptions options)
{
    /// <summary>The extension of templates.</summary>
    public const string Extension = ".liquid";

    /// <summary>The name of the templates with the words that all mails of a language share.</summary>
    public const string Labels = "labels";

    /// <summary>The layout of the text.</summary>
    public const string TextLayout = "layout.text";

    /// <summary>The layout of the HTML.</summary>
    public const string HtmlLayout = "layout.html";

    private const string ResourcePrefix = "Auth.Infrastructure.Mail.Templates.";

    private static readonly FluidParser s_parser = new();

    // A misspelled variable would otherwise be empty.
    private static readonly TemplateOptions s_options = new() { StrictVariables = true, StrictFilters = true };

    private readonly ConcurrentDictionary<string, IFluidTemplate> _parsed = new(StringComparer.Ordinal);

    /// <summary>Returns the name of the template of a mail.</summary>
    public static string NameOf(MailTemplate template) =>
        UpperCaseLetter().Replace(template.ToString(), "-$0").ToLowerInvariant();

    /// <summary>Puts a mail into words.</summary>
    /// <exception cref="MailTemplateException">A template is missing or cannot be used.</exception>
    public RenderedMail Render(MailContent content)
    {
        var words = new TemplateContext(s_options, StringComparer.Ordinal)
        {
            CultureInfo = CultureInfo.GetCultureInfo(content.Culture),
        };
        foreach (var (name, value) in Variables(content))
        {
            words.SetValue(name, Value(value));
        }

        foreach (var section in (string[])["subject", "button", "intro", "outro"])
        {
            words.SetValue(section, StringValue.Empty);
        }

        Run($"{Labels}.{content.Culture}", words, NullEncoder.Default);
        Run($"{NameOf(content.Template)}.{content.Culture}", words, NullEncoder.Default);

        var layout = new TemplateContext(s_options, StringComparer.Ordinal);
        foreach (var (name, value) in Layout(content, name => words.GetValue(name).ToStringValue()))
        {
            layout.SetValue(name, Value(value));
        }

        return new RenderedMail(
            layout.GetValue("subject").ToStringValue(),
            Run(TextLayout, layout, NullEncoder.Default).ReplaceLineEndings("\r\n"),
            Run(HtmlLayout, layout, HtmlEncoder.Default)
        );
    }

    /// <summary>Checks all templates of a language by rendering every mail with sample data.</summary>
    /// <returns>The first problem of each mail.</returns>
    public IEnumerable<string> FindProblems(string culture)
    {
        foreach (var template in Enum.GetValues<MailTemplate>())
        {
            string? problem = null;
            try
            {
                Render(MailSamples.Create(template, culture));
            }
            catch (MailTemplateException failure)
            {
                problem = failure.Message;
            }

            if (problem is not null)
            {
                yield return problem;
            }
        }
    }

    private Dictionary<string, object?> Variables(MailContent content) =>
        new(StringComparer.Ordinal)
        {
            ["service"] = options.FromName,
            ["culture"] = content.Culture,
            ["name"] = content.DisplayName is { } name ? OneLine(name) : null,
            ["code_minutes"] = WholeUnits(content.CodeLifetime?.TotalMinutes),
            ["link_minutes"] = WholeUnits(content.LinkLifetime?.TotalMinutes),
            ["link_hours"] = WholeUnits(content.LinkLifetime?.TotalHours),
            ["link_days"] = WholeUnits(content.LinkLifetime?.TotalDays),
        };

    private Dictionary<string, object?> Layout(MailContent content, Func<string, string> words)
    {
        var button = OneLine(words("button"));
        return new(StringComparer.Ordinal)
        {
            ["service"] = options.FromName,
            ["culture"] = content.Culture,
            ["subject"] = OneLine(words("subject")),
            ["greeting"] = OneLine(words("greeting")),
            ["intro"] = Paragraphs(words("intro")),
            ["facts"] = Facts(content, words),
            ["code"] = content.Code,
            ["code_label"] = OneLine(words("code_label")),
            ["button"] = button.Length > 0 ? button : null,
            ["link"] = options.Links.Find(content.Template, content.LinkToken),
            ["link_hint"] = OneLine(words("link_hint")),
            ["outro"] = Paragraphs(words("outro")),
            ["footer"] = OneLine(words("footer")),
        };
    }

    private static Dictionary<string, string>[] Facts(MailContent content, Func<string, string> words)
    {
        // A mail with a link explains itself, and may reach somebody who has nothing to do with the request.
        if (content.Facts is not { } facts || content.LinkToken is not null)
        {
            return [];
        }

        var culture = CultureInfo.GetCultureInfo(content.Culture);
        var time = facts.OccurredAt.ToUniversalTime();
        (string Label, string? Value)[] all =
        [
            ("factor_label", facts.Subject),
            ("time_label", $"{time.ToString("D", culture)}, {time.ToString("HH:mm", culture)} UTC"),
            ("device_label", DeviceNames.Find(facts.UserAgent)),
            ("ip_address_label", facts.IpAddress),
        ];
        return
        [
            .. all.Where(fact => fact.Value is not null)
                .Select(fact => new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["label"] = OneLine(words(fact.Label)),
                    ["value"] = OneLine(fact.Value!),
                }),
        ];
    }

    // What is missing is false: nil would be an unknown variable.
    private static FluidValue Value(object? value) => FluidValue.Create(value ?? false, s_options);

    private static int? WholeUnits(double? count) => count is { } known ? (int)known : null;

    private static string[] Paragraphs(string text) =>
        [.. BlankLine().Split(text).Select(OneLine).Where(paragraph => paragraph.Length > 0)];

    private static string OneLine(string text) => WhiteSpace().Replace(text, " ").Trim();

    private string Run(string name, TemplateContext context, TextEncoder encoder)
    {
        try
        {
            // Not isolated, because what a template assigns has to outlive it. Completes at once: nothing is read or written.
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            _parsed
                .GetOrAdd(name, Parse)
                .RenderAsync(text, context, encoder, isolateContext: false)
                .AsTask()
                .GetAwaiter()
                .GetResult();
            return text.ToString();
        }
        catch (Exception failure) when (failure is not MailTemplateException)
        {
            throw new MailTemplateException($"{name}{Extension}: {failure.Message}", failure);
        }
    }

    private IFluidTemplate Parse(string name) =>
        s_parser.TryParse(Read(name + Extension), out var template, out var error)
            ? template
            : throw new MailTemplateException($"{name}{Extension}: {error}", inner: null);

    private string Read(string file)
    {
        if (options.TemplateFolder is { } folder && Path.Combine(folder, file) is var path && File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        using var resource =
            typeof(MailTemplates).Assembly.GetManifestResourceStream(ResourcePrefix + file)
            ?? throw new MailTemplateException($"{file} does not exist.", inner: null);
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("(?<=.)[A-Z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UpperCaseLetter();

    [GeneratedRegex(@"\n\s*\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();
}

/// <summary>A mail in words.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The body as text.</param>
/// <param name="Html">The body as HTML.</param>
internal sealed record RenderedMail(string Subject, string Text, string Html)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(RenderedMail);
}

/// <summary>A template is missing or cannot be used.</summary>
/// <param name="message">The file, and what is wrong with it.</param>
/// <param name="inner">The cause.</param>
internal sealed class MailTemplateException(string message, Exception? inner) : Exception(message, inner);
