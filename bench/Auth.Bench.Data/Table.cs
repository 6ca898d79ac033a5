using System.Reflection;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Auth.Bench.Data;

/// <summary>A table and the mapping of its columns, from the service's model.</summary>
internal sealed record Table<T>(string Name, IReadOnlyList<(string Name, Func<T, object?> Read)> Columns);

internal static class Table
{
    /// <summary>The assignments of roles, which have no entity class.</summary>
    public static Table<(User User, Role Role)> UserRoles { get; } =
        new("UserRoles", [("UserId", row => row.User.Id), ("RoleId", row => row.Role.Id)]);

    /// <summary>The table of an aggregate, without columns that the database fills.</summary>
    public static Table<T> Of<T>(AppDbContext context)
        where T : class
    {
        var entity = context.Model.FindEntityType(typeof(T))!;
        var own = entity
            .GetProperties()
            .Where(property => property.ValueGenerated == ValueGenerated.Never)
            .Select(property => (property.GetColumnName(), Reader(property, row => row)));
        var owned =
            from navigation in entity.GetNavigations()
            where navigation.TargetEntityType.IsOwned()
            from property in navigation.TargetEntityType.GetProperties()
            where !property.IsPrimaryKey()
            select (property.GetColumnName(), Reader(property, navigation.PropertyInfo!.GetValue));
        return new(entity.GetTableName()!, [.. own.Concat(owned).Select(Typed)]);

        static (string, Func<T, object?>) Typed((string Name, Func<object, object?> Read) column) =>
            (column.Name, row => column.Read(row));
    }

    private static Func<object, object?> Reader(IProperty property, Func<object, object?> owner)
    {
        Func<object, object?> read = property.PropertyInfo is PropertyInfo member
            ? row => member.GetValue(owner(row))
            : row => property.FieldInfo!.GetValue(owner(row));
        return property.GetTypeMapping().Converter is { } converter
            ? row => converter.ConvertToProvider(read(row))
            : read;
    }
}
