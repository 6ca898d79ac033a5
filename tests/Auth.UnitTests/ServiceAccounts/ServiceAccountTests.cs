using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Users;

namespace Auth.UnitTests.ServiceAccounts;

public sealed class ServiceAccountTests
{
    private static readonly DateTimeOffset s_now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly Role _reader = NewRole("reader", "articles:read");
    private readonly Role _writer = NewRole("writer", "articles:read", "articles:write");
    private readonly Role _admin = NewRole("admin", "users:read", "users:write");

    [Fact]
    public void A_new_account_is_active_unless_it_is_created_otherwise()
    {
        Create().IsActive.ShouldBeTrue();
        ServiceAccount.Create(Data(ServiceAccountStatus.Disabled), [], s_now).IsActive.ShouldBeFalse();
    }

    [Fact]
    public void Roles_are_replaced_by_overlapping_or_disjoint_ones()
    {
        var account = Create(_reader, _writer);

        account.Replace(Data(), [_writer, _reader], s_now).ShouldBeFalse();
        account.Replace(Data(), [_writer, _admin], s_now).ShouldBeTrue();
        account.Roles.ShouldBe([_writer, _admin]);
        account.Replace(Data(), [_reader], s_now).ShouldBeTrue();
        account.Roles.ShouldBe([_reader]);
    }

    [Fact]
    public void A_third_secret_is_refused_until_one_has_expired()
    {
        var account = Create();
        account.AddSecret(s_now.AddDays(1), s_now).IsFailure.ShouldBeFalse();
        account.AddSecret(expiresAt: null, s_now).IsFailure.ShouldBeFalse();

        account.AddSecret(expiresAt: null, s_now).Error.ShouldBe(ServiceAccountErrors.SecretLimitReached);
        account.AddSecret(expiresAt: null, s_now.AddDays(1)).IsFailure.ShouldBeFalse();
        (account.Version, account.TokenVersion).ShouldBe((4, 1));
    }

    [Fact]
    public void A_secret_that_expires_at_once_is_refused() =>
        Create().AddSecret(s_now, s_now).Error!.Code.ShouldBe("VALIDATION_FAILED");

    [Fact]
    public void A_secret_is_found_until_it_expires_or_the_account_is_disabled()
    {
        var account = Create();
        var added = account.AddSecret(s_now.AddDays(1), s_now).Value!;

        account.FindSecret(added.Text, s_now).ShouldBe(added.Secret);
        account.FindSecret(ClientSecret.Create(), s_now).ShouldBeNull();
        account.FindSecret(added.Text, s_now.AddDays(1)).ShouldBeNull();
        account.Replace(Data(ServiceAccountStatus.Disabled), [], s_now).ShouldBeTrue();
        account.FindSecret(added.Text, s_now).ShouldBeNull();
    }

    [Fact]
    public void Every_change_raises_the_version_and_only_some_revoke_tokens()
    {
        var account = Create(_reader);

        account.Replace(Data(), [_reader], s_now).ShouldBeFalse();
        account.Version.ShouldBe(1);
        account.Replace(new("Other", "Described.", null), [_reader], s_now).ShouldBeTrue();
        account.Version.ShouldBe(2);
        (account.Name, account.NormalizedName, account.Description).ShouldBe(("Other", "other", "Described."));
        account.Revocations.ShouldBeEmpty();
        account.Replace(new("Other", "Described.", null), [_writer], s_now).ShouldBeTrue();
        account.Replace(new("Other", "Described.", ServiceAccountStatus.Disabled), [_writer], s_now);
        account.TokenVersion.ShouldBe(3);
        account.Replace(new("Other", "Described.", ServiceAccountStatus.Active), [_writer], s_now);
        account.Delete(s_now);

        account.Version.ShouldBe(6);
        account.TokenVersion.ShouldBe(4);
        account
            .Revocations.Select(revocation => (revocation.SubjectId, revocation.TokenVersion, revocation.Reason))
            .ShouldBe([
                (account.Id, 2, RevocationReasons.RolesChanged),
                (account.Id, 3, RevocationReasons.UserDisabled),
                (account.Id, 4, RevocationReasons.UserDeleted),
            ]);
    }

    [Fact]
    public void Its_tokens_have_its_roles_in_alphabetical_order_and_the_highest_version_of_them()
    {
        var account = Create(_writer, _reader);
        account.AccessVersion.ShouldBe(new AccessVersion(1, 0));
        Create().AccessVersion.ShouldBe(new AccessVersion(1, 0));

        _reader.Permit(["users:read"], _admin.NumberChange(), s_now);

        account.AccessVersion.ShouldBe(new AccessVersion(1, 1));
        account.RoleNames.ShouldBe(["reader", "writer"]);
        account.EffectivePermissions.ShouldBe(["articles:read", "articles:write", "users:read"]);
    }

    [Fact]
    public void Versions_stop_before_they_overflow()
    {
        var account = Create();
        for (var version = 1; version < AccessVersion.MaxOfUser; version++)
        {
            account.Delete(s_now);
        }

        account.TokenVersion.ShouldBe(AccessVersion.MaxOfUser);
        Should.Throw<InvalidOperationException>(() => account.Delete(s_now));
    }

    [Fact]
    public void A_removed_secret_raises_the_version_and_revokes_nothing()
    {
        var account = Create();

        account.RecordRemovedSecret();

        (account.Version, account.TokenVersion).ShouldBe((2, 1));
    }

    [Fact]
    public void A_use_is_recorded_at_most_once_a_minute()
    {
        var account = Create();
        var secret = account.AddSecret(expiresAt: null, s_now).Value!.Secret;

        account.Use(secret, s_now).ShouldBeTrue();
        account.Use(secret, s_now.AddSeconds(59)).ShouldBeFalse();
        account.LastUsedAt.ShouldBe(s_now);
        account.Use(secret, s_now.AddSeconds(60)).ShouldBeTrue();
        secret.LastUsedAt.ShouldBe(s_now.AddSeconds(60));
    }

    [Fact]
    public void Only_who_may_grant_all_of_its_roles_may_change_an_account()
    {
        var reader = Create(_reader).AsActor(scope: null);
        var writer = Create(_writer).AsActor(scope: null);
        var account = Create(_reader, _writer);

        account.MayBeChangedBy(reader).ShouldBeFalse();
        account.MayBeChangedBy(writer).ShouldBeTrue();
        Create().MayBeChangedBy(reader).ShouldBeTrue();
    }

    [Fact]
    public void A_limited_token_makes_no_administrator()
    {
        var account = Create(_admin);

        account.AsActor(scope: null).MayGrant(_admin).ShouldBeTrue();
        account.AsActor(["users:read", "users:write"]).MayGrant(_admin).ShouldBeTrue();
        var limited = account.AsActor(["users:write"]);
        limited.IsAdministrator.ShouldBeFalse();
        limited.MayGrant(_admin).ShouldBeFalse();
        limited.MayGrant(["users:read"]).ShouldBeFalse();
        limited.MayGrant(["users:write"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Newsletter", " newsletter ")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ﬁle", "FILE")]
    public void Names_are_compared_without_case_and_compatibility_forms(string one, string other) =>
        ServiceAccount.Normalize(one).ShouldBe(ServiceAccount.Normalize(other));

    private static ServiceAccount Create(params Role[] roles) => ServiceAccount.Create(Data(), roles, s_now);

    private static ServiceAccountData Data(ServiceAccountStatus? status = null) =>
        new("Newsletter", Description: null, status);

    private static Role NewRole(string name, params string[] permissions) =>
        Role.CreateSystem(RoleName.From(name), name, permissions, s_now);
}
