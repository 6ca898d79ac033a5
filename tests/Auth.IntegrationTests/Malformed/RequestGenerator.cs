using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Malformed;

/// <summary>The caller of a request.</summary>
internal enum CallerKind
{
    Nobody,
    User,
    Administrator,
}

/// <summary>Existing resources for requests, so that they pass the first checks.</summary>
/// <param name="User">A user without permissions.</param>
/// <param name="Administrator">A user with all permissions.</param>
/// <param name="Role">The name of a role.</param>
internal sealed record World(Account User, Account Administrator, string Role);

/// <summary>A request, and how it was generated.</summary>
/// <param name="Draft">The request.</param>
/// <param name="Caller">The caller.</param>
/// <param name="Mutations">The mutations applied to it.</param>
internal sealed record SpoiltRequest(Draft Draft, CallerKind Caller, IReadOnlyList<string> Mutations);

/// <summary>Generates requests with one to four mutations. The same seed and number give the same request.</summary>
internal sealed class RequestGenerator(IReadOnlyList<Operation> operations, ulong seed)
{
    private const int MaxMutations = 4;

    // Some are left unchanged: unless those succeed, the others prove little.
    private const int LeftAsTheyAre = 25;

    /// <param name="number">The number of the request.</param>
    /// <param name="world">The existing resources.</param>
    /// <param name="without">The positions of mutations to leave out.</param>
    public SpoiltRequest Make(int number, World world, IReadOnlySet<int> without)
    {
        var dice = Dice.For(seed, number, 0);
        var operation = dice.Pick(operations);
        var caller = dice.Pick(Enum.GetValues<CallerKind>());
        var draft = Begin(operation, caller, world, dice);
        List<string> applied = [];
        var count = dice.OneIn(LeftAsTheyAre) ? 0 : 1 + Math.Min(dice.Below(MaxMutations), dice.Below(MaxMutations));
        for (var part = 1; part <= count; part++)
        {
            var partDice = Dice.For(seed, number, part);
            var fitting = partDice.Pick(Mutations.All).Where(mutation => mutation.Fits(draft)).ToList();
            if (!without.Contains(part) && fitting.Count > 0)
            {
                var mutation = partDice.Pick(fitting);
                mutation.Apply(draft, partDice);
                applied.Add(mutation.Name);
            }
        }

        return new(draft, caller, applied);
    }

    private static Draft Begin(Operation operation, CallerKind caller, World world, Dice dice)
    {
        var account = caller == CallerKind.Administrator ? world.Administrator : world.User;
        var id = operation.Template.Contains("/sessions/{id}", StringComparison.Ordinal)
            ? account.SessionId
            : dice.Pick([world.User.Id.ToString(), account.Id.ToString(), Guid.CreateVersion7().ToString()]);
        var draft = new Draft
        {
            Operation = operation,
            Method = operation.Method,
            Path = operation
                .Template.Replace("{id}", id, StringComparison.Ordinal)
                .Replace("{name}", dice.Pick([world.Role, "editor", "nowhere"]), StringComparison.Ordinal),
            Authorization = caller == CallerKind.Nobody ? null : $"Bearer {account.AccessToken}",
        };
        if (operation.Example is { } example)
        {
            draft.ContentType = "application/json";
            draft.Members =
            [
                .. example.Select(member => (member.Key, ValueOf(member.Key, member.Value, account, dice))),
            ];
        }

        if (operation.Template is "/api/auth/refresh" or "/api/auth/logout" && dice.OneIn(2))
        {
            draft.Members!.Clear();
            draft.Headers.Add($"Cookie: refreshToken={account.RefreshToken}");
        }

        return draft;
    }

    // The values of the example, except those that depend on the account.
    private static string ValueOf(string name, JsonNode? example, Account account, Dice dice) =>
        name switch
        {
            "email" => $"\"{(dice.OneIn(2) ? account.Email : Account.NewEmail())}\"",
            "password" or "currentPassword" => $"\"{account.Password}\"",
            "refreshToken" => $"\"{account.RefreshToken}\"",
            "name" => $"\"{Administration.NewRoleName()}\"",
            "emergency" => dice.OneIn(20) ? "true" : "false",
            _ => example?.ToJsonString() ?? "null",
        };
}
