using System.Reflection;
using System.Text.Json.Serialization;
using Auth.Api.Authentication;
using Auth.Api.Factors;
using Auth.Api.Flows;
using Auth.Api.Health;
using Auth.Api.Keys;
using Auth.Api.OAuth;
using Auth.Api.Problems;
using Auth.Api.Roles;
using Auth.Api.ServiceAccounts;
using Auth.Api.StepUp;
using Auth.Api.Users;
using Auth.Application.Abstractions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Auth.Api.OpenApi;

/// <summary>Adds constraints and required members to the schemas of requests and responses.</summary>
internal sealed class ContractSchemaFilter(PasswordLength passwordLength) : ISchemaFilter
{
    // Request members are nullable in C#, so that validation reports missing ones, not the parser.
    private static readonly Dictionary<Type, string[]> RequiredOfRequests = new()
    {
        [typeof(RegisterRequest)] = ["email", "password"],
        [typeof(LoginRequest)] = ["email", "password"],
        [typeof(RefreshRequest)] = [],
        [typeof(LogoutRequest)] = [],
        [typeof(ChangePasswordRequest)] = ["currentPassword", "newPassword"],
        [typeof(ChangeMeRequest)] = [],
        [typeof(DeleteMeRequest)] = [],
        [typeof(VerifyEmailRequest)] = [],
        [typeof(ResendRequest)] = [],
        [typeof(ForgotPasswordRequest)] = ["email"],
        [typeof(ResetPasswordRequest)] = ["newPassword"],
        [typeof(ChangeEmailRequest)] = ["newEmail"],
        [typeof(ConfirmEmailChangeRequest)] = [],
        [typeof(UndoEmailChangeRequest)] = ["token"],
        [typeof(AcceptInvitationRequest)] = ["token", "password"],
        [typeof(InviteUserRequest)] = ["email"],
        [typeof(StepUpRequest)] = [],
        [typeof(SecondFactorRequest)] = ["challenge"],
        [typeof(LoginPasskeyOptionsRequest)] = [],
        [typeof(LoginPasskeyRequest)] = ["challengeToken", "credential"],
        [typeof(EnrolTotpRequest)] = [],
        [typeof(ConfirmTotpRequest)] = ["code"],
        [typeof(AddPasskeyRequest)] = ["challengeToken", "credential"],
        [typeof(RenameFactorRequest)] = [],
        [typeof(ChangeRolesRequest)] = ["roles"],
        [typeof(ChangeRoleRequest)] = ["role"],
        [typeof(RotateKeysRequest)] = [],
        [typeof(CreateRoleRequest)] = ["name", "permissions"],
        [typeof(ReplaceRoleRequest)] = ["permissions"],
        [typeof(CreateServiceAccountRequest)] = ["name", "roles"],
        [typeof(ReplaceServiceAccountRequest)] = ["name", "roles"],
        [typeof(AddServiceSecretRequest)] = [],
        [typeof(TokenRequest)] = ["grant_type"],
        [typeof(IntrospectionRequest)] = ["token"],
        [typeof(RevocationRequest)] = ["token"],
    };

    private readonly FieldSchemas _fields = new(passwordLength);

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        var type = context.Type;
        if (type.Assembly != GetType().Assembly || schema is not OpenApiSchema { Properties: { } properties } target)
        {
            return;
        }

        target.AdditionalPropertiesAllowed = true; // unknown members are ignored, and responses may gain new ones
        var isRequest = RequiredOfRequests.TryGetValue(type, out var required);
        target.Required = isRequest
            ? required!.ToHashSet(StringComparer.Ordinal)
            : properties.Keys.Where(name => IsAlwaysThere(type, name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, property) in properties)
        {
            if (property is not OpenApiSchema field || type == typeof(HealthResponse))
            {
                continue;
            }

            // Optional members of responses are omitted, never null.
            var isNeverNull = isRequest
                ? name is not ("displayName" or "description")
                : !target.Required.Contains(name);
            if (isNeverNull)
            {
                field.Type &= ~JsonSchemaType.Null;
            }

            _fields.Apply(
                NameOf(type, name),
                field,
                setsPassword: type == typeof(RegisterRequest) || type == typeof(AcceptInvitationRequest)
            );
        }
    }

    // The names of roles, the codes of mails and the states of service accounts have other constraints than elsewhere.
    private static string NameOf(Type type, string name) =>
        name == "name" && type == typeof(CreateRoleRequest) ? "role"
        : name is "name" or "status" && IsOfServiceAccount(type) ? "service" + name
        : name == "code" && type != typeof(ProblemResponse) ? "mailCode"
        : name;

    private static bool IsOfServiceAccount(Type type) =>
        type == typeof(CreateServiceAccountRequest)
        || type == typeof(ReplaceServiceAccountRequest)
        || type == typeof(ServiceAccountResponse);

    private static bool IsAlwaysThere(Type type, string name) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(property =>
                name.Equals(
                    property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name,
                    StringComparison.OrdinalIgnoreCase
                )
            )
            ?.GetCustomAttribute<JsonIgnoreAttribute>()
            is null;
}

/// <summary>Adds constraints to query parameters.</summary>
internal sealed class QueryParameterFilter(PasswordLength passwordLength) : IOperationFilter
{
    private readonly FieldSchemas _fields = new(passwordLength);

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (parameter is { In: ParameterLocation.Query, Name: { } name, Schema: OpenApiSchema schema })
            {
                _fields.Apply(name, schema, setsPassword: false);
            }
        }
    }
}
