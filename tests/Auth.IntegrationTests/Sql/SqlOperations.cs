using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Users;
using Auth.Domain.Audit;
using Auth.Domain.Factors;
using Auth.Domain.Keys;
using Auth.Domain.Lockout;
using Auth.Domain.Mail;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Persistence.Queries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Sql;

/// <summary>An operation of the service on the database.</summary>
/// <param name="Name">The class and its method, and the variant.</param>
/// <param name="Run">Runs it.</param>
/// <param name="Answers">The results of queries; none if they do not matter.</param>
/// <param name="AffectedRows">The number of rows affected by statements without a result.</param>
internal sealed record SqlOperation(
    string Name,
    Func<IServiceProvider, Task> Run,
    Func<SqlRecorder, string[]>? Answers = null,
    int AffectedRows = 1
);

/// <summary>All operations of the service on the database.</summary>
internal static class SqlOperations
{
    private static readonly DateTimeOffset s_now = SqlRecorder.Now;
    private static readonly Guid s_id = Guid.Parse("019ca97e-3c00-7000-8000-000000000001");
    private static readonly DueMail s_mail = new(s_id, MailTemplate.NewDevice, Attempts: 0, s_now);
    private static readonly ClientInfo s_client = new("203.0.113.7", "Browser/1.0");
    private const string LegacyAddress = "jo@xn--bcher-kva.example";

    private static readonly EmailAddress s_email = EmailAddress.From("ada@example.com");
    private static readonly PageCursor s_place = new(s_now, s_id);
    private static readonly CancellationToken s_none = CancellationToken.None;

