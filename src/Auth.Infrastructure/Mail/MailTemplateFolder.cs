using System.Globalization;
using Auth.Domain.Mail;

namespace Auth.Infrastructure.Mail;

/// <summary>Checks a folder with templates at startup, because a mail that cannot be rendered is found out about too late.</summary>
public static class MailTemplateFolder
{
    /// <summary>Finds out which languages there are templates in, and what is wrong with the files.</summary>
    /// <param name="options">The settings, with the folder.</param>
    /// <returns>The languages, the built-in ones first, and the problems, one line each.</returns>
    public static (IReadOnlyList<string> Cultures, IReadOnlyList<string> Problems) Check(MailOptions options)
    {
        if (!Directory.Exists(options.TemplateFolder))
        {
            return (MailOptions.BuiltInCultures, [$"the folder {options.TemplateFolder} does not exist."]);
        }

        var cultures = new List<string>(MailOptions.BuiltInCultures);
        var problems = new List<string>();
        foreach (
            var file in Directory
                .EnumerateFiles(options.TemplateFolder, "*" + MailTemplates.Extension)
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal)
        )
        {
            if (file is MailTemplates.TextLayout or MailTemplates.HtmlLayout)
            {
                continue;
            }

            var culture = Path.GetExtension(file).TrimStart('.');
            if (!IsName(Path.GetFileNameWithoutExtension(file)) || !IsCulture(culture))
            {
                problems.Add($"{file}{MailTemplates.Extension} is not the name of a template.");
            }
            else if (!cultures.Contains(culture, StringComparer.Ordinal))
            {
                cultures.Add(culture);
            }
        }

        var templates = new MailTemplates(options);
        problems.AddRange(cultures.SelectMany(templates.FindProblems).Distinct(StringComparer.Ordinal));
        return (cultures, problems);
    }

    private static bool IsName(string name) =>
        name == MailTemplates.Labels || Enum.GetValues<MailTemplate>().Any(mail => MailTemplates.NameOf(mail) == name);

    private static bool IsCulture(string name)
    {
        if (name.Length is 0 or > OutgoingMail.CultureMaxLength)
        {
            return false;
        }

        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name == name;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
