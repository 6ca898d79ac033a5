using Auth.Bearer;
using Auth.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Connects the tests of a service to an <see cref="AuthTestHost"/>.</summary>
public static class AuthTestingExtensions
{
    /// <summary>
    /// Makes a service that calls <c>AddAuthBearer</c> accept the tokens of a host, and use its clock. The audience stays as
    /// configured.
    /// </summary>
    public static IServiceCollection UseAuthTestHost(this IServiceCollection services, AuthTestHost host)
    {
        var options = services
            .Select(service => service.ServiceType == typeof(AuthBearerOptions) ? service.ImplementationInstance : null)
            .OfType<AuthBearerOptions>()
            .LastOrDefault();
        if (options is null)
        {
            throw new InvalidOperationException("The service does not call AddAuthBearer.");
        }

        options.Authority = host.Issuer;
        options.Backchannel = host.CreateHandler();
        options.UseEventStream = false; // the host says when there is something new
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(host.Clock));
        services.AddHostedService(provider => new Attachment(host, provider.GetRequiredService<AuthRevocations>()));
        return services;
    }

    /// <summary>Sends the access token of a user with all further requests.</summary>
    public static HttpClient As(this HttpClient client, TestUser user)
    {
        client.DefaultRequestHeaders.Authorization = new("Bearer", user.GetTokenAsync().GetAwaiter().GetResult());
        return client;
    }

    /// <summary>Sends no access token any more.</summary>
    public static HttpClient AsNobody(this HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = null;
        return client;
    }

    private sealed class Attachment(AuthTestHost host, AuthRevocations revocations) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            host.Attach(revocations);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            host.Detach(revocations);
            return Task.CompletedTask;
        }
    }
}
