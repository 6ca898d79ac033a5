using System.Diagnostics.CodeAnalysis;

namespace Auth.Domain.Common;

/// <summary>A result that can be created from an error.</summary>
/// <typeparam name="TSelf">The result type itself.</typeparam>
public interface IFailable<out TSelf>
    where TSelf : IFailable<TSelf>
{
    /// <summary>Creates the failed result.</summary>
    static abstract TSelf Failure(Error error);
}

/// <summary>Success or failure.</summary>
public interface IOutcome
{
    /// <summary>The error; null on success.</summary>
    Error? Error { get; }
}

/// <summary>Success, or an expected failure.</summary>
public sealed class Result : IFailable<Result>, IOutcome
{
    /// <summary>The successful result.</summary>
    public static Result Success { get; } = new(null);

    private Result(Error? error) => Error = error;

    /// <summary>The error; null on success.</summary>
    public Error? Error { get; }

    /// <summary>Whether it failed.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailure => Error is not null;

    /// <inheritdoc/>
    public static Result Failure(Error error) => new(error);

    /// <summary>An error is a failed result.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>A value, or an expected failure.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class Result<T> : IFailable<Result<T>>, IOutcome
    where T : notnull
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    /// <summary>The value; null on failure.</summary>
    public T? Value { get; }

    /// <summary>The error; null on success.</summary>
    public Error? Error { get; }

    /// <summary>Whether it failed.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsFailure => Error is not null;

    /// <inheritdoc/>
    public static Result<T> Failure(Error error) => new(default, error);

    /// <summary>A value is a successful result.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error is a failed result.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
