using System.Reflection;
using Auth.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;

namespace Auth.ArchitectureTests;

/// <summary>Conventions that the code follows.</summary>
public sealed class ConventionTests
{
    private static readonly Assembly s_domain = Assembly.Load("Auth.Domain");
    private static readonly Assembly s_application = Assembly.Load("Auth.Application");
    private static readonly Assembly s_infrastructure = Assembly.Load("Auth.Infrastructure");
    private static readonly Assembly s_api = Assembly.Load("Auth.Api");

    private static IEnumerable<MethodInfo> Actions =>
        s_api
            .GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ControllerBase)) && !type.IsAbstract)
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            )
            .Where(method => method.GetCustomAttributes<HttpMethodAttribute>().Any());

    [Fact]
    public void Every_action_declares_who_may_call_it()
    {
        Actions.ShouldNotBeEmpty();
        Actions.Where(action => !DeclaresAccess(action)).Select(Name).ShouldBeEmpty();
    }

    [Fact]
    public void The_access_checker_reports_an_undeclared_action() =>
        DeclaresAccess(typeof(Undeclared).GetMethod(nameof(Undeclared.Act))!).ShouldBeFalse();

    [Fact]
    public void Every_command_returns_a_result_so_that_validation_can_reject_it()
    {
        var commands = s_application
            .GetTypes()
            .Where(type => type.Name.EndsWith("Command", StringComparison.Ordinal))
            .ToList();
        commands.ShouldNotBeEmpty();
        commands.Where(command => !AnswersResult(command)).Select(command => command.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_message_with_a_validator_returns_a_result()
    {
        var validated = s_application
            .GetTypes()
            .SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => type.Assembly == s_application && type.IsAssignableTo(typeof(IBaseRequest)))
            .ToList();
        validated.ShouldNotBeEmpty();
        validated.Where(message => !AnswersResult(message)).Select(message => message.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Handlers_validators_and_repositories_are_internal_and_sealed()
    {
        s_application
            .GetTypes()
            .Concat(s_infrastructure.GetTypes())
            .Where(type =>
                type is { IsClass: true, IsAbstract: false }
                && (
                    type.Name.EndsWith("Handler", StringComparison.Ordinal) && type.Assembly == s_application
                    || type.Name.EndsWith("Validator", StringComparison.Ordinal)
                    || type.Name.EndsWith("Repository", StringComparison.Ordinal)
                    || type.Name.EndsWith("Configuration", StringComparison.Ordinal)
                )
            )
            .Where(type => type.IsPublic || !type.IsSealed)
            .Select(type => type.FullName)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Handlers_have_at_most_eight_dependencies()
    {
        s_application
            .GetTypes()
            .Where(type => type.Name.EndsWith("Handler", StringComparison.Ordinal) && type.IsClass)
            .Where(type => type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 8))
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Domain_state_changes_only_through_methods()
    {
        s_domain
            .GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            .Where(property => property.SetMethod is { IsPublic: true } setter && !IsInitOnly(setter))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Helper")]
    [InlineData("Utils")]
    [InlineData("Manager")]
    [InlineData("Dto")]
    [InlineData("Vm")]
    public void Type_names_are_meaningful(string word)
    {
        new[] { s_domain, s_application, s_infrastructure, s_api }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type.Name.EndsWith(word, StringComparison.Ordinal)
                || type.Name.StartsWith("Base", StringComparison.Ordinal) && type.IsAbstract
            )
            .Select(type => type.FullName)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Messages_with_secrets_do_not_print_them()
    {
        string[] secrets = ["Password", "CurrentPassword", "NewPassword", "RefreshToken"];
        s_application
            .GetTypes()
            .Where(type => type.GetProperties().Any(property => secrets.Contains(property.Name)))
            .Where(type => type.Name.EndsWith("Command", StringComparison.Ordinal) || type.Name == "SignIn")
            .Where(type =>
                type.GetMethod(nameof(ToString), [])!
                    .IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
            )
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }

    private static bool DeclaresAccess(MethodInfo action) =>
        action.IsDefined(typeof(AuthorizeAttribute)) || action.IsDefined(typeof(AllowAnonymousAttribute));

    private static bool AnswersResult(Type message) =>
        message
            .GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequest<>))
            .Select(type => type.GetGenericArguments()[0])
            .Any(response =>
                response == typeof(Result)
                || (response.IsGenericType && response.GetGenericTypeDefinition() == typeof(Result<>))
            );

    private static bool IsInitOnly(MethodInfo setter) =>
        setter
            .ReturnParameter.GetRequiredCustomModifiers()
            .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static string Name(MethodInfo action) => $"{action.DeclaringType!.Name}.{action.Name}";

    private sealed class Undeclared : ControllerBase
    {
        public string? Last { get; private set; }

        public void Act() => Last = nameof(Act);
    }
}
