namespace Auth.Api.Importing;

/// <summary>A member of a user in the file does not match the format.</summary>
/// <param name="member">The path of the member: <c>fields.email</c>.</param>
/// <param name="reason">The problem; never the value.</param>
internal sealed class MemberException(string member, string reason) : Exception($"{member}: {reason}")
{
    public string Member { get; } = member;

    public string Reason { get; } = reason;
}
