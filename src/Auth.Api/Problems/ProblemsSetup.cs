using System.Text.Json;
using System.Text.Json.Serialization;
using Auth.Api.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace Auth.Api.Problems;

/// <summary>Registers the controllers, how JSON is read, and the three doors that lead to problem details.</summary>
internal static class ProblemsSetup
{
    private const int MaxJsonDepth = 16;

    public static void AddControllersAndProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddSingleton<IActionResultExecutor<ObjectResult>, JsonAnswers>();
        services
            .AddControllers(options =>
            {
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                options.Filters.Add<SingleQueryValues>();
                options.ModelBinderProviders.Insert(0, new WholeNumbers());
                // Forms are of another media type than any route takes: they are refused, not read.
                options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            })
            .AddJsonOptions(options => BeStrict(options.JsonSerializerOptions))
            .ConfigureApiBehaviorOptions(options =>
            {
                // Empty answers go through the status code pages.
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
                    mvc.OutputFormatters.RemoveType<StringOutputFormatter>();
                    var output = mvc.OutputFormatters.OfType<SystemTextJsonOutputFormatter>().Single();
                    output.SupportedMediaTypes.Clear();
                    output.SupportedMediaTypes.Add("application/json");
                }
            );
    }

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context =>
        {
            var status = context.HttpContext.Response.StatusCode;
            return Problem.WriteAsync(context.HttpContext, RequestErrors.OfStatus(status), status);
        });
    }

    private static void BeStrict(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxJsonDepth;
        options.Converters.Add(new UtcTimeConverter());
    }
}
