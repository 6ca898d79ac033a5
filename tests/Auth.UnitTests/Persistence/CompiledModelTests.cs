using Auth.Infrastructure.Persistence.Postgres.CompiledModel;
using Auth.Infrastructure.Persistence.Sqlite.CompiledModel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.UnitTests.Persistence;

public sealed class CompiledModelTests
{
    [Theory]
    [InlineData("Sqlite", typeof(SqliteAppDbContextModel))]
    [InlineData("Postgres", typeof(PostgresAppDbContextModel))]
    public void Compiled_models_match_the_model(string engine, Type type)
    {
        using var context = DesignTime.Open(engine);
        var built = context
            .GetService<IModelSource>()
            .GetModel(context, context.GetService<ModelCreationDependencies>(), designTime: false);

        context.Model.ShouldBeOfType(type);
        Describe(context.Model).ShouldBe(Describe(built), "run make compiled-models");
    }

    private static string[] Describe(IModel model) =>
        [
            .. model.ToDebugString(MetadataDebugStringOptions.LongDefault).Split('\n'),
            .. model
                .GetEntityTypes()
                .SelectMany(entity => entity.GetProperties())
                .Select(property =>
                    $"{property.DeclaringType.Name}.{property.Name}: {Describe(property.GetRelationalTypeMapping())}"
                ),
        ];

    private static string Describe(RelationalTypeMapping mapping) =>
        $"{mapping.GetType()} {mapping.StoreType} {mapping.Size} {mapping.IsUnicode} {mapping.IsFixedLength} {mapping.Converter?.ProviderClrType}";
}
