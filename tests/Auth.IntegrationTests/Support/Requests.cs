namespace Auth.IntegrationTests.Support;

/// <summary>All routes with a JSON body, and its strings.</summary>
public static class Requests
{
    /// <summary>Method, route, and whether a token is required.</summary>
    public static TheoryData<string, string, bool> WithBody =>
        new()
        {
            { "POST", "/api/auth/register", false },
            { "POST", "/api/auth/login", false },
            { "POST", "/api/auth/refresh", false },
            { "POST", "/api/auth/logout", false },
            { "POST", "/api/auth/change-password", true },
            { "PATCH", "/api/users/me", true },
            { "POST", "/api/users/me/delete", true },
            { "POST", "/api/users", true },
            { "PUT", "/api/users/019aa0a1-0000-7000-8000-000000000000/roles", true },
            { "PATCH", "/api/users/019aa0a1-0000-7000-8000-000000000000/role", true },
            { "POST", "/api/roles", true },
            { "PUT", "/api/roles/nowhere", true },
        };

    /// <summary>Method, route, and a body in which <c>TEXT</c> replaces each string in turn.</summary>
    public static TheoryData<string, string, string> WithText =>
        new()
        {
            { "POST", "/api/auth/register", """{"email":TEXT,"password":"correct-horse-battery-staple"}""" },
            { "POST", "/api/auth/register", """{"email":"EMAIL","password":TEXT}""" },
            {
                "POST",
                "/api/auth/register",
                """{"email":"EMAIL","password":"correct-horse-battery-staple","displayName":TEXT}"""
            },
            {
                "POST",
                "/api/auth/register",
                """{"email":"EMAIL","password":"correct-horse-battery-staple","refreshTokenIn":TEXT}"""
            },
            {
                "POST",
                "/api/auth/register",
                """{"email":"EMAIL","password":"correct-horse-battery-staple","unknown":TEXT}"""
            },
            { "POST", "/api/auth/login", """{"email":TEXT,"password":"x"}""" },
            { "POST", "/api/auth/login", """{"email":"root@example.com","password":TEXT}""" },
            { "POST", "/api/auth/login", """{"email":"EMAIL","password":"x","refreshTokenIn":TEXT}""" },
            { "POST", "/api/auth/refresh", """{"refreshToken":TEXT}""" },
            { "POST", "/api/auth/logout", """{"refreshToken":TEXT}""" },
            {
                "POST",
                "/api/auth/change-password",
                """{"currentPassword":TEXT,"newPassword":"seven-violet-kettles-march"}"""
            },
            {
                "POST",
                "/api/auth/change-password",
                """{"currentPassword":"correct-horse-battery-staple","newPassword":TEXT}"""
            },
            { "PATCH", "/api/users/me", """{"displayName":TEXT}""" },
            { "POST", "/api/users/me/delete", """{"password":TEXT}""" },
            { "PUT", "/api/users/019aa0a1-0000-7000-8000-000000000000/roles", """{"roles":[TEXT]}""" },
            { "PATCH", "/api/users/019aa0a1-0000-7000-8000-000000000000/role", """{"role":TEXT}""" },
            { "POST", "/api/roles", """{"name":TEXT,"permissions":[]}""" },
            { "POST", "/api/roles", """{"name":"from-text","permissions":[TEXT]}""" },
            { "PUT", "/api/roles/editor", """{"description":TEXT,"permissions":["roles:read","users:read"]}""" },
        };
}
