using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Parameters for SQL of our own.</summary>
internal static class ModelParameters
{
    /// <summary>Makes a parameter of the engine's own type, as the model would for a property.</summary>
    /// <param name="context">The context.</param>
    /// <param name="property">The property.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">What the SQL calls it; the name of the property unless said otherwise.</param>
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
