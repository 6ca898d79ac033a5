using Auth.Application.Users;

namespace Auth.Api.Importing;

/// <summary>The JSON output of <c>firebase auth:export</c>.</summary>
internal static class FirebaseFormat
{
    public static UserFormat Create() =>
        new("firebase", Read)
        {
            ListMember = "users",
            Marks = ["localId", "users"],
            Members = new Dictionary<string, string> { ["id"] = "localId" },
        };

    private static SourceUser Read(SourceRecord user, DateTimeOffset now)
    {
        var email = user.NonBlank("email");
        if (email is null && user.NonBlank("phoneNumber") is null && user.Objects("providerUserInfo").Count == 0)
        {
            return SourceUser.Skip("anonymous");
        }

        return SourceUser.From(
            user.Identifier("localId"),
            user.NonBlank("passwordHash") is null ? SourcePassword.None : SourcePassword.Unsupported("Firebase"),
            new UserImport(user.Number, email)
            {
                DisplayName = user.NonBlank("displayName"),
                EmailConfirmed = user.Flag("emailVerified") ?? false,
                IsDisabled = user.Flag("disabled") ?? false,
                CreatedAt = user.UnixMilliseconds("createdAt"),
            }
        );
    }
}
