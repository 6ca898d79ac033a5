using System.Globalization;
using Auth.Application.Abstractions;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Auth.Infrastructure.Security.Keys;
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
        switch (name)
        {
            case "email":
                schema.Format = "email";
                schema.MaxLength = EmailAddress.MaxLength;
                break;
            case "password" when setsPassword:
            case "newPassword":
                schema.Format = "password";
                schema.MinLength = passwordLength.Min;
                schema.MaxLength = PasswordLength.Max;
                break;
            case "password":
            case "currentPassword":
                schema.Format = "password";
                schema.MinLength = 1;
                break;
            case "displayName":
                schema.MinLength = 1;
                schema.MaxLength = User.DisplayNameMaxLength;
                schema.Pattern = NoControlCharacters;
                break;
            case "description" when schema.Type?.HasFlag(JsonSchemaType.String) == true:
                schema.MinLength = 1;
                schema.MaxLength = Role.DescriptionMaxLength;
                schema.Pattern = NoControlCharacters;
                break;
            case "refreshTokenIn":
                // No default: generators would make the property required.
                schema.Enum = ["cookie", "body"];
                break;
            case "code":
                schema.Enum = [.. ErrorCatalog.ByCode.Keys.Order(StringComparer.Ordinal)];
                break;
            case "reason":
                schema.Enum = [.. RevocationReasons.All];
                break;
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
            case "tokenType":
                schema.Enum = ["Bearer"];
                break;
            case "status" when schema.Type?.HasFlag(JsonSchemaType.String) == true:
                schema.Enum = ["active", "disabled"];
                break;
            case "algorithm":
                schema.Enum = [.. SigningAlgorithms.All];
                break;
            case "state":
                schema.Enum = ["announced", "signing", "retired"];
                break;
            case "limit":
                schema.Minimum = "1";
                schema.Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture);
                schema.Default = PageRequest.DefaultLimit;
                break;
            case "from":
            case "to":
                schema.Format = "date-time";
                break;
            case "outcome":
                schema.Enum = ["success", "failure"];
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
}
