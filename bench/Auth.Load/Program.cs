using Auth.Load;

// Compares the service with its peers, on SQLite and, given a connection string, on PostgreSQL.
if (Options.TryParse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(
        $"usage: [--quick] [--postgres CONNECTION-STRING] [--no-sqlite] [--published FOLDER] "
            + $"[--only {string.Join('|', Options.Parts)}]"
    );
    return 2;
}

var folder = Directory.CreateTempSubdirectory("auth-bench-");
var report = new Report();
try
{
    var published = options.Published is null
        ? await Published.MakeAsync(folder.FullName)
        : new Published(options.Published);
    foreach (var database in options.Databases(folder.FullName))
    {
        await using var _ = database;
        if (options.Runs("start"))
        {
            await new ColdStart(options.Plan, published, report).RunAsync(database.Provider, await database.NewAsync());
        }

        if (options.RunsAny("me", "users", "refresh", "passwords", "logout"))
        {
            using var run = new EngineRun(options, published, folder.FullName, report);
            await run.RunAsync(database.Provider, await database.NewAsync());
        }

        if (options.Runs("million"))
        {
            await new MillionRefreshes(options.Plan, published, report).RunAsync(
                database.Provider,
                await database.NewAsync()
            );
        }
    }

    Console.WriteLine(await Report.HeadAsync(options.Quick));
    Console.WriteLine(report);
    return report.IsMet ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}
