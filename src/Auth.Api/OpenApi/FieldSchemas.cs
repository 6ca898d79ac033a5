using System.Globalization;
using System.Text.Json.Nodes;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Users;
using Microsoft.OpenApi;

namespace Auth.Api.OpenApi;

/// <summary>The constraints of the contract's fields in JSON Schema. A field name has the same meaning everywhere.</summary>
internal sealed class FieldSchemas(PasswordLength passwordLength)
{
    private const string Permission = "^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$";
    private const string NoControlCharacters = "^[^\\u0000-\\u001f\\u007f-\\u009f]+$";

    /// <summary>Adds the constraints of a field.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="schema">The schema of the field.</param>
    /// <param name="setsPassword">Whether passwords are new: only those have to satisfy the rules.</param>
    public void Apply(string name, OpenApiSchema schema, bool setsPassword)
    {
        if (ListValues(name, schema) is { } values)
        {
            schema.Enum = [.. values.Select(value => JsonValue.Create(value))];
        }

        ApplyPassword(name, schema, setsPassword);
        ApplyText(name, schema);
        ApplyRoles(name, schema);
        ApplyQuery(name, schema);
    }

    private static IEnumerable<string>? ListValues(string name, OpenApiSchema schema) =>
        name switch
        {
            "refreshTokenIn" => ["cookie", "body"], // no default: generators would make the property required
            "code" => ErrorCatalog.ByCode.Keys.Order(StringComparer.Ordinal),
            "reason" => RevocationReasons.All,
            "tokenType" => ["Bearer"],
            "servicestatus" => ["active", "disabled"],
            "grant_type" => ["client_credentials"],
            "token_type" => ["Bearer"],
            "status" when IsText(schema) => ["active", "disabled", "invited"],
            "algorithm" => SigningAlgorithms.All,
            "state" => ["announced", "signing", "retired"],
            "outcome" => ["success", "failure"],
            _ => null,
        };

    private void ApplyPassword(string name, OpenApiSchema schema, bool setsPassword)
    {
        if (name is not ("password" or "newPassword" or "currentPassword"))
        {
            return;
        }

        var isNew = name == "newPassword" || (name == "password" && setsPassword);
        schema.Format = "password";
        schema.MinLength = isNew ? passwordLength.Min : 1;
        schema.MaxLength = isNew ? PasswordLength.Max : null;
    }

    private static void ApplyText(string name, OpenApiSchema schema)
    {
        if (name is "email" or "newEmail")
        {
            schema.Format = "email";
            schema.MaxLength = EmailAddress.MaxLength;
        }
        else if (name == "mailCode")
        {
            schema.Pattern = "^[0-9]{6}$";
        }
        else if (name == "servicename")
        {
            schema.MinLength = 1;
            schema.MaxLength = ServiceAccount.NameMaxLength;
            schema.Pattern = NoControlCharacters;
        }
        else if (name == "expiresAt")
        {
            schema.Format = "date-time";
        }
        else if (name == "displayName" || (name == "description" && IsText(schema)))
        {
            schema.MinLength = 1;
            schema.MaxLength = name == "description" ? Role.DescriptionMaxLength : User.DisplayNameMaxLength;
            schema.Pattern = NoControlCharacters;
        }
    }

    private static void ApplyRoles(string name, OpenApiSchema schema)
    {
        switch (name)
        {
            case "role":
                ApplyRoleName(schema);
                break;
            case "roles" when schema.Items is OpenApiSchema items:
                ApplyRoleName(items);
                break;
            case "permissions" when schema.Items is OpenApiSchema items:
                items.Pattern = Permission;
                items.MaxLength = Permissions.MaxLength;
                break;
            default:
                break;
        }
    }

    private static void ApplyRoleName(OpenApiSchema schema)
    {
        schema.Pattern = RoleName.Pattern;
        schema.MinLength = RoleName.MinLength;
        schema.MaxLength = RoleName.MaxLength;
    }

    private static void ApplyQuery(string name, OpenApiSchema schema)
    {
        if (name is "from" or "to")
        {
            schema.Format = "date-time";
        }
        else if (name == "limit")
        {
            schema.Minimum = "1";
            schema.Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture);
            schema.Default = PageRequest.DefaultLimit;
        }
    }

    private static bool IsText(OpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.String) == true;
}
