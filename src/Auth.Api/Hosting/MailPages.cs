using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Auth.Api.Ui;
using Auth.Infrastructure.Mail;

namespace Auth.Api.Hosting;

/// <summary>Pages for developers that show the mails in the folder.</summary>
internal static class MailPages
{
    /// <summary>The path of the pages.</summary>
    public const string Path = "/dev/mail";

    // No scripts, nothing from elsewhere. The frame inherits this policy.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Style = """
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
        body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        table { width: 100%; border-collapse: collapse; }
        th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8884; border-radius: 6px; }
        iframe { width: 100%; height: 48rem; border: 1px solid #8884; border-radius: 6px; }
        """;

    /// <summary>Whether the pages are served: only in Development, where mail is written into a folder.</summary>
    public static bool AreServed(IHostEnvironment environment, MailOptions options) =>
        environment.IsDevelopment() && options.Transport == MailTransport.Folder;

    /// <summary>Serves the pages.</summary>
    public static void UseMailPages(this IApplicationBuilder app, MailOptions options)
    {
        var folder = new MailFolder(options);
        app.Map(
            Path,
            pages =>
                pages.Run(async context =>
                {
                    var stopped = context.RequestAborted;
                    var id = context.Request.Path.Value?.Trim('/') ?? "";
                    var page =
                        id.Length == 0 ? List(context.Request.PathBase, await folder.ListAsync(stopped))
                        : await folder.FindAsync(id, stopped) is { } mail ? Show(context.Request.PathBase, mail)
                        : null;
                    if (page is null)
                    {
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return;
                    }

                    context.SetEndpoint(new Endpoint(requestDelegate: null, new(new PagePolicy(Policy)), Path));
                    context.Response.ContentType = "text/html; charset=utf-8";
                    context.Response.Headers.CacheControl = "no-store";
                    await context.Response.WriteAsync(page, stopped);
                })
        );
    }

    private static string List(string path, IReadOnlyList<WrittenMail> mails)
    {
        var rows = new StringBuilder();
        foreach (var mail in mails)
        {
            rows.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{mail.Date:u}</td><td>{Encode(mail.To)}</td><td><a href=\"{Encode(path)}/{mail.Id}\">{Encode(mail.Subject)}</a></td></tr>"
            );
        }

        return Page(
            "Mail",
            mails.Count == 0
                ? "<p>There are no mails yet.</p>"
                : $"<table><tr><th>Sent</th><th>To</th><th>Subject</th></tr>{rows}</table>"
        );
    }

    // Links open in a new tab; within the frame they would be blocked.
    private static string Show(string path, WrittenMail mail) =>
        Page(
            mail.Subject,
            $"""
            <p><a href="{Encode(path)}">All mails</a></p>
            <p>To {Encode(mail.To)}, {mail.Date.ToString("u", CultureInfo.InvariantCulture)}</p>
            <iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="HTML" srcdoc="{Encode(
                "<base target=\"_blank\">" + mail.Html
            )}"></iframe>
            <h2>Text</h2>
            <pre>{Encode(mail.Text)}</pre>
            """
        );

    private static string Page(string title, string body) =>
        $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{Encode(title)}</title><style>{Style}</style></head>
            <body><h1>{Encode(title)}</h1>{body}</body>
            </html>
            """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
