namespace Auth.Api.Problems;

/// <summary>Registers the handlers that turn exceptions and empty error responses into problem details.</summary>
internal static class ProblemsSetup
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddSingleton<AccessDenials>();
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
}
