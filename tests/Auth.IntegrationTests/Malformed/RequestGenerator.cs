using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Malformed;

/// <summary>Who a request is sent as.</summary>
internal enum CallerKind
{
    Nobody,
    User,
    Administrator,
}

/// <summary>What a request can be about, so that it gets past the first check.</summary>
/// <param name="User">Somebody without permissions.</param>
/// <param name="Administrator">Somebody with all of them.</param>
/// <param name="Role">The name of a role.</param>
internal sealed record World(Account User, Account Administrator, string Role);

/// <summary>A request, and how it came to be.</summary>
/// <param name="Draft">The request.</param>
/// <param name="Caller">Who it is sent as.</param>
/// <param name="Mutations">What was done to it.</param>
internal sealed record SpoiltRequest(Draft Draft, CallerKind Caller, IReadOnlyList<string> Mutations);

/// <summary>Makes requests that are right except for one to four things. The same seed and number make the same one.</summary>
internal sealed class RequestGenerator(IReadOnlyList<Operation> operations, ulong seed)
{
    private const int MaxMutations = 4;

    // Some are left as they are: if those were not answered well, the rest would prove little.
    private const int LeftAsTheyAre = 25;

    /// <param name="number">Which request.</param>
    /// <param name="world">What it is about.</param>
    /// <param name="without">Those of its mutations to leave out, by their place.</param>
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

    // The example's, but for what only the account knows.
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
