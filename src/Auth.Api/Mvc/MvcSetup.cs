using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace Auth.Api.Mvc;

/// <summary>Registers the controllers and their JSON handling.</summary>
internal static class MvcSetup
{
    private const int MaxJsonDepth = 16;

    public static void AddStrictControllers(this IServiceCollection services)
    {
        services
            .AddControllers(options =>
            {
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                options.Filters.Add<SingleQueryValueFilter>();
                options.ModelBinderProviders.Insert(0, new StrictInt32ModelBinder());
                // Forms are request bodies like JSON, and are read only where they are expected.
                options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            })
            .AddJsonOptions(options => BeStrict(options.JsonSerializerOptions))
            .ConfigureApiBehaviorOptions(options =>
            {
                // Responses without a body are handled by the status code pages.
                options.SuppressMapClientErrors = true;
                options.InvalidModelStateResponseFactory = InvalidModelState.ToActionResult;
            });
        services
            .AddOptions<MvcOptions>()
            .PostConfigure<IOptions<JsonOptions>>(
                (mvc, json) =>
                {
                    mvc.InputFormatters.Clear();
                    mvc.InputFormatters.Add(new JsonBodyFormatter(json.Value.JsonSerializerOptions));
                    mvc.InputFormatters.Add(new FormBodyFormatter());
                    mvc.OutputFormatters.RemoveType<StringOutputFormatter>();
                    var output = mvc.OutputFormatters.OfType<SystemTextJsonOutputFormatter>().Single();
                    output.SupportedMediaTypes.Clear();
                    output.SupportedMediaTypes.Add("application/json");
                }
            );
    }

    private static void BeStrict(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxJsonDepth;
        options.Converters.Add(new UtcTimeConverter());
    }
}