    public static IReadOnlyList<SqlOperation> All { get; } =
    [
        // Users
        Query<IUserRepository>("UserRepository.FindAsync", users => users.FindAsync(s_id, s_none), UserRow),
        Query<IUserRepository>(
            "UserRepository.FindActorAsync: a service account",
            users => users.FindActorAsync(s_id, s_none)
        ),
        Query<IUserQueries>("UserQueries.FindAsync", users => users.FindAsync(s_id, s_none), UserRow),
        Query<IUserQueries>(
            "UserQueries.CountAdministratorsWithoutFactorAsync",
            users => users.CountAdministratorsWithoutFactorAsync(s_none),
            _ => ["SELECT 0"]
        ),
        Query<IUserRepository>(
            "UserRepository.FindByEmailAsync",
            users => users.FindByEmailAsync(s_email, s_none),
            UserRow
        ),
        Query<IUserRepository>(
            "UserRepository.ListTakenAsync: addresses",
            users => users.ListTakenAsync([s_email, EmailAddress.From("bob@example.com")], s_none)
        ),
        Query<IUserRepository>(
            "UserRepository.ListTakenAsync: ids",
            users => users.ListTakenAsync([s_id, Guid.Parse("019ca97e-3c00-7000-8000-000000000002")], s_none)
        ),
        Query<IUserRepository>(
            "UserRepository.AnyOtherActiveAdministratorAsync",
            users => users.AnyOtherActiveAdministratorAsync(s_id, s_none),
            _ => ["SELECT 0"]
        ),
        Save("UserRepository.Add: a registration", data => data.Users.Add(data.NewUser()), AuditTypes.UserRegistered),
        Save(
            "UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf",
            data =>
            {
                var user = data.StoredUser();
                user.Delete(s_now);
                data.Users.Remove(user);
                data.Audit.ErasePersonalDataOf(user.Id);
            },
            AuditTypes.UserDeleted
        ),
        EndAllSessions("all users", alsoOfAdministrators: true),
        EndAllSessions("except administrators", alsoOfAdministrators: false),
        Save("UnitOfWork: a user renames themselves", data => data.StoredUser().Rename("Ada")),
        Save(
            "UnitOfWork: a password change that keeps one session",
            data =>
            {
                var user = data.StoredUser();
                var other = data.StoredSession(user, s_now.AddDays(-1));
                var own = data.StoredSession(user, s_now);
                other.End(RevocationReasons.PasswordChanged, s_now);
                user.ChangePassword("$2b$12$other", s_now);
                own.KeepActive(user);
            },
            AuditTypes.PasswordChanged
        ),
        Save(
            "UnitOfWork: new roles of a user",
            data => data.StoredUser().ChangeRoles([data.StoredRole("editor")], s_now),
            AuditTypes.UserRolesChanged
        ),
        Save("UnitOfWork: disabling a user", data => data.StoredUser().Disable(s_now), AuditTypes.UserDisabled),
        .. UserLists(),
        // Sessions
        Query<ISessionRepository>(
            "SessionRepository.FindAsync",
            sessions => sessions.FindAsync(s_id, s_none),
            SessionRow
        ),
        Query<RefreshBatches>(
            "SessionRepository.TryRotateAsync: a rotation",
            batches => batches.TryStoreAsync(Data.NewSession(), 1, s_none)
        ),
        Query<ISessionRepository>(
            "SessionRepository.TryRotateAsync: a replay",
            sessions => sessions.TryRotateAsync(s_id, _ => Rotation.Replayed, 100, s_none),
            SessionRow
        ),
        Query<ISessionRepository>(
            "SessionRepository.ListAliveAsync",
            sessions => sessions.ListAliveAsync(s_id, s_now, s_none)
        ),
        Query<ISessionRepository>("SessionRepository.ListAllAsync", sessions => sessions.ListAllAsync(s_id, s_none)),
        Save(
            "SessionRepository.Add: a sign-in",
            data =>
            {
                var user = data.StoredUser();
                user.SignIn(s_now);
                data.Sessions.Add(Data.NewSession(user));
            },
            AuditTypes.LoginSucceeded
        ),
        Save(
            "UnitOfWork: a reused refresh token",
            data => data.StoredSession(data.StoredUser()).Rotate(0, s_client, new SessionPolicy(), s_now.AddHours(1)),
            AuditTypes.TokenReuseDetected
        ),
        Save(
            "UnitOfWork: a logout",
            data => data.StoredSession(data.StoredUser()).End(RevocationReasons.Logout, s_now),
            AuditTypes.Logout
        ),
        // Failure counts
        Query<IFailureCountRepository>(
            "FailureCountRepository.ListAsync",
            counts => counts.ListAsync([new byte[32], new byte[32]], s_none)
        ),
        Query<IFailureCountRepository>(
            "FailureCountRepository.ListOfUserAsync",
            counts => counts.ListOfUserAsync(s_id, s_none)
        ),
        Query<IFailureCountRepository>(
            "FailureCountRepository.CountFailureAsync",
            counts => counts.CountFailureAsync(new byte[32], s_id, s_now, s_none),
            _ => ["SELECT 5 AS \"Value\""]
        ),
        Query<IFailureCountRepository>(
            "FailureCountRepository.CountFailureAsync: the first one",
            counts => counts.CountFailureAsync(new byte[32], s_id, s_now, s_none),
            recorder =>
                recorder.Engine == DatabaseProvider.SqlServer
                    ? ["SELECT 1 AS \"Value\" WHERE 0"]
                    : ["SELECT 1 AS \"Value\""]
        ) with
        {
            AffectedRows = 0,
        },
        Query<IFailureCountRepository>(
            "FailureCountRepository.CountRefusalAsync",
            counts => counts.CountRefusalAsync(new byte[32], s_none)
        ),
        new(
            "FailureCountRepository.TryReserveAttemptAsync",
            async services =>
            {
                var counts = services.GetRequiredService<IFailureCountRepository>();
                var count = (await counts.ListAsync([new byte[32]], s_none)).Single();
                await counts.TryReserveAttemptAsync(count, s_now, s_none);
            },
            recorder => [$"SELECT zeroblob(32), 10, {recorder.Instant(s_now)}, 0, NULL"]
        ),
        Query<IFailureCountRepository>(
            "FailureCountRepository.RemoveAsync",
            counts => counts.RemoveAsync([new byte[32], new byte[32]], s_none)
        ),
        // Factors
        Query<IFactorRepository>("FactorRepository.ListAsync", factors => factors.ListAsync(s_id, s_none)),
        Query<IFactorRepository>(
            "FactorRepository.FindPasskeyAsync",
            factors => factors.FindPasskeyAsync(new byte[32], s_none)
        ),
        Query<IFactorRepository>(
            "FactorRepository.ListRecoveryCodesAsync",
            factors => factors.ListRecoveryCodesAsync(s_id, s_none)
        ),
        Query<IFactorRepository>(
            "FactorRepository.CountRecoveryCodesAsync",
            factors => factors.CountRecoveryCodesAsync(s_id, s_none),
            _ => ["SELECT 0"]
        ),
        Query<IFactorRepository>(
            "FactorRepository.FindRecoveryCodeAsync",
            factors => factors.FindRecoveryCodeAsync(new byte[32], s_none)
        ),
        Query<IFactorRepository>(
            "FactorRepository.IsSpentAsync",
            factors => factors.IsSpentAsync(s_id, s_none),
            _ => ["SELECT 0"]
        ),
        Save(
            "FactorRepository.Add: the first passkey, with a recovery code and its challenge",
            data =>
            {
                data.Factors.Add(Data.NewPasskey());
                data.Factors.Add(RecoveryCode.Create(new byte[32], s_id, s_now));
                data.Factors.Add(SpentChallenge.Create(s_id, s_now));
                data.StoredUser().ChangeFactors(hasSecondFactor: true, s_now);
            },
            AuditTypes.FactorAdded
        ),
        Save(
            "FactorRepository.Remove: the last factor, with a recovery code",
            data =>
            {
                data.Factors.Remove(data.StoredPasskey());
                data.Factors.Remove(data.StoredRecoveryCode());
                data.StoredUser().ChangeFactors(hasSecondFactor: false, s_now);
            },
            AuditTypes.FactorRemoved
        ),
        Save(
            "UnitOfWork: a factor is used",
            data => data.StoredPasskey().UsePasskey(1, isBackedUp: true, s_now),
            AuditTypes.LoginSucceeded
        ),
        // Mail flows
        Query<IMailFlowRepository>("MailFlowRepository.FindAsync", flows => flows.FindAsync(s_id, s_none)),
        Query<IMailFlowRepository>(
            "MailFlowRepository.FindOpenAsync",
            flows => flows.FindOpenAsync(s_id, FlowPurpose.EmailVerification, s_now, s_none)
        ),
        Query<IMailFlowRepository>(
            "MailFlowRepository.AnyUndoAsync",
            flows => flows.AnyUndoAsync([new byte[32], new byte[32]], s_now, s_none),
            _ => ["SELECT 0"]
        ),
        Query<IMailFlowRepository>(
            "MailFlowRepository.ListUndosAfterAsync",
            flows => flows.ListUndosAfterAsync(s_id, 1, s_none)
        ),
        Query<IMailFlowRepository>("MailFlowRepository.ListOfUserAsync", flows => flows.ListOfUserAsync(s_id, s_none)),
        Query<IMailFlowRepository>(
            "MailFlowRepository.TryReserveCodeAsync",
            flows => flows.TryReserveCodeAsync(Data.NewFlow(FlowPurpose.PasswordReset), s_none)
        ),
        Query<IMailFlowRepository>(
            "MailFlowRepository.ReturnCodeAsync",
            flows => flows.ReturnCodeAsync(Data.NewFlow(FlowPurpose.PasswordReset), s_none)
        ),
        Query<IMailFlowRepository>(
            "MailFlowRepository.FindQuotaAsync",
            flows => flows.FindQuotaAsync(new byte[32], s_none)
        ),
        Save("MailFlowRepository.Add: a reset", data => data.Flows.Add(Data.NewFlow(FlowPurpose.PasswordReset))),
        Save(
            "MailFlowRepository.Add: a registration",
            data =>
            {
                var flow = Data.NewFlow(FlowPurpose.Registration);
                flow.Hold(PendingRegistration.Create(flow.Id, "$2b$12$some", displayName: null));
                data.Flows.Add(flow);
            }
        ),
        Save(
            "MailFlowRepository.TakeRegistrations: a registration is complete",
            data =>
            {
                data.Users.Add(data.NewUser());
                data.Flows.TakeRegistrations([new byte[32], new byte[32]]);
            },
            AuditTypes.UserRegistered
        ),
        Save(
            "UnitOfWork: a mail of a flow is prepared",
            data =>
            {
                data.StoredFlow(FlowPurpose.PasswordReset).Issue(s_now);
                data.StoredQuota().TryCount(isShortLimited: true, s_now);
            }
        ),
        Save(
            "UnitOfWork: the first mail to an address is prepared",
            data =>
            {
                var quota = MailQuota.Create(new byte[32]);
                quota.TryCount(isShortLimited: true, s_now);
                data.Flows.Add(quota);
            }
        ),
        Save(
            "UnitOfWork: a change of address",
            data =>
            {
                data.StoredUser().ChangeEmail(EmailAddress.From("ada.lovelace@example.com"), s_now);
                data.StoredFlow(FlowPurpose.EmailChange).Consume(s_now);
            },
            AuditTypes.EmailChanged
        ),
        // Roles
        Query<IRoleRepository>("RoleRepository.ListAsync", roles => roles.ListAsync(s_none)),
        Query<IRoleRepository>(
            "RoleRepository.FindByNameAsync",
            roles => roles.FindByNameAsync(RoleName.From("viewer"), s_none)
        ),
        Query<IRoleRepository>(
            "RoleRepository.ListByNamesAsync",
            roles => roles.ListByNamesAsync([RoleName.From("viewer"), RoleName.From("editor")], s_none)
        ),
        new(
            "RoleRepository.CountHoldersAsync",
            services =>
                services
                    .GetRequiredService<IRoleRepository>()
                    .CountHoldersAsync(Data.NewRole("editor"), withoutAnyOf: [], s_none),
            _ => [$"SELECT '{s_id}'", "SELECT 1"]
        ),
        new(
            "RoleRepository.CountHoldersAsync: without others",
            services =>
                services
                    .GetRequiredService<IRoleRepository>()
                    .CountHoldersAsync(Data.NewRole("editor"), [Data.NewRole("admin"), Data.NewRole("author")], s_none),
            _ => [$"SELECT '{s_id}'", "SELECT 1"]
        ),
        Query<IRoleRepository>(
            "RoleRepository.AnyHolderAsync",
            roles => roles.AnyHolderAsync(Data.NewRole("editor"), s_none),
            _ => ["SELECT 0", "SELECT 0"]
        ),
        Query<IRoleRepository>(
            "RoleRepository.LargestTokenSizeOfHoldersAsync",
            roles => roles.LargestTokenSizeOfHoldersAsync(Data.NewRole("editor"), s_none)
        ),
        Save("RoleRepository.Add", data => data.Roles.Add(Data.NewRole("author")), AuditTypes.RoleCreated),
        Save("RoleRepository.Remove", data => data.Roles.Remove(data.StoredRole("author")), AuditTypes.RoleDeleted),
        Save(
            "UnitOfWork: a role change",
            data =>
            {
                var number = data.StoredRole(Role.Admin).NumberChange();
                var role = data.StoredRole("author");
                role.Describe("Writes.");
                role.Permit(["articles:write"], number, s_now);
            },
            AuditTypes.RoleChanged
        ),
        // Service accounts
        Query<IServiceAccountRepository>("ServiceAccountRepository.ListAsync", accounts => accounts.ListAsync(s_none)),
        Query<IServiceAccountRepository>(
            "ServiceAccountRepository.FindAsync",
            accounts => accounts.FindAsync(s_id, s_none)
        ),
        Query<IServiceAccountRepository>(
            "ServiceAccountRepository.IsNameTakenAsync: a new account",
            accounts => accounts.IsNameTakenAsync("newsletter", exceptId: null, s_none),
            _ => ["SELECT 0"]
        ),
        Query<IServiceAccountRepository>(
            "ServiceAccountRepository.IsNameTakenAsync: another name",
            accounts => accounts.IsNameTakenAsync("newsletter", s_id, s_none),
            _ => ["SELECT 0"]
        ),
        Query<IServiceAccountRepository>(
            "ServiceAccountRepository.FindTokenAsync",
            accounts => accounts.FindTokenAsync(s_id, s_none)
        ),
        Save(
            "ServiceAccountRepository.Add: an account",
            data => data.Services.Add(data.NewService()),
            AuditTypes.ServiceAccountCreated
        ),
        Save(
            "ServiceAccountRepository.Add: the first token within a minute",
            data =>
            {
                var (account, secret) = data.StoredService();
                account.Use(secret, s_now);
                data.Services.Add(ServiceToken.Issue(secret, s_now));
            }
        ),
        Save(
            "ServiceAccountRepository.Add: a token",
            data => data.Services.Add(ServiceToken.Issue(data.StoredService().Secret, s_now))
        ),
        Save(
            "ServiceAccountRepository.Remove: an account",
            data =>
            {
                var (account, _) = data.StoredService();
                account.Delete(s_now);
                data.Services.Lock(account);
                data.Services.Remove(account);
            },
            AuditTypes.ServiceAccountDeleted
        ),
        Save(
            "ServiceAccountRepository.Remove: a token",
            data =>
            {
                var token = data.StoredServiceToken();
                token.End(RevocationReasons.Logout, s_now);
                data.Services.Remove(token);
            },
            AuditTypes.Logout
        ),
        new(
            "ServiceAccountRepository.RemoveSecret",
            services =>
            {
                var data = new Data(services);
                var (account, secret) = data.StoredService();
                account.RecordRemovedSecret();
                data.Services.RemoveSecret(secret, s_now);
                data.Audit.Add(Data.NewRecord(AuditTypes.ServiceAccountSecretRemoved));
                return services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(s_none);
            },
            recorder => [ChainRow(recorder), $"SELECT '{s_id}'"]
        ),
        Save(
            "UnitOfWork: a new secret",
            data => data.StoredService().Account.AddSecret(s_now.AddDays(1), s_now),
            AuditTypes.ServiceAccountSecretAdded
        ),
        Save(
            "ServiceAccountRepository.Lock: new roles of a service account",
            data =>
            {
                var (account, _) = data.StoredService();
                account.Replace(new("Newsletter", Description: null, Status: null), [data.StoredRole("editor")], s_now);
                data.Services.Lock(account);
            },
            AuditTypes.ServiceAccountChanged
        ),
        // Signing keys
        Query<ISigningKeyRepository>("SigningKeyRepository.ListAsync", keys => keys.ListAsync(s_now, s_none)),
        Query<ISigningKeyRepository>(
            "SigningKeyRepository.ListRevokedAsync",
            keys => keys.ListRevokedAsync(s_now, s_none)
        ),
        Save(
            "SigningKeyRepository.Add: a rotation",
            data =>
            {
                var keys = new SigningKeyChain([data.StoredKey()], new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));
                var successor = Data.NewKey(keys.NextOrdinal);
                keys.Append(successor);
                data.Keys.Add(successor);
            },
            AuditTypes.KeysRotated
        ),
        Save("UnitOfWork: a signing key under another master key", data => data.StoredKey().Reencrypt([1])),
        Query<SigningKeyPoller>("SigningKeyPoller.ReloadAsync", poller => poller.ReloadAsync(s_none)),
        new(
            "MasterKeyUsage",
            services => services.GetRequiredService<MasterKeyUsage>().ReadAsync(s_none),
            _ =>
                [
                    "SELECT zeroblob(1) WHERE 0",
                    "SELECT '-', 1 WHERE 0",
                    "SELECT zeroblob(1) WHERE 0",
                    "SELECT zeroblob(1) WHERE 0",
                    "SELECT zeroblob(1) WHERE 0",
                    "SELECT zeroblob(32) WHERE 0",
                ]
        ),
        // Revocations
        new(
            "RevocationPoller.LoadAsync",
            services => services.GetRequiredService<RevocationPoller>().LoadAsync(s_none),
            _ => ["SELECT 1, 2, 3, 4, 5, 6 WHERE 0", "SELECT 7"]
        ),
        Query<RevocationPoller>("RevocationPoller.RunAsync", poller => poller.RunAsync(s_none)),
        // The audit log
        Save("AuditLog.Add: a rejection alone", _ => { }, AuditTypes.LoginFailed),
        new(
            "AuditLog.Add: the first record of a new chain",
            services =>
            {
                services.GetRequiredService<IAuditLog>().Add(Data.NewRecord(AuditTypes.LoginFailed));
                return services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(s_none);
            }
        ),
        new(
            "AuditChains.IsStoredAsync",
            async services =>
            {
                var context = services.GetRequiredService<AppDbContext>();
                context.AuditRecords.Add(Data.NewRecord(AuditTypes.LoginFailed));
                using var lease = await services.GetRequiredService<AuditChains>().LinkAsync(context, s_none);
                await lease!.IsStoredAsync(s_none);
            },
            recorder => [ChainRow(recorder), "SELECT 1"]
        ),
        .. AuditLists(),
        Query<IAuditQueries>("AuditQueries.ListAllOfAsync", audit => audit.ListAllOfAsync(s_id, s_none)),
        new(
            "AuditRetention",
            services => services.GetRequiredService<AuditRetention>().RunAsync(s_none),
            recorder =>
                [
                    $"SELECT '{s_id}'",
                    WholeChainRow(recorder),
                    $"SELECT 1, {recorder.Instant(s_now.AddYears(-3))}, zeroblob(32)",
                    WholeChainRow(recorder),
                    // The chain is then empty, and one user was deleted within the last hour.
                    $"SELECT 1, 2, 3 WHERE 0",
                    $"SELECT '{s_id}'",
                ]
        ),
        new(
            "AuditVerifier",
            services => services.GetRequiredService<IAuditVerifier>().VerifyAsync(checkpoint: null, s_none),
            recorder => [WholeChainRow(recorder)]
        ),
        // Background work and startup
        Query<StateMetrics>("StateMetrics", metrics => metrics.CountSessionsAsync(s_none), _ => ["SELECT 0"]),
        new(
            "MailOutbox",
            async services =>
            {
                services
                    .GetRequiredService<IMailOutbox>()
                    .Add(
                        new MailRequest(
                            MailTemplate.NewDevice,
                            EmailAddress.From("ada@example.com"),
                            Culture: null,
                            s_id,
                            FlowId: null,
                            IsLimited: false,
                            new MailFacts(s_now, IpAddress: null, UserAgent: null)
                        )
                    );
                await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(s_none);
            }
        ),
        Query<MailSender>("MailSender", sender => sender.SendAsync(s_mail, s_none)),
        Query<MailQueue>("MailQueue.ListDueAsync", queue => queue.ListDueAsync(64, s_none)),
        Query<MailQueue>("MailQueue.TryLeaseAsync", queue => queue.TryLeaseAsync(s_mail, s_none)),
        Query<MailQueue>("MailQueue.MarkSentAsync", queue => queue.MarkSentAsync(s_mail, s_none)),
        Query<MailQueue>("MailQueue.PostponeAsync", queue => queue.PostponeAsync(s_mail, s_now, s_none)),
        Query<MailQueue>("MailQueue.GiveUpAsync", queue => queue.GiveUpAsync(s_mail, MailFailure.Expired, s_none)),
        Query<MailMonitor>(
            "MailMonitor",
            monitor => monitor.CountAsync(s_none),
            _ => ["SELECT 1", "SELECT NULL", "SELECT 0"]
        ),
        Query<IOutgoingMailRepository>("OutgoingMailRepository.FindAsync", mails => mails.FindAsync(s_id, s_none)),
        Query<IOutgoingMailRepository>(
            "OutgoingMailRepository.ListOfUserAsync",
            mails => mails.ListOfUserAsync(s_id, s_none)
        ),
        Query<ExpiredDataCleanup>("ExpiredDataCleanup", cleanup => cleanup.RunAsync(s_none)),
        Query<AddressUpdate>(
            "AddressUpdate",
            update => update.RunAsync(s_none),
            recorder =>
                [
                    $"SELECT '{LegacyAddress}'",
                    $"SELECT '{s_id}', {recorder.Instant(s_now)}, '{LegacyAddress}', '{LegacyAddress}'",
                ]
        ),
        Query<AddressDiagnostics>("AddressDiagnostics", checkup => checkup.RunAsync(s_none)),
        Query<HealthCheckService>("DatabaseHealthCheck", health => health.CheckHealthAsync(s_none)),
        new(
            "DatabaseInitializer, without pending migrations",
            services => services.GetRequiredService<DatabaseInitializer>().InitializeAsync(s_none),
            recorder =>
                recorder.Engine == DatabaseProvider.SqlServer
                    ? [AppliedMigrations(recorder), "SELECT 1"]
                    : [AppliedMigrations(recorder)]
        ),
    ];

    private static IEnumerable<SqlOperation> UserLists()
    {
        (string Name, UserFilter Filter, PageCursor? After, string[] Answers)[] lists =
        [
            ("all", new(null, null, null), null, []),
            ("next page", new(null, null, null), s_place, []),
            ("by e-mail", new("ad", null, null), null, []),
            ("by e-mail, with a domain in ASCII form", new(LegacyAddress, null, null), null, []),
            ("by a rare role", new(null, RoleName.From("editor"), null), null, [$"SELECT '{s_id}'", "SELECT 1"]),
            ("by a common role", new(null, RoleName.From("editor"), null), null, [$"SELECT '{s_id}'", "SELECT 1001"]),
            ("by status", new(null, null, UserStatus.Disabled), null, []),
            ("next page by status", new(null, null, UserStatus.Disabled), s_place, []),
            ("invited", new(null, null, UserStatus.Invited), null, []),
            ("next page of active", new(null, null, UserStatus.Active), s_place, []),
            (
                "next page by everything",
                new("ad", RoleName.From("editor"), UserStatus.Active),
                s_place,
                [$"SELECT '{s_id}'", "SELECT 1001"]
            ),
        ];
        return lists.Select(list =>
            Query<IUserQueries>(
                $"UserQueries.ListAsync: {list.Name}",
                users => users.ListAsync(list.Filter, list.After, 51, s_none),
                recorder => [.. list.Answers, .. UserRow(recorder)]
            )
        );
    }

    private static IEnumerable<SqlOperation> AuditLists()
    {
        (string Name, AuditFilter Filter, PageCursor? After)[] lists =
        [
            ("all", new(null, null, null, null), null),
            ("next page", new(null, null, null, null), s_place),
            ("by user", new(s_id, null, null, null), null),
            ("by type", new(null, AuditTypes.LoginFailed, null, null), null),
            ("by time", new(null, null, s_now.AddDays(-1), s_now), null),
            ("next page by everything", new(s_id, AuditTypes.LoginFailed, s_now.AddDays(-1), s_now), s_place),
        ];
        return lists.Select(list =>
            Query<IAuditQueries>(
                $"AuditQueries.ListAsync: {list.Name}",
                audit => audit.ListAsync(list.Filter, list.After, 51, s_none)
            )
        );
    }

    private static SqlOperation Query<T>(string name, Func<T, Task> run, Func<SqlRecorder, string[]>? answers = null)
        where T : notnull => new(name, services => run(Find<T>(services)), answers);

    // Hosted services are registered only by their interface.
    private static T Find<T>(IServiceProvider services)
        where T : notnull => services.GetService<T>() ?? services.GetServices<IHostedService>().OfType<T>().Single();

    private static SqlOperation EndAllSessions(string whose, bool alsoOfAdministrators)
    {
        return Save(
            $"UserRepository.EndAllSessions: {whose}",
            data => data.Users.EndAllSessions(alsoOfAdministrators, RevocationReasons.AdminRevoked, s_now),
            AuditTypes.SessionsAllRevoked
        );
    }

    private static SqlOperation Save(string name, Action<Data> change, string? auditType = null) =>
        new(
            name,
            services =>
            {
                change(new Data(services));
                if (auditType is not null)
                {
                    services.GetRequiredService<IAuditLog>().Add(Data.NewRecord(auditType));
                }

                return services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(s_none);
            },
            recorder => auditType is null ? [] : [ChainRow(recorder)]
        );

    /// <summary>The responses of an up-to-date database.</summary>
    public static string AppliedMigrations(SqlRecorder recorder)
    {
        using var scope = recorder.Services.CreateScope();
        var known = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.GetMigrations();
        return string.Join(" UNION ALL ", known.Select(migration => $"SELECT '{migration}', '10'"));
    }

    private static string ChainRow(SqlRecorder recorder) =>
        $"SELECT '{Guid.CreateVersion7()}', 5, zeroblob(32), {recorder.Instant(s_now)}";

    private static string WholeChainRow(SqlRecorder recorder) =>
        $"""
            SELECT '{s_id}' AS "Id", zeroblob(32) AS "Hash", {recorder.Instant(s_now)} AS "LeasedUntil",
                zeroblob(32) AS "RemovedHash", zeroblob(32) AS "RemovedSeal", 0 AS "RemovedSequence",
                zeroblob(32) AS "Seal", 5 AS "Sequence"
            """;

    /// <summary>On SQLite, the roles are read by a second query.</summary>
    private static string[] UserRow(SqlRecorder recorder) =>
        recorder.Engine == DatabaseProvider.Sqlite ? [$"SELECT {UserColumns(recorder)}"] : [];

    private static string[] SessionRow(SqlRecorder recorder)
    {
        var now = recorder.Instant(s_now);
        return recorder.Engine == DatabaseProvider.Sqlite
            ?
            [
                $"""
                    SELECT '{s_id}' AS "Id", {now} AS "AbsoluteExpiresAt", {now} AS "AuthenticatedAt",
                        'pwd' AS "AuthenticationMethods", {now} AS "CreatedAt", NULL AS "EndReason", NULL AS "EndedAt",
                        {now} AS "ExpiresAt", 1 AS "Generation", 1 AS "GraceFloor", {now} AS "GraceStartedAt",
                        NULL AS "IpAddress", 1 AS "PreviousGraceFloor", 0 AS "Replays", {now} AS "RotatedAt",
                        zeroblob(32) AS "Salt", 1 AS "SessionVersion", NULL AS "UserAgent", '{s_id}' AS "UserId",
                        {UserColumns(recorder)}
                    """,
            ]
            : [];
    }

    private static string UserColumns(SqlRecorder recorder) =>
        $"'{s_id}', {recorder.Instant(s_now)}, 0, NULL, 0, 0, 0, 0, NULL, '-', 1, NULL, 'Active', 1, '{s_email.Normalized}', '{s_email.Value}'";

    /// <summary>New aggregates, and aggregates as read from the database.</summary>
    private sealed class Data(IServiceProvider services)
    {
        private int _made;

        public IUserRepository Users => Get<IUserRepository>();

        public ISessionRepository Sessions => Get<ISessionRepository>();

        public IRoleRepository Roles => Get<IRoleRepository>();

        public ISigningKeyRepository Keys => Get<ISigningKeyRepository>();

        public IServiceAccountRepository Services => Get<IServiceAccountRepository>();

        public IAuditLog Audit => Get<IAuditLog>();

        public IMailFlowRepository Flows => Get<IMailFlowRepository>();

        public IFactorRepository Factors => Get<IFactorRepository>();

        public static Role NewRole(string name) =>
            name == Role.Admin
                ? Role.CreateSystem(RoleName.From(name), "May do everything.", [], s_now.AddYears(-1)) // EF Core orders changes by id
                : Role.Create(RoleName.From(name), "Edits.", ["articles:read"], 1, s_now);

        public static SigningKey NewKey(int ordinal) =>
            SigningKey.Create($"key-{ordinal}", ordinal, "ES256", [1], [2], s_now, s_now);

        public static AuditRecord NewRecord(string type) =>
            AuditRecord.Create(type, AuditOutcome.Success, s_client, s_now, s_id, s_id, s_id, "detail");

        public static Factor NewPasskey() =>
            Factor.AddPasskey(
                s_id,
                name: null,
                PasskeyCredential.Create(
                    [1],
                    new byte[32],
                    [2],
                    signatureCounter: 0,
                    transports: "internal",
                    Guid.Empty,
                    isBackupEligible: true,
                    isBackedUp: true
                ),
                s_now
            );

        public Factor StoredPasskey() => Attach(NewPasskey());

        public RecoveryCode StoredRecoveryCode() => Attach(RecoveryCode.Create(new byte[32], s_id, s_now));

        public static MailFlow NewFlow(FlowPurpose purpose) => MailFlow.Start(s_id, purpose, new byte[32], [1], s_now);

        public ServiceAccount NewService() =>
            ServiceAccount.Create(
                new("Newsletter", Description: null, Status: null),
                [StoredRole("viewer")],
                s_now.AddDays(-1)
            );

        public (ServiceAccount Account, ServiceSecret Secret) StoredService()
        {
            var account = NewService();
            var secret = account.AddSecret(expiresAt: null, s_now.AddDays(-1)).Value!.Secret;
            return (Attach(account), secret);
        }

        public ServiceToken StoredServiceToken() => Attach(ServiceToken.Issue(StoredService().Secret, s_now));

        public MailFlow StoredFlow(FlowPurpose purpose) => Attach(NewFlow(purpose));

        public MailQuota StoredQuota() => Attach(MailQuota.Create(new byte[32]));

        public User NewUser() => User.Register(s_email, "$2b$12$some", displayName: null, StoredRole("viewer"), s_now);

        public static Session NewSession(User? user = null, DateTimeOffset? now = null) =>
            Session.Start(
                user ?? User.Register(s_email, "$2b$12$some", null, NewRole("viewer"), s_now),
                s_client,
                new SessionPolicy(),
                now ?? s_now
            );

        public User StoredUser() => Attach(NewUser());

        public Session StoredSession(User user, DateTimeOffset? now = null) => Attach(NewSession(user, now));

        public Role StoredRole(string name) => Attach(NewRole(name));

        public SigningKey StoredKey() => Attach(NewKey(++_made));

        private T Attach<T>(T entity)
            where T : class
        {
            Get<AppDbContext>().Attach(entity);
            return entity;
        }

        private T Get<T>()
            where T : notnull => services.GetRequiredService<T>();
    }
}
