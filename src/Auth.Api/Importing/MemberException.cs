namespace Auth.Api.Importing;

/// <summary>A member of a user in the file is not what its format says.</summary>
/// <param name="member">The name, with those of the objects that it is in: <c>fields.email</c>.</param>
/// <param name="reason">What is wrong with it; never its value.</param>
internal sealed class MemberException(string member, string reason) : Exception($"{member}: {reason}")
{
    public string Member { get; } = member;

    public string Reason { get; } = reason;
}
