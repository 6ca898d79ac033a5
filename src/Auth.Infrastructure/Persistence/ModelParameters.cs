using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Creates parameters for raw SQL.</summary>
internal static class ModelParameters
{
    /// <summary>Creates a parameter with the type mapping of a property.</summary>
    /// <param name="context">The context.</param>
    /// <param name="property">The property.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">The name of the parameter; the name of the property by default.</param>
    public static DbParameter CreateParameter<TEntity>(
        this AppDbContext context,
        string property,
        object? value,
        string? name = null
    )
        where TEntity : class
    {
        using var command = context.Database.GetDbConnection().CreateCommand();
        return context
            .Model.FindEntityType(typeof(TEntity))!
            .FindProperty(property)!
            .GetRelationalTypeMapping()
            .CreateParameter(command, name ?? property, value);
    }
}
