using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Races;

/// <summary>The constraints of the model that the database enforces when two requests write at the same time.</summary>
internal static class ModelRules
{
    /// <summary>
    /// Every foreign key, unique index, concurrency token and primary key of the model, except primary keys that are
    /// generated, whose values are unique.
    /// </summary>
    public static IReadOnlyList<string> List(TestService service)
    {
        using var scope = service.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<AppDbContext>().Model;
        return [.. model.GetEntityTypes().SelectMany(List).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> List(IEntityType type)
    {
        var table = type.GetTableName();
        foreach (var key in type.GetForeignKeys().Where(key => !key.IsOwnership))
        {
            yield return $"{table}.{Columns(key.Properties)} references {key.PrincipalEntityType.GetTableName()}";
        }

        foreach (var index in type.GetIndexes().Where(index => index.IsUnique))
        {
            yield return $"{table}.{Columns(index.Properties)} is unique";
        }

        foreach (var property in type.GetProperties().Where(property => property.IsConcurrencyToken))
        {
            yield return $"{table}.{property.GetColumnName()} is compared";
        }

        if (!type.IsOwned() && type.FindPrimaryKey() is { } primaryKey && !IsGenerated(primaryKey))
        {
            yield return $"{table}.{Columns(primaryKey.Properties)} is the key";
        }
    }

    private static bool IsGenerated(IKey key) =>
        key.Properties is [var property]
        && (property.ClrType == typeof(Guid) || property.ValueGenerated == ValueGenerated.OnAdd);

    private static string Columns(IReadOnlyList<IProperty> properties) =>
        string.Join('+', properties.Select(property => property.GetColumnName()));
}
