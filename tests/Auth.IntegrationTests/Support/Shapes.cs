using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>The exact properties of responses.</summary>
public static class Shapes
{
    public static JsonNode ShouldBeSignIn(this JsonNode answer, bool withRefreshToken)
    {
        string[] always = ["accessToken", "tokenType", "expiresIn", "refreshTokenExpiresAt", "sessionId", "user"];
        answer.ShouldHaveMembers(withRefreshToken ? [.. always, "refreshToken"] : always);
        answer["user"]!.ShouldHaveMembers("id", "email", "displayName", "emailConfirmed", "roles", "permissions");
        answer.Text("tokenType").ShouldBe("Bearer");
        var claims = Http.Claims(answer.Text("accessToken"));
        answer["expiresIn"]!.GetValue<int>().ShouldBe(claims["exp"]!.GetValue<int>() - claims["iat"]!.GetValue<int>());
        answer["expiresIn"]!.GetValue<int>().ShouldBeInRange(1, 900);
        answer.ShouldHaveInstant("refreshTokenExpiresAt");
        answer.Text("sessionId").ShouldBe(claims.Text("sid"));
        answer["user"]!.Text("id").ShouldBe(claims.Text("sub"));
        return answer;
    }

    public static JsonNode ShouldBeUser(this JsonNode user)
    {
        user.ShouldHaveMembers(
            "id",
            "email",
            "displayName",
            "emailConfirmed",
            "roles",
            "permissions",
            "hasPassword",
            "secondFactorEnabled",
            "status",
            "createdAt",
            "lastSignInAt"
        );
        Guid.Parse(user.Text("id")).Version.ShouldBe(7);
        user.ShouldHaveInstant("createdAt");
        return user;
    }

    /// <summary>Checks that a property is an instant in UTC (RFC 3339), and returns it.</summary>
    public static DateTimeOffset ShouldHaveInstant(this JsonNode node, string name)
    {
        node.Text(name).ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$");
        return node[name]!.GetValue<DateTimeOffset>();
    }
}
