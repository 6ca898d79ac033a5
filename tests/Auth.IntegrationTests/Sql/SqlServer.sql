-- UserRepository.FindAsync
-- UserRepository.FindActorAsync: a service account
--   @id UNIQUEIDENTIFIER
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[UserId], [s].[RoleId], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions]
FROM (
    SELECT TOP(2) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[Id] = @id
) AS [u1]
LEFT JOIN (
    SELECT [u0].[UserId], [u0].[RoleId], [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserRepository.FindActorAsync: a service account
--   @id UNIQUEIDENTIFIER
SELECT [s1].[Id], [s1].[CreatedAt], [s1].[Description], [s1].[LastUsedAt], [s1].[Name], [s1].[NormalizedName], [s1].[Status], [s1].[TokenVersion], [s1].[Version], [s2].[Id], [s2].[Description], [s2].[FoldedName], [s2].[IsSystem], [s2].[Name], [s2].[NormalizedName], [s2].[PermissionsVersion], [s2].[TokenSize], [s2].[Version], [s2].[Permissions], [s2].[AccountId], [s2].[RoleId]
FROM (
    SELECT TOP(2) [s].[Id], [s].[CreatedAt], [s].[Description], [s].[LastUsedAt], [s].[Name], [s].[NormalizedName], [s].[Status], [s].[TokenVersion], [s].[Version]
    FROM [ServiceAccounts] AS [s]
    WHERE [s].[Id] = @id AND [s].[Status] = 'Active'
) AS [s1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [s0].[AccountId], [s0].[RoleId]
    FROM [ServiceAccountRoles] AS [s0]
    INNER JOIN [Roles] AS [r] ON [s0].[RoleId] = [r].[Id]
) AS [s2] ON [s1].[Id] = [s2].[AccountId]
ORDER BY [s1].[Id], [s2].[AccountId], [s2].[RoleId]

-- UserQueries.FindAsync
--   @id UNIQUEIDENTIFIER
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(2) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[Id] = @id
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.CountAdministratorsWithoutFactorAsync
SELECT COUNT(*)
FROM [UserRoles] AS [u]
INNER JOIN [Users] AS [u0] ON [u].[UserId] = [u0].[Id]
WHERE [u].[RoleId] = COALESCE((
    SELECT TOP(1) [r].[Id]
    FROM [Roles] AS [r]
    WHERE [r].[Name] = N'admin'), '00000000-0000-0000-0000-000000000000') AND [u0].[Status] = 'Active' AND [u0].[IsInvited] = CAST(0 AS bit) AND [u0].[HasSecondFactor] = CAST(0 AS bit)

-- UserRepository.FindByEmailAsync
--   @email NVARCHAR(254)
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[UserId], [s].[RoleId], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions]
FROM (
    SELECT TOP(2) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[NormalizedEmail] = @email
) AS [u1]
LEFT JOIN (
    SELECT [u0].[UserId], [u0].[RoleId], [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserRepository.ListTakenAsync: addresses
--   @texts1 NVARCHAR(254), @texts2 NVARCHAR(254)
SELECT [u].[NormalizedEmail] AS [Normalized], [u].[Id]
FROM [Users] AS [u]
WHERE [u].[NormalizedEmail] IN (@texts1, @texts2)

-- UserRepository.ListTakenAsync: ids
--   @ids1 UNIQUEIDENTIFIER, @ids2 UNIQUEIDENTIFIER
SELECT [u].[Id]
FROM [Users] AS [u]
WHERE [u].[Id] IN (@ids1, @ids2)

-- UserRepository.AnyOtherActiveAdministratorAsync
--   @userId UNIQUEIDENTIFIER
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [UserRoles] AS [u]
        INNER JOIN [Users] AS [u0] ON [u].[UserId] = [u0].[Id]
        WHERE [u].[RoleId] = COALESCE((
            SELECT TOP(1) [r].[Id]
            FROM [Roles] AS [r]
            WHERE [r].[Name] = N'admin'), '00000000-0000-0000-0000-000000000000') AND [u0].[Id] <> @userId AND [u0].[Status] = 'Active' AND [u0].[IsInvited] = CAST(0 AS bit)) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- UserRepository.Add: a registration
-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- UserRepository.EndAllSessions: all users
-- UserRepository.EndAllSessions: except administrators
-- UnitOfWork: a password change that keeps one session
-- UnitOfWork: new roles of a user
-- UnitOfWork: disabling a user
-- SessionRepository.Add: a sign-in
-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
-- FactorRepository.Remove: the last factor, with a recovery code
-- UnitOfWork: a factor is used
-- MailFlowRepository.TakeRegistrations: a registration is complete
-- UnitOfWork: a change of address
-- RoleRepository.Add
-- RoleRepository.Remove
-- UnitOfWork: a role change
-- ServiceAccountRepository.Add: an account
-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.Remove: a token
-- ServiceAccountRepository.RemoveSecret
-- UnitOfWork: a new secret
-- ServiceAccountRepository.Lock: new roles of a service account
-- SigningKeyRepository.Add: a rotation
-- AuditLog.Add: a rejection alone
-- AuditLog.Add: the first record of a new chain
-- AuditChains.IsStoredAsync
--   @now DATETIMEOFFSET
SELECT TOP(1) [a].[Id], [a].[Sequence], [a].[Hash], [a].[LeasedUntil]
FROM [AuditChains] AS [a]
WHERE [a].[LeasedUntil] < @now
ORDER BY [a].[LeasedUntil]

-- UserRepository.Add: a registration
-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- UserRepository.EndAllSessions: all users
-- UserRepository.EndAllSessions: except administrators
-- UnitOfWork: a password change that keeps one session
-- UnitOfWork: new roles of a user
-- UnitOfWork: disabling a user
-- SessionRepository.Add: a sign-in
-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
-- FailureCountRepository.CountFailureAsync
-- FailureCountRepository.CountFailureAsync: the first one
-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
-- FactorRepository.Remove: the last factor, with a recovery code
-- UnitOfWork: a factor is used
-- MailFlowRepository.Add: a registration
-- MailFlowRepository.TakeRegistrations: a registration is complete
-- UnitOfWork: a mail of a flow is prepared
-- UnitOfWork: a change of address
-- RoleRepository.Add
-- RoleRepository.Remove
-- UnitOfWork: a role change
-- ServiceAccountRepository.Add: an account
-- ServiceAccountRepository.Add: the first token within a minute
-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.Remove: a token
-- ServiceAccountRepository.RemoveSecret
-- UnitOfWork: a new secret
-- ServiceAccountRepository.Lock: new roles of a service account
-- SigningKeyRepository.Add: a rotation
-- AuditLog.Add: a rejection alone
-- AuditLog.Add: the first record of a new chain
-- AuditRetention
-- DatabaseHealthCheck
BEGIN TRANSACTION

-- UserRepository.Add: a registration
-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 DATETIMEOFFSET, @p23 INT, @p24 NVARCHAR(200), @p25 BIT, @p26 INT, @p27 BIT, @p28 BIT, @p29 DATETIMEOFFSET, @p30 VARCHAR(512), @p31 INT, @p32 VARCHAR(32), @p33 VARCHAR(16), @p34 INT, @p35 NVARCHAR(254), @p36 NVARCHAR(254), @p37 UNIQUEIDENTIFIER, @p38 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Users] ([Id], [CreatedAt], [DeviceEpoch], [DisplayName], [EmailConfirmed], [FlowEpoch], [HasSecondFactor], [IsInvited], [LastSignInAt], [PasswordHash], [SessionVersion], [SessionVersionReason], [Status], [TokenVersion], [NormalizedEmail], [Email])
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36);
INSERT INTO [UserRoles] ([RoleId], [UserId])
VALUES (@p37, @p38);

-- UserRepository.Add: a registration
-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- UserRepository.EndAllSessions: all users
-- UserRepository.EndAllSessions: except administrators
-- UnitOfWork: a password change that keeps one session
-- UnitOfWork: new roles of a user
-- UnitOfWork: disabling a user
-- SessionRepository.Add: a sign-in
-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
-- FailureCountRepository.CountFailureAsync
-- FailureCountRepository.CountFailureAsync: the first one
-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
-- FactorRepository.Remove: the last factor, with a recovery code
-- UnitOfWork: a factor is used
-- MailFlowRepository.Add: a registration
-- MailFlowRepository.TakeRegistrations: a registration is complete
-- UnitOfWork: a mail of a flow is prepared
-- UnitOfWork: a change of address
-- RoleRepository.Add
-- RoleRepository.Remove
-- UnitOfWork: a role change
-- ServiceAccountRepository.Add: an account
-- ServiceAccountRepository.Add: the first token within a minute
-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.Remove: a token
-- ServiceAccountRepository.RemoveSecret
-- UnitOfWork: a new secret
-- ServiceAccountRepository.Lock: new roles of a service account
-- SigningKeyRepository.Add: a rotation
-- AuditLog.Add: a rejection alone
-- AuditLog.Add: the first record of a new chain
-- AuditRetention
COMMIT

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- AuditRetention
--   @userId UNIQUEIDENTIFIER
UPDATE [a]
SET [a].[IpAddress] = NULL,
    [a].[UserAgent] = NULL,
    [a].[PersonalDataSalt] = NULL
FROM [AuditRecords] AS [a]
WHERE [a].[ActorId] = @userId AND [a].[PersonalDataSalt] IS NOT NULL

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- AuditRetention
--   @userId UNIQUEIDENTIFIER
UPDATE [a]
SET [a].[IpAddress] = NULL,
    [a].[UserAgent] = NULL,
    [a].[PersonalDataSalt] = NULL
FROM [AuditRecords] AS [a]
WHERE [a].[UserId] = @userId AND [a].[ActorId] IS NULL AND [a].[PersonalDataSalt] IS NOT NULL

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p26 UNIQUEIDENTIFIER, @p27 UNIQUEIDENTIFIER, @p28 UNIQUEIDENTIFIER, @p29 INT, @p30 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
DELETE FROM [UserRoles]
OUTPUT 1
WHERE [RoleId] = @p26 AND [UserId] = @p27;
DELETE FROM [Users]
OUTPUT 1
WHERE [Id] = @p28 AND [FlowEpoch] = @p29 AND [TokenVersion] = @p30;

-- UserRepository.EndAllSessions: all users
-- UserRepository.EndAllSessions: except administrators
UPDATE [r]
SET [r].[Version] = [r].[Version]
FROM [Roles] AS [r]
WHERE [r].[Name] = N'admin'

-- UserRepository.EndAllSessions: all users
--   @p VARCHAR(32)
UPDATE [u]
SET [u].[SessionVersion] = [u].[SessionVersion] + 1,
    [u].[SessionVersionReason] = @p,
    [u].[TokenVersion] = [u].[TokenVersion] + 1
FROM [Users] AS [u]

-- UserRepository.EndAllSessions: all users
--   Reason VARCHAR(32), OccurredAt DATETIMEOFFSET, Latest DATETIMEOFFSET
INSERT INTO "Revocations" ("SubjectId", "TokenVersion", "Reason", "OccurredAt")
SELECT "Users"."Id", "Users"."TokenVersion", @Reason, @OccurredAt
FROM "Users"
WHERE EXISTS (
    SELECT 1 FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."RotatedAt" > @Latest)

-- UserRepository.EndAllSessions: all users
UPDATE [s]
SET [s].[TokenVersion] = [s].[TokenVersion] + 1
FROM [ServiceAccounts] AS [s]

-- UserRepository.EndAllSessions: all users
SELECT [s].[Id], [s].[TokenVersion]
FROM [ServiceAccounts] AS [s]

-- UserRepository.EndAllSessions: all users
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);

-- UserRepository.EndAllSessions: except administrators
--   @p VARCHAR(32)
UPDATE [u]
SET [u].[SessionVersion] = [u].[SessionVersion] + 1,
    [u].[SessionVersionReason] = @p,
    [u].[TokenVersion] = [u].[TokenVersion] + 1
FROM [Users] AS [u]
WHERE NOT EXISTS (
    SELECT 1
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
    WHERE [u].[Id] = [u0].[UserId] AND [r].[Name] = N'admin')

-- UserRepository.EndAllSessions: except administrators
--   Reason VARCHAR(32), OccurredAt DATETIMEOFFSET, Latest DATETIMEOFFSET
INSERT INTO "Revocations" ("SubjectId", "TokenVersion", "Reason", "OccurredAt")
SELECT "Users"."Id", "Users"."TokenVersion", @Reason, @OccurredAt
FROM "Users"
WHERE EXISTS (
    SELECT 1 FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."RotatedAt" > @Latest)
AND NOT EXISTS (
    SELECT 1 FROM "UserRoles" INNER JOIN "Roles" ON "Roles"."Id" = "UserRoles"."RoleId"
    WHERE "UserRoles"."UserId" = "Users"."Id" AND "Roles"."Name" = 'admin')

-- UserRepository.EndAllSessions: except administrators
-- AuditLog.Add: a rejection alone
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);

-- UnitOfWork: a user renames themselves
--   @p1 UNIQUEIDENTIFIER, @p0 NVARCHAR(200), @p2 INT, @p3 INT
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [Users] SET [DisplayName] = @p0
OUTPUT 1
WHERE [Id] = @p1 AND [FlowEpoch] = @p2 AND [TokenVersion] = @p3;

-- UnitOfWork: a password change that keeps one session
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p26 DATETIMEOFFSET, @p27 VARCHAR(32), @p28 NVARCHAR(64), @p29 UNIQUEIDENTIFIER, @p30 INT, @p33 UNIQUEIDENTIFIER, @p31 VARCHAR(32), @p32 DATETIMEOFFSET, @p35 DATETIMEOFFSET, @p34 INT, @p37 UNIQUEIDENTIFIER, @p39 DATETIMEOFFSET, @p38 INT, @p36 INT, @p46 UNIQUEIDENTIFIER, @p40 INT, @p41 INT, @p47 INT, @p42 VARCHAR(512), @p43 INT, @p44 VARCHAR(32), @p45 INT, @p48 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
MERGE [Revocations] USING (
VALUES (@p21, @p22, @p23, @p24, @p25, 0),
(@p26, @p27, @p28, @p29, @p30, 1)) AS i ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion], _Position) ON 1=0
WHEN NOT MATCHED THEN
INSERT ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
VALUES (i.[OccurredAt], i.[Reason], i.[Role], i.[SubjectId], i.[TokenVersion])
OUTPUT INSERTED.[Id], i._Position;
UPDATE [Sessions] SET [EndReason] = @p31, [EndedAt] = @p32
OUTPUT 1
WHERE [Id] = @p33 AND [EndedAt] IS NULL AND [Generation] = @p34;
UPDATE [Sessions] SET [SessionVersion] = @p36
OUTPUT 1
WHERE [Id] = @p37 AND [EndedAt] IS NULL AND [Generation] = @p38;
UPDATE [Users] SET [DeviceEpoch] = @p40, [FlowEpoch] = @p41, [PasswordHash] = @p42, [SessionVersion] = @p43, [SessionVersionReason] = @p44, [TokenVersion] = @p45
OUTPUT 1
WHERE [Id] = @p46 AND [FlowEpoch] = @p47 AND [TokenVersion] = @p48;

-- UnitOfWork: new roles of a user
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p26 UNIQUEIDENTIFIER, @p27 UNIQUEIDENTIFIER, @p29 UNIQUEIDENTIFIER, @p30 INT, @p28 INT, @p31 INT, @p32 UNIQUEIDENTIFIER, @p33 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
DELETE FROM [UserRoles]
OUTPUT 1
WHERE [RoleId] = @p26 AND [UserId] = @p27;
UPDATE [Users] SET [TokenVersion] = @p28
OUTPUT 1
WHERE [Id] = @p29 AND [FlowEpoch] = @p30 AND [TokenVersion] = @p31;
INSERT INTO [UserRoles] ([RoleId], [UserId])
VALUES (@p32, @p33);

-- UnitOfWork: disabling a user
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p30 UNIQUEIDENTIFIER, @p31 INT, @p26 INT, @p27 VARCHAR(32), @p28 VARCHAR(16), @p29 INT, @p32 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
UPDATE [Users] SET [SessionVersion] = @p26, [SessionVersionReason] = @p27, [Status] = @p28, [TokenVersion] = @p29
OUTPUT 1
WHERE [Id] = @p30 AND [FlowEpoch] = @p31 AND [TokenVersion] = @p32;

-- UserQueries.ListAsync: all
--   @p INT
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: next page
--   @p INT, @place_At DATETIMEOFFSET, @place_Id UNIQUEIDENTIFIER
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[CreatedAt] >= @place_At AND ([u].[CreatedAt] > @place_At OR [u].[Id] > @place_Id)
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: by e-mail
--   @p INT, @from NVARCHAR(254), @to NVARCHAR(254)
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[NormalizedEmail] >= @from AND [u].[NormalizedEmail] < @to
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: by e-mail, with a domain in ASCII form
--   @p INT, @from NVARCHAR(254), @to NVARCHAR(254), @legacyFrom NVARCHAR(254), @legacyTo NVARCHAR(254)
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE ([u].[NormalizedEmail] >= @from AND [u].[NormalizedEmail] < @to) OR ([u].[NormalizedEmail] >= @legacyFrom AND [u].[NormalizedEmail] < @legacyTo)
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: by a rare role
-- UserQueries.ListAsync: by a common role
-- UserQueries.ListAsync: next page by everything
--   @name_Normalized NVARCHAR(64)
SELECT TOP(2) [r].[Id]
FROM [Roles] AS [r]
WHERE [r].[NormalizedName] = @name_Normalized

-- UserQueries.ListAsync: by a rare role
-- UserQueries.ListAsync: by a common role
-- UserQueries.ListAsync: next page by everything
--   @p INT, @roleId UNIQUEIDENTIFIER
SELECT COUNT(*)
FROM (
    SELECT TOP(@p) 1 AS empty
    FROM [UserRoles] AS [u]
    WHERE [u].[RoleId] = @roleId
    ORDER BY [u].[UserId]
) AS [u0]

-- UserQueries.ListAsync: by a rare role
--   @p INT, @roleId UNIQUEIDENTIFIER
SELECT [u2].[Id], [u2].[CreatedAt], [u2].[DeviceEpoch], [u2].[DisplayName], [u2].[EmailConfirmed], [u2].[FlowEpoch], [u2].[HasSecondFactor], [u2].[IsInvited], [u2].[LastSignInAt], [u2].[PasswordHash], [u2].[SessionVersion], [u2].[SessionVersionReason], [u2].[Status], [u2].[TokenVersion], [u2].[NormalizedEmail], [u2].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[Id] IN (
        SELECT [u0].[UserId]
        FROM [UserRoles] AS [u0]
        WHERE [u0].[RoleId] = @roleId
    )
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u2]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u1].[UserId], [u1].[RoleId]
    FROM [UserRoles] AS [u1]
    INNER JOIN [Roles] AS [r] ON [u1].[RoleId] = [r].[Id]
) AS [s] ON [u2].[Id] = [s].[UserId]
ORDER BY [u2].[CreatedAt], [u2].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: by a common role
--   @p INT, @roleId UNIQUEIDENTIFIER
SELECT [u2].[Id], [u2].[CreatedAt], [u2].[DeviceEpoch], [u2].[DisplayName], [u2].[EmailConfirmed], [u2].[FlowEpoch], [u2].[HasSecondFactor], [u2].[IsInvited], [u2].[LastSignInAt], [u2].[PasswordHash], [u2].[SessionVersion], [u2].[SessionVersionReason], [u2].[Status], [u2].[TokenVersion], [u2].[NormalizedEmail], [u2].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE EXISTS (
        SELECT 1
        FROM [UserRoles] AS [u0]
        INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
        WHERE [u].[Id] = [u0].[UserId] AND [r].[Id] = @roleId)
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u2]
LEFT JOIN (
    SELECT [r0].[Id], [r0].[Description], [r0].[FoldedName], [r0].[IsSystem], [r0].[Name], [r0].[NormalizedName], [r0].[PermissionsVersion], [r0].[TokenSize], [r0].[Version], [r0].[Permissions], [u1].[UserId], [u1].[RoleId]
    FROM [UserRoles] AS [u1]
    INNER JOIN [Roles] AS [r0] ON [u1].[RoleId] = [r0].[Id]
) AS [s] ON [u2].[Id] = [s].[UserId]
ORDER BY [u2].[CreatedAt], [u2].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: by status
--   @p INT
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[Status] = 'Disabled'
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: next page by status
--   @p INT, @place_At DATETIMEOFFSET, @place_Id UNIQUEIDENTIFIER
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[CreatedAt] >= @place_At AND ([u].[CreatedAt] > @place_At OR [u].[Id] > @place_Id) AND [u].[Status] = 'Disabled'
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: invited
--   @p INT, @isInvited BIT
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[IsInvited] = @isInvited AND [u].[Status] <> 'Disabled'
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: next page of active
--   @p INT, @place_At DATETIMEOFFSET, @place_Id UNIQUEIDENTIFIER
SELECT [u1].[Id], [u1].[CreatedAt], [u1].[DeviceEpoch], [u1].[DisplayName], [u1].[EmailConfirmed], [u1].[FlowEpoch], [u1].[HasSecondFactor], [u1].[IsInvited], [u1].[LastSignInAt], [u1].[PasswordHash], [u1].[SessionVersion], [u1].[SessionVersionReason], [u1].[Status], [u1].[TokenVersion], [u1].[NormalizedEmail], [u1].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[CreatedAt] >= @place_At AND ([u].[CreatedAt] > @place_At OR [u].[Id] > @place_Id) AND [u].[Status] = 'Active' AND [u].[IsInvited] = CAST(0 AS bit)
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u1]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[CreatedAt], [u1].[Id], [s].[UserId], [s].[RoleId]

-- UserQueries.ListAsync: next page by everything
--   @p INT, @place_At DATETIMEOFFSET, @place_Id UNIQUEIDENTIFIER, @from NVARCHAR(254), @to NVARCHAR(254), @roleId UNIQUEIDENTIFIER
SELECT [u2].[Id], [u2].[CreatedAt], [u2].[DeviceEpoch], [u2].[DisplayName], [u2].[EmailConfirmed], [u2].[FlowEpoch], [u2].[HasSecondFactor], [u2].[IsInvited], [u2].[LastSignInAt], [u2].[PasswordHash], [u2].[SessionVersion], [u2].[SessionVersionReason], [u2].[Status], [u2].[TokenVersion], [u2].[NormalizedEmail], [u2].[Email], [s].[Id], [s].[Description], [s].[FoldedName], [s].[IsSystem], [s].[Name], [s].[NormalizedName], [s].[PermissionsVersion], [s].[TokenSize], [s].[Version], [s].[Permissions], [s].[UserId], [s].[RoleId]
FROM (
    SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Users] AS [u]
    WHERE [u].[CreatedAt] >= @place_At AND ([u].[CreatedAt] > @place_At OR [u].[Id] > @place_Id) AND [u].[NormalizedEmail] >= @from AND [u].[NormalizedEmail] < @to AND EXISTS (
        SELECT 1
        FROM [UserRoles] AS [u0]
        INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
        WHERE [u].[Id] = [u0].[UserId] AND [r].[Id] = @roleId) AND [u].[Status] = 'Active' AND [u].[IsInvited] = CAST(0 AS bit)
    ORDER BY [u].[CreatedAt], [u].[Id]
) AS [u2]
LEFT JOIN (
    SELECT [r0].[Id], [r0].[Description], [r0].[FoldedName], [r0].[IsSystem], [r0].[Name], [r0].[NormalizedName], [r0].[PermissionsVersion], [r0].[TokenSize], [r0].[Version], [r0].[Permissions], [u1].[UserId], [u1].[RoleId]
    FROM [UserRoles] AS [u1]
    INNER JOIN [Roles] AS [r0] ON [u1].[RoleId] = [r0].[Id]
) AS [s] ON [u2].[Id] = [s].[UserId]
ORDER BY [u2].[CreatedAt], [u2].[Id], [s].[UserId], [s].[RoleId]

-- SessionRepository.FindAsync
--   @id UNIQUEIDENTIFIER
SELECT [s0].[Id], [s0].[AbsoluteExpiresAt], [s0].[AuthenticatedAt], [s0].[AuthenticationMethods], [s0].[CreatedAt], [s0].[EndReason], [s0].[EndedAt], [s0].[ExpiresAt], [s0].[Generation], [s0].[GraceFloor], [s0].[GraceStartedAt], [s0].[IpAddress], [s0].[PreviousGraceFloor], [s0].[Replays], [s0].[RotatedAt], [s0].[Salt], [s0].[SessionVersion], [s0].[UserAgent], [s0].[UserId], [s0].[Id0], [s0].[CreatedAt0], [s0].[DeviceEpoch], [s0].[DisplayName], [s0].[EmailConfirmed], [s0].[FlowEpoch], [s0].[HasSecondFactor], [s0].[IsInvited], [s0].[LastSignInAt], [s0].[PasswordHash], [s0].[SessionVersion0], [s0].[SessionVersionReason], [s0].[Status], [s0].[TokenVersion], [s0].[NormalizedEmail], [s0].[Email], [s1].[UserId], [s1].[RoleId], [s1].[Id], [s1].[Description], [s1].[FoldedName], [s1].[IsSystem], [s1].[Name], [s1].[NormalizedName], [s1].[PermissionsVersion], [s1].[TokenSize], [s1].[Version], [s1].[Permissions]
FROM (
    SELECT TOP(2) [s].[Id], [s].[AbsoluteExpiresAt], [s].[AuthenticatedAt], [s].[AuthenticationMethods], [s].[CreatedAt], [s].[EndReason], [s].[EndedAt], [s].[ExpiresAt], [s].[Generation], [s].[GraceFloor], [s].[GraceStartedAt], [s].[IpAddress], [s].[PreviousGraceFloor], [s].[Replays], [s].[RotatedAt], [s].[Salt], [s].[SessionVersion], [s].[UserAgent], [s].[UserId], [u].[Id] AS [Id0], [u].[CreatedAt] AS [CreatedAt0], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion] AS [SessionVersion0], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
    FROM [Sessions] AS [s]
    INNER JOIN [Users] AS [u] ON [s].[UserId] = [u].[Id]
    WHERE [s].[Id] = @id
) AS [s0]
LEFT JOIN (
    SELECT [u0].[UserId], [u0].[RoleId], [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s1] ON [s0].[Id0] = [s1].[UserId]
ORDER BY [s0].[Id], [s0].[Id0], [s1].[UserId], [s1].[RoleId]

-- SessionRepository.TryRotateAsync: a rotation
--   @rotations NVARCHAR(max)
UPDATE s SET
    [Generation] = r.Generation, [GraceStartedAt] = r.GraceStartedAt, [GraceFloor] = r.GraceFloor,
    [PreviousGraceFloor] = r.PreviousGraceFloor, [Replays] = r.Replays, [RotatedAt] = r.RotatedAt,
    [ExpiresAt] = r.ExpiresAt, [IpAddress] = r.IpAddress, [UserAgent] = r.UserAgent
OUTPUT inserted.[Id] AS [Value]
FROM OPENJSON(@rotations) WITH (
    Id uniqueidentifier, ReadGeneration int, Generation int, GraceStartedAt datetimeoffset, GraceFloor int,
    PreviousGraceFloor int, Replays int, RotatedAt datetimeoffset, ExpiresAt datetimeoffset,
    IpAddress varchar(64), UserAgent nvarchar(256)) AS r
INNER JOIN [Sessions] AS s ON s.[Id] = r.Id
WHERE s.[Generation] = r.ReadGeneration AND s.[EndedAt] IS NULL

-- SessionRepository.TryRotateAsync: a replay
--   @ids NVARCHAR(4000)
SELECT [s].[Id], [s].[AbsoluteExpiresAt], [s].[AuthenticatedAt], [s].[AuthenticationMethods], [s].[CreatedAt], [s].[EndReason], [s].[EndedAt], [s].[ExpiresAt], [s].[Generation], [s].[GraceFloor], [s].[GraceStartedAt], [s].[IpAddress], [s].[PreviousGraceFloor], [s].[Replays], [s].[RotatedAt], [s].[Salt], [s].[SessionVersion], [s].[UserAgent], [s].[UserId], [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email], [s0].[Id], [s0].[Description], [s0].[FoldedName], [s0].[IsSystem], [s0].[Name], [s0].[NormalizedName], [s0].[PermissionsVersion], [s0].[TokenSize], [s0].[Version], [s0].[Permissions], [s0].[UserId], [s0].[RoleId]
FROM [Sessions] AS [s]
INNER JOIN [Users] AS [u] ON [s].[UserId] = [u].[Id]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [u0].[UserId], [u0].[RoleId]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
) AS [s0] ON [u].[Id] = [s0].[UserId]
WHERE [s].[Id] IN (
    SELECT [i].[value]
    FROM OPENJSON(@ids) WITH ([value] uniqueidentifier '$') AS [i]
)
ORDER BY [s].[Id], [u].[Id], [s0].[UserId], [s0].[RoleId]

-- SessionRepository.ListAliveAsync
--   @userId UNIQUEIDENTIFIER, @now DATETIMEOFFSET
SELECT [s].[Id], [s].[AbsoluteExpiresAt], [s].[AuthenticatedAt], [s].[AuthenticationMethods], [s].[CreatedAt], [s].[EndReason], [s].[EndedAt], [s].[ExpiresAt], [s].[Generation], [s].[GraceFloor], [s].[GraceStartedAt], [s].[IpAddress], [s].[PreviousGraceFloor], [s].[Replays], [s].[RotatedAt], [s].[Salt], [s].[SessionVersion], [s].[UserAgent], [s].[UserId], [u].[Id], [u].[CreatedAt], [u].[DeviceEpoch], [u].[DisplayName], [u].[EmailConfirmed], [u].[FlowEpoch], [u].[HasSecondFactor], [u].[IsInvited], [u].[LastSignInAt], [u].[PasswordHash], [u].[SessionVersion], [u].[SessionVersionReason], [u].[Status], [u].[TokenVersion], [u].[NormalizedEmail], [u].[Email]
FROM [Sessions] AS [s]
INNER JOIN [Users] AS [u] ON [s].[UserId] = [u].[Id]
WHERE [s].[UserId] = @userId AND [s].[EndedAt] IS NULL AND [s].[ExpiresAt] > @now AND [s].[SessionVersion] = [u].[SessionVersion]
ORDER BY [s].[CreatedAt]

-- SessionRepository.ListAllAsync
--   @userId UNIQUEIDENTIFIER
SELECT [s].[Id], [s].[AbsoluteExpiresAt], [s].[AuthenticatedAt], [s].[AuthenticationMethods], [s].[CreatedAt], [s].[EndReason], [s].[EndedAt], [s].[ExpiresAt], [s].[Generation], [s].[GraceFloor], [s].[GraceStartedAt], [s].[IpAddress], [s].[PreviousGraceFloor], [s].[Replays], [s].[RotatedAt], [s].[Salt], [s].[SessionVersion], [s].[UserAgent], [s].[UserId]
FROM [Sessions] AS [s]
WHERE [s].[UserId] = @userId
ORDER BY [s].[CreatedAt], [s].[Id]

-- SessionRepository.Add: a sign-in
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 DATETIMEOFFSET, @p23 DATETIMEOFFSET, @p24 VARCHAR(64), @p25 DATETIMEOFFSET, @p26 VARCHAR(32), @p27 DATETIMEOFFSET, @p28 DATETIMEOFFSET, @p29 INT, @p30 INT, @p31 DATETIMEOFFSET, @p32 VARCHAR(64), @p33 INT, @p34 INT, @p35 DATETIMEOFFSET, @p36 BINARY(32), @p37 INT, @p38 NVARCHAR(256), @p39 UNIQUEIDENTIFIER, @p41 UNIQUEIDENTIFIER, @p42 INT, @p40 DATETIMEOFFSET, @p43 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Sessions] ([Id], [AbsoluteExpiresAt], [AuthenticatedAt], [AuthenticationMethods], [CreatedAt], [EndReason], [EndedAt], [ExpiresAt], [Generation], [GraceFloor], [GraceStartedAt], [IpAddress], [PreviousGraceFloor], [Replays], [RotatedAt], [Salt], [SessionVersion], [UserAgent], [UserId])
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39);
UPDATE [Users] SET [LastSignInAt] = @p40
OUTPUT 1
WHERE [Id] = @p41 AND [FlowEpoch] = @p42 AND [TokenVersion] = @p43;

-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p28 UNIQUEIDENTIFIER, @p26 VARCHAR(32), @p27 DATETIMEOFFSET, @p30 DATETIMEOFFSET, @p29 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
UPDATE [Sessions] SET [EndReason] = @p26, [EndedAt] = @p27
OUTPUT 1
WHERE [Id] = @p28 AND [EndedAt] IS NULL AND [Generation] = @p29;

-- FailureCountRepository.ListAsync
--   @keys1 BINARY(32), @keys2 BINARY(32)
SELECT [f].[Key], [f].[Failures], [f].[LastFailureAt], [f].[Refusals], [f].[UserId]
FROM [FailureCounts] AS [f]
WHERE [f].[Key] IN (@keys1, @keys2)

-- FailureCountRepository.ListOfUserAsync
--   @userId UNIQUEIDENTIFIER
SELECT [f].[Key], [f].[Failures], [f].[LastFailureAt], [f].[Refusals], [f].[UserId]
FROM [FailureCounts] AS [f]
WHERE [f].[UserId] = @userId

-- FailureCountRepository.CountFailureAsync
-- FailureCountRepository.CountFailureAsync: the first one
--   Key BINARY(32), UserId UNIQUEIDENTIFIER, LastFailureAt DATETIMEOFFSET
UPDATE "FailureCounts" WITH (UPDLOCK, SERIALIZABLE) SET
    "UserId" = (SELECT "Id" FROM "Users" WHERE "Id" = @UserId),
    "Failures" = "Failures" + 1,
    "LastFailureAt" = @LastFailureAt
OUTPUT inserted."Failures" AS "Value"
WHERE "Key" = @Key

-- FailureCountRepository.CountFailureAsync: the first one
--   Key BINARY(32), UserId UNIQUEIDENTIFIER, LastFailureAt DATETIMEOFFSET
INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)

-- FailureCountRepository.CountRefusalAsync
--   @key BINARY(32)
UPDATE [f]
SET [f].[Refusals] = [f].[Refusals] + 1
FROM [FailureCounts] AS [f]
WHERE [f].[Key] = @key

-- FailureCountRepository.TryReserveAttemptAsync
--   @keys1 BINARY(32)
SELECT [f].[Key], [f].[Failures], [f].[LastFailureAt], [f].[Refusals], [f].[UserId]
FROM [FailureCounts] AS [f]
WHERE [f].[Key] = @keys1

-- FailureCountRepository.TryReserveAttemptAsync
--   @p DATETIMEOFFSET, @count_Key BINARY(32), @count_Failures INT
UPDATE [f]
SET [f].[Failures] = [f].[Failures] + 1,
    [f].[LastFailureAt] = @p
FROM [FailureCounts] AS [f]
WHERE [f].[Key] = @count_Key AND [f].[Failures] = @count_Failures

-- FailureCountRepository.RemoveAsync
--   @keys1 BINARY(32), @keys2 BINARY(32)
DELETE FROM [f]
FROM [FailureCounts] AS [f]
WHERE [f].[Key] IN (@keys1, @keys2)

-- FactorRepository.ListAsync
--   @userId UNIQUEIDENTIFIER
SELECT [f].[Id], [f].[CreatedAt], [f].[Kind], [f].[LastStep], [f].[LastUsedAt], [f].[Name], [f].[PendingUserId], [f].[SealedSecret], [f].[UserId], [f].[Version], [f].[Aaguid], [f].[CredentialId], [f].[CredentialIdHash], [f].[IsBackedUp], [f].[IsBackupEligible], [f].[PublicKey], [f].[SignatureCounter], [f].[Transports]
FROM [Factors] AS [f]
WHERE [f].[UserId] = @userId
ORDER BY [f].[CreatedAt]

-- FactorRepository.FindPasskeyAsync
--   @credentialIdHash BINARY(32)
SELECT TOP(1) [f].[Id], [f].[CreatedAt], [f].[Kind], [f].[LastStep], [f].[LastUsedAt], [f].[Name], [f].[PendingUserId], [f].[SealedSecret], [f].[UserId], [f].[Version], [f].[Aaguid], [f].[CredentialId], [f].[CredentialIdHash], [f].[IsBackedUp], [f].[IsBackupEligible], [f].[PublicKey], [f].[SignatureCounter], [f].[Transports]
FROM [Factors] AS [f]
WHERE [f].[CredentialIdHash] = @credentialIdHash

-- FactorRepository.ListRecoveryCodesAsync
--   @userId UNIQUEIDENTIFIER
SELECT [r].[Hash], [r].[CreatedAt], [r].[UserId]
FROM [RecoveryCodes] AS [r]
WHERE [r].[UserId] = @userId

-- FactorRepository.CountRecoveryCodesAsync
--   @userId UNIQUEIDENTIFIER
SELECT COUNT(*)
FROM [RecoveryCodes] AS [r]
WHERE [r].[UserId] = @userId

-- FactorRepository.FindRecoveryCodeAsync
--   @hash BINARY(32)
SELECT TOP(1) [r].[Hash], [r].[CreatedAt], [r].[UserId]
FROM [RecoveryCodes] AS [r]
WHERE [r].[Hash] = @hash

-- FactorRepository.IsSpentAsync
--   @challengeId UNIQUEIDENTIFIER
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [SpentChallenges] AS [s]
        WHERE [s].[Id] = @challengeId) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 DATETIMEOFFSET, @p23 VARCHAR(16), @p24 BIGINT, @p25 DATETIMEOFFSET, @p26 NVARCHAR(128), @p27 UNIQUEIDENTIFIER, @p28 VARBINARY(256), @p29 UNIQUEIDENTIFIER, @p30 INT, @p31 UNIQUEIDENTIFIER, @p32 VARBINARY(1023), @p33 BINARY(32), @p34 BIT, @p35 BIT, @p36 VARBINARY(2048), @p37 BIGINT, @p38 VARCHAR(128), @p39 BINARY(32), @p40 DATETIMEOFFSET, @p41 UNIQUEIDENTIFIER, @p42 DATETIMEOFFSET, @p43 VARCHAR(32), @p44 NVARCHAR(64), @p45 UNIQUEIDENTIFIER, @p46 INT, @p47 UNIQUEIDENTIFIER, @p48 DATETIMEOFFSET, @p52 UNIQUEIDENTIFIER, @p49 INT, @p53 INT, @p50 BIT, @p51 INT, @p54 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Factors] ([Id], [CreatedAt], [Kind], [LastStep], [LastUsedAt], [Name], [PendingUserId], [SealedSecret], [UserId], [Version], [Aaguid], [CredentialId], [CredentialIdHash], [IsBackedUp], [IsBackupEligible], [PublicKey], [SignatureCounter], [Transports])
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38);
INSERT INTO [RecoveryCodes] ([Hash], [CreatedAt], [UserId])
VALUES (@p39, @p40, @p41);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p42, @p43, @p44, @p45, @p46);
INSERT INTO [SpentChallenges] ([Id], [ExpiresAt])
VALUES (@p47, @p48);
UPDATE [Users] SET [FlowEpoch] = @p49, [HasSecondFactor] = @p50, [TokenVersion] = @p51
OUTPUT 1
WHERE [Id] = @p52 AND [FlowEpoch] = @p53 AND [TokenVersion] = @p54;

-- FactorRepository.Remove: the last factor, with a recovery code
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 INT, @p23 BINARY(32), @p24 DATETIMEOFFSET, @p25 VARCHAR(32), @p26 NVARCHAR(64), @p27 UNIQUEIDENTIFIER, @p28 INT, @p31 UNIQUEIDENTIFIER, @p29 INT, @p32 INT, @p30 INT, @p33 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
DELETE FROM [Factors]
OUTPUT 1
WHERE [Id] = @p21 AND [Version] = @p22;
DELETE FROM [RecoveryCodes]
OUTPUT 1
WHERE [Hash] = @p23;
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p24, @p25, @p26, @p27, @p28);
UPDATE [Users] SET [FlowEpoch] = @p29, [TokenVersion] = @p30
OUTPUT 1
WHERE [Id] = @p31 AND [FlowEpoch] = @p32 AND [TokenVersion] = @p33;

-- UnitOfWork: a factor is used
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p24 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 INT, @p25 INT, @p23 BIGINT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE [Factors] SET [LastUsedAt] = @p21, [Version] = @p22, [SignatureCounter] = @p23
OUTPUT 1
WHERE [Id] = @p24 AND [Version] = @p25;

-- MailFlowRepository.FindAsync
--   @id UNIQUEIDENTIFIER
SELECT TOP(2) [m].[Id], [m].[AddressHash], [m].[CodeExpiresAt], [m].[ConsumedAt], [m].[CreatedAt], [m].[ExpiresAt], [m].[Generation], [m].[Purpose], [m].[Salt], [m].[SealedAddress], [m].[UserEpoch], [m].[UserId], [m].[WasConfirmed], [m].[WrongCodes], [p].[FlowId], [p].[DisplayName], [p].[PasswordHash]
FROM [MailFlows] AS [m]
LEFT JOIN [PendingRegistrations] AS [p] ON [m].[Id] = [p].[FlowId]
WHERE [m].[Id] = @id

-- MailFlowRepository.FindOpenAsync
--   @userId UNIQUEIDENTIFIER, @purpose VARCHAR(20), @now DATETIMEOFFSET
SELECT TOP(1) [m].[Id], [m].[AddressHash], [m].[CodeExpiresAt], [m].[ConsumedAt], [m].[CreatedAt], [m].[ExpiresAt], [m].[Generation], [m].[Purpose], [m].[Salt], [m].[SealedAddress], [m].[UserEpoch], [m].[UserId], [m].[WasConfirmed], [m].[WrongCodes]
FROM [MailFlows] AS [m]
WHERE [m].[UserId] = @userId AND [m].[Purpose] = @purpose AND [m].[ConsumedAt] IS NULL AND [m].[ExpiresAt] > @now
ORDER BY [m].[CreatedAt] DESC, [m].[Id] DESC

-- MailFlowRepository.AnyUndoAsync
--   @addressHashes1 BINARY(32), @addressHashes2 BINARY(32), @now DATETIMEOFFSET
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [MailFlows] AS [m]
        WHERE [m].[AddressHash] IN (@addressHashes1, @addressHashes2) AND [m].[Purpose] = 'EmailChangeUndo' AND [m].[ConsumedAt] IS NULL AND [m].[ExpiresAt] > @now) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- MailFlowRepository.ListUndosAfterAsync
--   @userId UNIQUEIDENTIFIER, @epoch INT
SELECT [m].[Id], [m].[AddressHash], [m].[CodeExpiresAt], [m].[ConsumedAt], [m].[CreatedAt], [m].[ExpiresAt], [m].[Generation], [m].[Purpose], [m].[Salt], [m].[SealedAddress], [m].[UserEpoch], [m].[UserId], [m].[WasConfirmed], [m].[WrongCodes]
FROM [MailFlows] AS [m]
WHERE [m].[UserId] = @userId AND [m].[Purpose] = 'EmailChangeUndo' AND [m].[ConsumedAt] IS NULL AND [m].[UserEpoch] > @epoch

-- MailFlowRepository.ListOfUserAsync
--   @userId UNIQUEIDENTIFIER
SELECT [m].[Id], [m].[AddressHash], [m].[CodeExpiresAt], [m].[ConsumedAt], [m].[CreatedAt], [m].[ExpiresAt], [m].[Generation], [m].[Purpose], [m].[Salt], [m].[SealedAddress], [m].[UserEpoch], [m].[UserId], [m].[WasConfirmed], [m].[WrongCodes]
FROM [MailFlows] AS [m]
WHERE [m].[UserId] = @userId
ORDER BY [m].[CreatedAt], [m].[Id]

-- MailFlowRepository.TryReserveCodeAsync
--   @flow_Id UNIQUEIDENTIFIER, @flow_Generation INT
UPDATE [m]
SET [m].[WrongCodes] = [m].[WrongCodes] + 1
FROM [MailFlows] AS [m]
WHERE [m].[Id] = @flow_Id AND [m].[Generation] = @flow_Generation AND [m].[WrongCodes] < 5 AND [m].[ConsumedAt] IS NULL

-- MailFlowRepository.ReturnCodeAsync
--   @flow_Id UNIQUEIDENTIFIER, @flow_Generation INT
UPDATE [m]
SET [m].[WrongCodes] = [m].[WrongCodes] - 1
FROM [MailFlows] AS [m]
WHERE [m].[Id] = @flow_Id AND [m].[Generation] = @flow_Generation AND [m].[WrongCodes] > 0

-- MailFlowRepository.FindQuotaAsync
--   @key BINARY(32)
SELECT TOP(2) [m].[Key], [m].[LastAt], [m].[Times], [m].[Version]
FROM [MailQuotas] AS [m]
WHERE [m].[Key] = @key

-- MailFlowRepository.Add: a reset
--   @p0 UNIQUEIDENTIFIER, @p1 BINARY(32), @p2 DATETIMEOFFSET, @p3 DATETIMEOFFSET, @p4 DATETIMEOFFSET, @p5 DATETIMEOFFSET, @p6 INT, @p7 VARCHAR(20), @p8 BINARY(32), @p9 VARBINARY(1080), @p10 INT, @p11 UNIQUEIDENTIFIER, @p12 BIT, @p13 INT
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [MailFlows] ([Id], [AddressHash], [CodeExpiresAt], [ConsumedAt], [CreatedAt], [ExpiresAt], [Generation], [Purpose], [Salt], [SealedAddress], [UserEpoch], [UserId], [WasConfirmed], [WrongCodes])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13);

-- MailFlowRepository.Add: a registration
--   @p0 UNIQUEIDENTIFIER, @p1 BINARY(32), @p2 DATETIMEOFFSET, @p3 DATETIMEOFFSET, @p4 DATETIMEOFFSET, @p5 DATETIMEOFFSET, @p6 INT, @p7 VARCHAR(20), @p8 BINARY(32), @p9 VARBINARY(1080), @p10 INT, @p11 UNIQUEIDENTIFIER, @p12 BIT, @p13 INT, @p14 UNIQUEIDENTIFIER, @p15 NVARCHAR(200), @p16 VARCHAR(512)
SET NOCOUNT ON;
INSERT INTO [MailFlows] ([Id], [AddressHash], [CodeExpiresAt], [ConsumedAt], [CreatedAt], [ExpiresAt], [Generation], [Purpose], [Salt], [SealedAddress], [UserEpoch], [UserId], [WasConfirmed], [WrongCodes])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13);
INSERT INTO [PendingRegistrations] ([FlowId], [DisplayName], [PasswordHash])
VALUES (@p14, @p15, @p16);

-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @addressHashes1 BINARY(32), @addressHashes2 BINARY(32)
DELETE FROM [m]
FROM [MailFlows] AS [m]
WHERE [m].[AddressHash] IN (@addressHashes1, @addressHashes2) AND [m].[Purpose] = 'Registration'

-- UnitOfWork: a mail of a flow is prepared
--   @p1 UNIQUEIDENTIFIER, @p4 DATETIMEOFFSET, @p0 INT, @p2 INT, @p3 INT, @p8 BINARY(32), @p5 DATETIMEOFFSET, @p6 VARBINARY(160), @p7 INT, @p9 INT
SET NOCOUNT ON;
UPDATE [MailFlows] SET [Generation] = @p0
OUTPUT 1
WHERE [Id] = @p1 AND [ConsumedAt] IS NULL AND [Generation] = @p2 AND [WrongCodes] = @p3;
UPDATE [MailQuotas] SET [LastAt] = @p5, [Times] = @p6, [Version] = @p7
OUTPUT 1
WHERE [Key] = @p8 AND [Version] = @p9;

-- UnitOfWork: the first mail to an address is prepared
--   @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 VARBINARY(160), @p3 INT
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [MailQuotas] ([Key], [LastAt], [Times], [Version])
VALUES (@p0, @p1, @p2, @p3);

-- UnitOfWork: a change of address
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p22 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p25 DATETIMEOFFSET, @p23 INT, @p24 INT, @p26 DATETIMEOFFSET, @p27 VARCHAR(32), @p28 NVARCHAR(64), @p29 UNIQUEIDENTIFIER, @p30 INT, @p36 UNIQUEIDENTIFIER, @p31 BIT, @p32 INT, @p37 INT, @p33 INT, @p38 INT, @p34 NVARCHAR(254), @p35 NVARCHAR(254)
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE [MailFlows] SET [ConsumedAt] = @p21
OUTPUT 1
WHERE [Id] = @p22 AND [ConsumedAt] IS NULL AND [Generation] = @p23 AND [WrongCodes] = @p24;
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p26, @p27, @p28, @p29, @p30);
UPDATE [Users] SET [EmailConfirmed] = @p31, [FlowEpoch] = @p32, [TokenVersion] = @p33, [NormalizedEmail] = @p34, [Email] = @p35
OUTPUT 1
WHERE [Id] = @p36 AND [FlowEpoch] = @p37 AND [TokenVersion] = @p38;

-- RoleRepository.ListAsync
SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
FROM [Roles] AS [r]
ORDER BY [r].[NormalizedName]

-- RoleRepository.FindByNameAsync
--   @name_Normalized NVARCHAR(64)
SELECT TOP(2) [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
FROM [Roles] AS [r]
WHERE [r].[NormalizedName] = @name_Normalized

-- RoleRepository.ListByNamesAsync
--   @texts1 NVARCHAR(64), @texts2 NVARCHAR(64)
SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
FROM [Roles] AS [r]
WHERE [r].[NormalizedName] IN (@texts1, @texts2)

-- RoleRepository.CountHoldersAsync
--   @role_Id UNIQUEIDENTIFIER
SELECT COUNT(*)
FROM [UserRoles] AS [u]
WHERE [u].[RoleId] = @role_Id

-- RoleRepository.CountHoldersAsync: without others
--   @role_Id UNIQUEIDENTIFIER, @others1 UNIQUEIDENTIFIER, @others2 UNIQUEIDENTIFIER
SELECT COUNT(*)
FROM [UserRoles] AS [u]
WHERE [u].[RoleId] = @role_Id AND NOT EXISTS (
    SELECT 1
    FROM [UserRoles] AS [u0]
    WHERE [u0].[UserId] = [u].[UserId] AND [u0].[RoleId] IN (@others1, @others2))

-- RoleRepository.AnyHolderAsync
--   @role_Id UNIQUEIDENTIFIER
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [UserRoles] AS [u]
        WHERE [u].[RoleId] = @role_Id) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- RoleRepository.AnyHolderAsync
--   @role_Id UNIQUEIDENTIFIER
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [ServiceAccountRoles] AS [s]
        WHERE [s].[RoleId] = @role_Id) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- RoleRepository.LargestTokenSizeOfHoldersAsync
--   @role_Id UNIQUEIDENTIFIER
SELECT TOP(1) COALESCE(SUM([r].[TokenSize]), 0)
FROM [UserRoles] AS [u]
INNER JOIN [UserRoles] AS [u0] ON [u].[UserId] = [u0].[UserId]
INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
WHERE [u].[RoleId] = @role_Id
GROUP BY [u0].[UserId]
ORDER BY COALESCE(SUM([r].[TokenSize]), 0) DESC

-- RoleRepository.LargestTokenSizeOfHoldersAsync
--   @role_Id UNIQUEIDENTIFIER
SELECT TOP(1) COALESCE(SUM([r].[TokenSize]), 0)
FROM [ServiceAccountRoles] AS [s]
INNER JOIN [ServiceAccountRoles] AS [s0] ON [s].[AccountId] = [s0].[AccountId]
INNER JOIN [Roles] AS [r] ON [s0].[RoleId] = [r].[Id]
WHERE [s].[RoleId] = @role_Id
GROUP BY [s0].[AccountId]
ORDER BY COALESCE(SUM([r].[TokenSize]), 0) DESC

-- RoleRepository.Add
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 NVARCHAR(400), @p23 NVARCHAR(64), @p24 BIT, @p25 NVARCHAR(64), @p26 INT, @p27 INT, @p28 INT, @p29 VARCHAR(4000)
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Roles] ([Id], [Description], [FoldedName], [IsSystem], [Name], [PermissionsVersion], [TokenSize], [Version], [Permissions])
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29);

-- RoleRepository.Remove
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
DELETE FROM [Roles]
OUTPUT 1
WHERE [Id] = @p21 AND [Version] = @p22;

-- UnitOfWork: a role change
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p27 UNIQUEIDENTIFIER, @p26 INT, @p28 INT, @p33 UNIQUEIDENTIFIER, @p29 NVARCHAR(400), @p30 INT, @p31 INT, @p34 INT, @p32 VARCHAR(4000)
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
UPDATE [Roles] SET [Version] = @p26
OUTPUT 1
WHERE [Id] = @p27 AND [Version] = @p28;
UPDATE [Roles] SET [Description] = @p29, [TokenSize] = @p30, [Version] = @p31, [Permissions] = @p32
OUTPUT 1
WHERE [Id] = @p33 AND [Version] = @p34;

-- ServiceAccountRepository.ListAsync
SELECT [s].[Id], [s].[CreatedAt], [s].[Description], [s].[LastUsedAt], [s].[Name], [s].[NormalizedName], [s].[Status], [s].[TokenVersion], [s].[Version], [s1].[Id], [s1].[Description], [s1].[FoldedName], [s1].[IsSystem], [s1].[Name], [s1].[NormalizedName], [s1].[PermissionsVersion], [s1].[TokenSize], [s1].[Version], [s1].[Permissions], [s1].[AccountId], [s1].[RoleId]
FROM [ServiceAccounts] AS [s]
LEFT JOIN (
    SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions], [s0].[AccountId], [s0].[RoleId]
    FROM [ServiceAccountRoles] AS [s0]
    INNER JOIN [Roles] AS [r] ON [s0].[RoleId] = [r].[Id]
) AS [s1] ON [s].[Id] = [s1].[AccountId]
ORDER BY [s].[NormalizedName], [s].[Id], [s1].[AccountId], [s1].[RoleId]

-- ServiceAccountRepository.FindAsync
--   @id UNIQUEIDENTIFIER
SELECT [s2].[Id], [s2].[CreatedAt], [s2].[Description], [s2].[LastUsedAt], [s2].[Name], [s2].[NormalizedName], [s2].[Status], [s2].[TokenVersion], [s2].[Version], [s3].[AccountId], [s3].[RoleId], [s3].[Id], [s3].[Description], [s3].[FoldedName], [s3].[IsSystem], [s3].[Name], [s3].[NormalizedName], [s3].[PermissionsVersion], [s3].[TokenSize], [s3].[Version], [s3].[Permissions], [s1].[Id], [s1].[AccountId], [s1].[CreatedAt], [s1].[ExpiresAt], [s1].[Hash], [s1].[LastUsedAt]
FROM (
    SELECT TOP(2) [s].[Id], [s].[CreatedAt], [s].[Description], [s].[LastUsedAt], [s].[Name], [s].[NormalizedName], [s].[Status], [s].[TokenVersion], [s].[Version]
    FROM [ServiceAccounts] AS [s]
    WHERE [s].[Id] = @id
) AS [s2]
LEFT JOIN (
    SELECT [s0].[AccountId], [s0].[RoleId], [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
    FROM [ServiceAccountRoles] AS [s0]
    INNER JOIN [Roles] AS [r] ON [s0].[RoleId] = [r].[Id]
) AS [s3] ON [s2].[Id] = [s3].[AccountId]
LEFT JOIN [ServiceSecrets] AS [s1] ON [s2].[Id] = [s1].[AccountId]
ORDER BY [s2].[Id], [s3].[AccountId], [s3].[RoleId], [s3].[Id]

-- ServiceAccountRepository.IsNameTakenAsync: a new account
--   @normalizedName NVARCHAR(400)
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [ServiceAccounts] AS [s]
        WHERE [s].[NormalizedName] = @normalizedName) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- ServiceAccountRepository.IsNameTakenAsync: another name
--   @normalizedName NVARCHAR(400), @exceptId UNIQUEIDENTIFIER
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [ServiceAccounts] AS [s]
        WHERE [s].[NormalizedName] = @normalizedName AND [s].[Id] <> @exceptId) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- ServiceAccountRepository.FindTokenAsync
--   @id UNIQUEIDENTIFIER
SELECT TOP(2) [s].[Id], [s].[AccountId], [s].[ExpiresAt], [s].[SecretId]
FROM [ServiceTokens] AS [s]
WHERE [s].[Id] = @id

-- ServiceAccountRepository.Add: an account
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 UNIQUEIDENTIFIER, @p22 DATETIMEOFFSET, @p23 NVARCHAR(400), @p24 DATETIMEOFFSET, @p25 NVARCHAR(200), @p26 NVARCHAR(400), @p27 VARCHAR(16), @p28 INT, @p29 INT, @p30 UNIQUEIDENTIFIER, @p31 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [ServiceAccounts] ([Id], [CreatedAt], [Description], [LastUsedAt], [Name], [NormalizedName], [Status], [TokenVersion], [Version])
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29);
INSERT INTO [ServiceAccountRoles] ([AccountId], [RoleId])
VALUES (@p30, @p31);

-- ServiceAccountRepository.Add: the first token within a minute
--   @p1 UNIQUEIDENTIFIER, @p0 DATETIMEOFFSET, @p2 INT, @p4 UNIQUEIDENTIFIER, @p3 DATETIMEOFFSET, @p5 UNIQUEIDENTIFIER, @p6 UNIQUEIDENTIFIER, @p7 DATETIMEOFFSET, @p8 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [ServiceAccounts] SET [LastUsedAt] = @p0
OUTPUT 1
WHERE [Id] = @p1 AND [Version] = @p2;
UPDATE [ServiceSecrets] SET [LastUsedAt] = @p3
OUTPUT 1
WHERE [Id] = @p4;
INSERT INTO [ServiceTokens] ([Id], [AccountId], [ExpiresAt], [SecretId])
VALUES (@p5, @p6, @p7, @p8);

-- ServiceAccountRepository.Add: a token
--   @p0 UNIQUEIDENTIFIER, @p1 UNIQUEIDENTIFIER, @p2 DATETIMEOFFSET, @p3 UNIQUEIDENTIFIER
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [ServiceTokens] ([Id], [AccountId], [ExpiresAt], [SecretId])
VALUES (@p0, @p1, @p2, @p3);

-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.RemoveSecret
-- ServiceAccountRepository.Lock: new roles of a service account
--   @accountId UNIQUEIDENTIFIER
UPDATE [s]
SET [s].[TokenVersion] = [s].[TokenVersion]
FROM [ServiceAccounts] AS [s]
WHERE [s].[Id] = @accountId

-- ServiceAccountRepository.Remove: an account
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p26 UNIQUEIDENTIFIER, @p27 UNIQUEIDENTIFIER, @p28 UNIQUEIDENTIFIER, @p29 UNIQUEIDENTIFIER, @p30 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
DELETE FROM [ServiceAccountRoles]
OUTPUT 1
WHERE [AccountId] = @p26 AND [RoleId] = @p27;
DELETE FROM [ServiceSecrets]
OUTPUT 1
WHERE [Id] = @p28;
DELETE FROM [ServiceAccounts]
OUTPUT 1
WHERE [Id] = @p29 AND [Version] = @p30;

-- ServiceAccountRepository.Remove: a token
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p26 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
DELETE FROM [ServiceTokens]
OUTPUT 1
WHERE [Id] = @p26;

-- ServiceAccountRepository.RemoveSecret
--   @secret_Id UNIQUEIDENTIFIER
DELETE FROM [s]
FROM [ServiceSecrets] AS [s]
WHERE [s].[Id] = @secret_Id

-- ServiceAccountRepository.RemoveSecret
--   @secret_AccountId UNIQUEIDENTIFIER
SELECT [s].[Id]
FROM [ServiceTokens] AS [s]
WHERE [s].[AccountId] = @secret_AccountId AND [s].[SecretId] IS NULL

-- ServiceAccountRepository.RemoveSecret
--   @secret_AccountId UNIQUEIDENTIFIER
DELETE FROM [s]
FROM [ServiceTokens] AS [s]
WHERE [s].[AccountId] = @secret_AccountId AND [s].[SecretId] IS NULL

-- ServiceAccountRepository.RemoveSecret
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p27 UNIQUEIDENTIFIER, @p26 INT, @p28 INT
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
UPDATE [ServiceAccounts] SET [Version] = @p26
OUTPUT 1
WHERE [Id] = @p27 AND [Version] = @p28;

-- UnitOfWork: a new secret
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p22 UNIQUEIDENTIFIER, @p21 INT, @p23 INT, @p24 UNIQUEIDENTIFIER, @p25 UNIQUEIDENTIFIER, @p26 DATETIMEOFFSET, @p27 DATETIMEOFFSET, @p28 BINARY(32), @p29 DATETIMEOFFSET
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE [ServiceAccounts] SET [Version] = @p21
OUTPUT 1
WHERE [Id] = @p22 AND [Version] = @p23;
INSERT INTO [ServiceSecrets] ([Id], [AccountId], [CreatedAt], [ExpiresAt], [Hash], [LastUsedAt])
VALUES (@p24, @p25, @p26, @p27, @p28, @p29);

-- ServiceAccountRepository.Lock: new roles of a service account
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p21 DATETIMEOFFSET, @p22 VARCHAR(32), @p23 NVARCHAR(64), @p24 UNIQUEIDENTIFIER, @p25 INT, @p26 UNIQUEIDENTIFIER, @p27 UNIQUEIDENTIFIER, @p30 UNIQUEIDENTIFIER, @p28 INT, @p29 INT, @p31 INT, @p32 UNIQUEIDENTIFIER, @p33 UNIQUEIDENTIFIER
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO [Revocations] ([OccurredAt], [Reason], [Role], [SubjectId], [TokenVersion])
OUTPUT INSERTED.[Id]
VALUES (@p21, @p22, @p23, @p24, @p25);
DELETE FROM [ServiceAccountRoles]
OUTPUT 1
WHERE [AccountId] = @p26 AND [RoleId] = @p27;
UPDATE [ServiceAccounts] SET [TokenVersion] = @p28, [Version] = @p29
OUTPUT 1
WHERE [Id] = @p30 AND [Version] = @p31;
INSERT INTO [ServiceAccountRoles] ([AccountId], [RoleId])
VALUES (@p32, @p33);

-- SigningKeyRepository.ListAsync
-- SigningKeyPoller.ReloadAsync
--   @now DATETIMEOFFSET
SELECT [s].[Id], [s].[ActivatesAt], [s].[Algorithm], [s].[CreatedAt], [s].[EncryptedPrivateKey], [s].[Ordinal], [s].[PublicKey], [s].[RemovedAt], [s].[RetiresAt]
FROM [SigningKeys] AS [s]
WHERE [s].[RemovedAt] IS NULL OR ([s].[RemovedAt] > @now AND [s].[RemovedAt] > [s].[RetiresAt])
ORDER BY [s].[Ordinal]

-- SigningKeyRepository.ListRevokedAsync
-- SigningKeyPoller.ReloadAsync
--   @since DATETIMEOFFSET
SELECT [s].[Id], [s].[ActivatesAt], [s].[Algorithm], [s].[CreatedAt], [s].[EncryptedPrivateKey], [s].[Ordinal], [s].[PublicKey], [s].[RemovedAt], [s].[RetiresAt]
FROM [SigningKeys] AS [s]
WHERE [s].[RemovedAt] > @since AND [s].[RemovedAt] <= [s].[RetiresAt]
ORDER BY [s].[Ordinal]

-- SigningKeyRepository.Add: a rotation
--   @p4 UNIQUEIDENTIFIER, @p0 BINARY(32), @p1 DATETIMEOFFSET, @p2 BINARY(32), @p3 BIGINT, @p5 BIGINT, @p6 UNIQUEIDENTIFIER, @p7 UNIQUEIDENTIFIER, @p8 UNIQUEIDENTIFIER, @p9 NVARCHAR(1000), @p10 BINARY(32), @p11 VARCHAR(64), @p12 DATETIMEOFFSET, @p13 VARCHAR(16), @p14 BINARY(32), @p15 BINARY(16), @p16 BIGINT, @p17 UNIQUEIDENTIFIER, @p18 VARCHAR(40), @p19 NVARCHAR(256), @p20 UNIQUEIDENTIFIER, @p23 VARCHAR(64), @p21 DATETIMEOFFSET, @p22 DATETIMEOFFSET, @p24 VARCHAR(64), @p25 DATETIMEOFFSET, @p26 VARCHAR(16), @p27 DATETIMEOFFSET, @p28 VARBINARY(8000), @p29 INT, @p30 VARBINARY(8000), @p31 DATETIMEOFFSET, @p32 DATETIMEOFFSET
SET NOCOUNT ON;
UPDATE [AuditChains] SET [Hash] = @p0, [LeasedUntil] = @p1, [Seal] = @p2, [Sequence] = @p3
OUTPUT 1
WHERE [Id] = @p4 AND [Sequence] = @p5;
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE [SigningKeys] SET [RemovedAt] = @p21, [RetiresAt] = @p22
OUTPUT 1
WHERE [Id] = @p23;
INSERT INTO [SigningKeys] ([Id], [ActivatesAt], [Algorithm], [CreatedAt], [EncryptedPrivateKey], [Ordinal], [PublicKey], [RemovedAt], [RetiresAt])
VALUES (@p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32);

-- UnitOfWork: a signing key under another master key
--   @p1 VARCHAR(64), @p0 VARBINARY(8000)
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [SigningKeys] SET [EncryptedPrivateKey] = @p0
OUTPUT 1
WHERE [Id] = @p1;

-- MasterKeyUsage
--   @now DATETIMEOFFSET
SELECT [s].[EncryptedPrivateKey]
FROM [SigningKeys] AS [s]
WHERE [s].[RemovedAt] IS NULL OR ([s].[RemovedAt] > @now AND [s].[RemovedAt] > [s].[RetiresAt])

-- MasterKeyUsage
--   @Length INT
SELECT [u0].[Key] AS [Id], COUNT(*) AS [Count]
FROM (
    SELECT SUBSTRING([u].[PasswordHash], @Length + 1, 8) AS [Key]
    FROM [Users] AS [u]
    WHERE [u].[PasswordHash] LIKE '$bcrypt-hmac-sha384$k=%'
) AS [u0]
GROUP BY [u0].[Key]

-- MasterKeyUsage
SELECT [m].[SealedAddress]
FROM [Mails] AS [m]
WHERE [m].[NextAttemptAt] IS NOT NULL

-- MasterKeyUsage
--   @now DATETIMEOFFSET
SELECT [m].[SealedAddress]
FROM [MailFlows] AS [m]
WHERE [m].[ExpiresAt] > @now AND [m].[ConsumedAt] IS NULL

-- MasterKeyUsage
SELECT [f].[SealedSecret]
FROM [Factors] AS [f]
WHERE [f].[SealedSecret] IS NOT NULL

-- MasterKeyUsage
SELECT [r].[Hash]
FROM [RecoveryCodes] AS [r]

-- RevocationPoller.LoadAsync
--   @oldest DATETIMEOFFSET
SELECT [r].[Id], [r].[OccurredAt], [r].[Reason], [r].[Role], [r].[SubjectId], [r].[TokenVersion]
FROM [Revocations] AS [r]
WHERE [r].[OccurredAt] > @oldest

-- RevocationPoller.LoadAsync
--   @stable DATETIMEOFFSET
SELECT MAX([r].[Id])
FROM [Revocations] AS [r]
WHERE [r].[OccurredAt] < @stable

-- RevocationPoller.RunAsync
--   @_stableId BIGINT
SELECT [r].[Id], [r].[OccurredAt], [r].[Reason], [r].[Role], [r].[SubjectId], [r].[TokenVersion]
FROM [Revocations] AS [r]
WHERE [r].[Id] > @_stableId
ORDER BY [r].[Id]

-- AuditLog.Add: the first record of a new chain
--   @p0 UNIQUEIDENTIFIER, @p1 BINARY(32), @p2 DATETIMEOFFSET, @p3 BINARY(32), @p4 BINARY(32), @p5 BIGINT, @p6 BINARY(32), @p7 BIGINT, @p8 UNIQUEIDENTIFIER, @p9 UNIQUEIDENTIFIER, @p10 UNIQUEIDENTIFIER, @p11 NVARCHAR(1000), @p12 BINARY(32), @p13 VARCHAR(64), @p14 DATETIMEOFFSET, @p15 VARCHAR(16), @p16 BINARY(32), @p17 BINARY(16), @p18 BIGINT, @p19 UNIQUEIDENTIFIER, @p20 VARCHAR(40), @p21 NVARCHAR(256), @p22 UNIQUEIDENTIFIER
SET NOCOUNT ON;
INSERT INTO [AuditChains] ([Id], [Hash], [LeasedUntil], [RemovedHash], [RemovedSeal], [RemovedSequence], [Seal], [Sequence])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7);
INSERT INTO [AuditRecords] ([Id], [ActorId], [ChainId], [Detail], [Hash], [IpAddress], [OccurredAt], [Outcome], [PersonalDataHash], [PersonalDataSalt], [Sequence], [SessionId], [Type], [UserAgent], [UserId])
VALUES (@p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22);

-- AuditChains.IsStoredAsync
--   @chain_Id UNIQUEIDENTIFIER, @chain_Sequence BIGINT, @chain_Hash BINARY(32)
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [AuditRecords] AS [a]
        WHERE [a].[ChainId] = @chain_Id AND [a].[Sequence] = @chain_Sequence AND [a].[Hash] = @chain_Hash) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- AuditQueries.ListAsync: all
--   @p INT
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
ORDER BY [a].[OccurredAt] DESC, [a].[Id] DESC

-- AuditQueries.ListAsync: next page
--   @p INT, @place_At DATETIMEOFFSET, @place_Id UNIQUEIDENTIFIER
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[OccurredAt] <= @place_At AND ([a].[OccurredAt] < @place_At OR [a].[Id] < @place_Id)
ORDER BY [a].[OccurredAt] DESC, [a].[Id] DESC

-- AuditQueries.ListAsync: by user
--   @p INT, @userId UNIQUEIDENTIFIER
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[UserId] = @userId
ORDER BY [a].[OccurredAt] DESC, [a].[Id] DESC

-- AuditQueries.ListAsync: by type
--   @p INT, @type VARCHAR(40)
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[Type] = @type
ORDER BY [a].[OccurredAt] DESC, [a].[Id] DESC

-- AuditQueries.ListAsync: by time
--   @p INT, @from DATETIMEOFFSET, @to DATETIMEOFFSET
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[OccurredAt] >= @from AND [a].[OccurredAt] < @to
ORDER BY [a].[OccurredAt] DESC, [a].[Id] DESC

-- AuditQueries.ListAsync: next page by everything
--   @p INT, @place_At DATETIMEOFFSET, @place_Id UNIQUEIDENTIFIER, @userId UNIQUEIDENTIFIER, @type VARCHAR(40), @from DATETIMEOFFSET, @to DATETIMEOFFSET
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[OccurredAt] <= @place_At AND ([a].[OccurredAt] < @place_At OR [a].[Id] < @place_Id) AND [a].[UserId] = @userId AND [a].[Type] = @type AND [a].[OccurredAt] >= @from AND [a].[OccurredAt] < @to
ORDER BY [a].[OccurredAt] DESC, [a].[Id] DESC

-- AuditQueries.ListAllOfAsync
--   @userId UNIQUEIDENTIFIER
SELECT [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[UserId] = @userId OR [a].[ActorId] = @userId
ORDER BY [a].[OccurredAt], [a].[Id]

-- AuditRetention
-- ExpiredDataCleanup
SELECT [a].[Id]
FROM [AuditChains] AS [a]

-- AuditRetention
--   @chainId UNIQUEIDENTIFIER
SELECT TOP(2) [a].[Id], [a].[Hash], [a].[LeasedUntil], [a].[RemovedHash], [a].[RemovedSeal], [a].[RemovedSequence], [a].[Seal], [a].[Sequence]
FROM [AuditChains] AS [a]
WHERE [a].[Id] = @chainId

-- AuditRetention
--   @p INT, @chainId UNIQUEIDENTIFIER, @chain_RemovedSequence BIGINT
SELECT TOP(@p) [a].[Sequence], [a].[OccurredAt], [a].[Hash]
FROM [AuditRecords] AS [a]
WHERE [a].[ChainId] = @chainId AND [a].[Sequence] > @chain_RemovedSequence
ORDER BY [a].[Sequence]

-- AuditRetention
--   @p BIGINT, @p3 BINARY(32), @p4 BINARY(32), @chainId UNIQUEIDENTIFIER, @start BIGINT
UPDATE [a]
SET [a].[RemovedSequence] = @p,
    [a].[RemovedHash] = @p3,
    [a].[RemovedSeal] = @p4
FROM [AuditChains] AS [a]
WHERE [a].[Id] = @chainId AND [a].[RemovedSequence] = @start

-- AuditRetention
--   @chainId UNIQUEIDENTIFIER, @sequence BIGINT
DELETE FROM [a]
FROM [AuditRecords] AS [a]
WHERE [a].[ChainId] = @chainId AND [a].[Sequence] <= @sequence

-- AuditRetention
-- ExpiredDataCleanup
--   @since DATETIMEOFFSET
SELECT DISTINCT [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[Type] = 'user.deleted' AND [a].[OccurredAt] > @since

-- AuditVerifier
SELECT [a].[Id], [a].[Hash], [a].[LeasedUntil], [a].[RemovedHash], [a].[RemovedSeal], [a].[RemovedSequence], [a].[Seal], [a].[Sequence]
FROM [AuditChains] AS [a]
ORDER BY [a].[Id]

-- AuditVerifier
--   @p INT, @chain_Id UNIQUEIDENTIFIER, @after BIGINT, @chain_Sequence BIGINT
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[ChainId], [a].[Detail], [a].[Hash], [a].[IpAddress], [a].[OccurredAt], [a].[Outcome], [a].[PersonalDataHash], [a].[PersonalDataSalt], [a].[Sequence], [a].[SessionId], [a].[Type], [a].[UserAgent], [a].[UserId]
FROM [AuditRecords] AS [a]
WHERE [a].[ChainId] = @chain_Id AND [a].[Sequence] > @after AND [a].[Sequence] <= @chain_Sequence
ORDER BY [a].[Sequence]

-- AuditVerifier
--   @chain_Id UNIQUEIDENTIFIER
SELECT TOP(1) [a].[Id], [a].[Hash], [a].[LeasedUntil], [a].[RemovedHash], [a].[RemovedSeal], [a].[RemovedSequence], [a].[Seal], [a].[Sequence]
FROM [AuditChains] AS [a]
WHERE [a].[Id] = @chain_Id

-- AuditVerifier
--   @p INT
SELECT TOP(@p) [a].[Id], [a].[ChainId]
FROM [AuditRecords] AS [a]
WHERE NOT EXISTS (
    SELECT 1
    FROM [AuditChains] AS [a0]
    WHERE [a0].[Id] = [a].[ChainId] AND [a0].[RemovedSequence] < [a].[Sequence] AND [a].[Sequence] <= [a0].[Sequence])
ORDER BY [a].[Id]

-- StateMetrics
--   @now DATETIMEOFFSET
SELECT COUNT(*)
FROM [Sessions] AS [s]
WHERE [s].[EndedAt] IS NULL AND [s].[ExpiresAt] > @now

-- MailOutbox
--   @p0 UNIQUEIDENTIFIER, @p1 BINARY(32), @p2 INT, @p3 DATETIMEOFFSET, @p4 VARCHAR(16), @p5 DATETIMEOFFSET, @p6 VARCHAR(16), @p7 UNIQUEIDENTIFIER, @p8 INT, @p9 BIT, @p10 DATETIMEOFFSET, @p11 DATETIMEOFFSET, @p12 VARBINARY(1100), @p13 VARBINARY(8000), @p14 DATETIMEOFFSET, @p15 VARCHAR(32), @p16 UNIQUEIDENTIFIER
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [Mails] ([Id], [AddressHash], [Attempts], [CreatedAt], [Culture], [FailedAt], [Failure], [FlowId], [Generation], [IsLimited], [NextAttemptAt], [PreparedAt], [SealedAddress], [SealedFacts], [SentAt], [Template], [UserId])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16);

-- MailSender
-- MailQueue.TryLeaseAsync
--   @p DATETIMEOFFSET, @due_Id UNIQUEIDENTIFIER, @due_Attempts INT, @now DATETIMEOFFSET
UPDATE [m]
SET [m].[Attempts] = [m].[Attempts] + 1,
    [m].[NextAttemptAt] = @p
FROM [Mails] AS [m]
WHERE [m].[Id] = @due_Id AND [m].[Attempts] = @due_Attempts AND [m].[NextAttemptAt] <= @now

-- MailSender
-- OutgoingMailRepository.FindAsync
--   @id UNIQUEIDENTIFIER
SELECT TOP(2) [m].[Id], [m].[AddressHash], [m].[Attempts], [m].[CreatedAt], [m].[Culture], [m].[FailedAt], [m].[Failure], [m].[FlowId], [m].[Generation], [m].[IsLimited], [m].[NextAttemptAt], [m].[PreparedAt], [m].[SealedAddress], [m].[SealedFacts], [m].[SentAt], [m].[Template], [m].[UserId]
FROM [Mails] AS [m]
WHERE [m].[Id] = @id

-- MailQueue.ListDueAsync
--   @p INT, @now DATETIMEOFFSET
SELECT TOP(@p) [m].[Id], [m].[Template], [m].[Attempts], [m].[CreatedAt]
FROM [Mails] AS [m]
WHERE [m].[NextAttemptAt] <= @now
ORDER BY [m].[NextAttemptAt]

-- MailQueue.MarkSentAsync
--   @p3 DATETIMEOFFSET, @leased_Id UNIQUEIDENTIFIER, @leased_Attempts INT
UPDATE [m]
SET [m].[NextAttemptAt] = NULL,
    [m].[SentAt] = @p3
FROM [Mails] AS [m]
WHERE [m].[Id] = @leased_Id AND [m].[Attempts] = @leased_Attempts AND [m].[NextAttemptAt] IS NOT NULL

-- MailQueue.PostponeAsync
--   @p DATETIMEOFFSET, @leased_Id UNIQUEIDENTIFIER, @leased_Attempts INT
UPDATE [m]
SET [m].[NextAttemptAt] = @p
FROM [Mails] AS [m]
WHERE [m].[Id] = @leased_Id AND [m].[Attempts] = @leased_Attempts AND [m].[NextAttemptAt] IS NOT NULL

-- MailQueue.GiveUpAsync
--   @p3 DATETIMEOFFSET, @p4 VARCHAR(16), @leased_Id UNIQUEIDENTIFIER, @leased_Attempts INT
UPDATE [m]
SET [m].[NextAttemptAt] = NULL,
    [m].[FailedAt] = @p3,
    [m].[Failure] = @p4
FROM [Mails] AS [m]
WHERE [m].[Id] = @leased_Id AND [m].[Attempts] = @leased_Attempts AND [m].[NextAttemptAt] IS NOT NULL

-- MailMonitor
SELECT COUNT(*)
FROM [Mails] AS [m]
WHERE [m].[NextAttemptAt] IS NOT NULL

-- MailMonitor
SELECT MIN([m].[CreatedAt])
FROM [Mails] AS [m]
WHERE [m].[NextAttemptAt] IS NOT NULL

-- MailMonitor
--   @since DATETIMEOFFSET
SELECT COUNT(*)
FROM [Mails] AS [m]
WHERE [m].[FailedAt] > @since AND [m].[Failure] = 'Expired'

-- OutgoingMailRepository.ListOfUserAsync
--   @userId UNIQUEIDENTIFIER
SELECT [m].[Id], [m].[AddressHash], [m].[Attempts], [m].[CreatedAt], [m].[Culture], [m].[FailedAt], [m].[Failure], [m].[FlowId], [m].[Generation], [m].[IsLimited], [m].[NextAttemptAt], [m].[PreparedAt], [m].[SealedAddress], [m].[SealedFacts], [m].[SentAt], [m].[Template], [m].[UserId]
FROM [Mails] AS [m]
WHERE [m].[UserId] = @userId
ORDER BY [m].[Id]

-- ExpiredDataCleanup
--   @p INT, @cutoff DATETIMEOFFSET
DELETE FROM [s]
FROM [Sessions] AS [s]
WHERE [s].[Id] IN (
    SELECT TOP(@p) [s0].[Id]
    FROM [Sessions] AS [s0]
    WHERE [s0].[AbsoluteExpiresAt] < @cutoff
    ORDER BY [s0].[AbsoluteExpiresAt]
)

-- ExpiredDataCleanup
--   @p INT, @cutoff DATETIMEOFFSET
DELETE FROM [r]
FROM [Revocations] AS [r]
WHERE [r].[Id] IN (
    SELECT TOP(@p) [r0].[Id]
    FROM [Revocations] AS [r0]
    WHERE [r0].[OccurredAt] < @cutoff
    ORDER BY [r0].[OccurredAt]
)

-- ExpiredDataCleanup
--   @p INT, @cutoff DATETIMEOFFSET
DELETE FROM [s]
FROM [SigningKeys] AS [s]
WHERE [s].[Id] IN (
    SELECT TOP(@p) [s0].[Id]
    FROM [SigningKeys] AS [s0]
    WHERE [s0].[RemovedAt] < @cutoff
    ORDER BY [s0].[Ordinal]
)

-- ExpiredDataCleanup
--   @p INT, @failureCutoff DATETIMEOFFSET
DELETE FROM [f]
FROM [FailureCounts] AS [f]
WHERE [f].[Key] IN (
    SELECT TOP(@p) [f0].[Key]
    FROM [FailureCounts] AS [f0]
    WHERE [f0].[UserId] IS NULL AND [f0].[LastFailureAt] < @failureCutoff
    ORDER BY [f0].[LastFailureAt]
)

-- ExpiredDataCleanup
--   @p INT, @mailCutoff DATETIMEOFFSET
DELETE FROM [m]
FROM [Mails] AS [m]
WHERE [m].[Id] IN (
    SELECT TOP(@p) [m0].[Id]
    FROM [Mails] AS [m0]
    WHERE [m0].[CreatedAt] < @mailCutoff
    ORDER BY [m0].[CreatedAt]
)

-- ExpiredDataCleanup
--   @p INT, @flowCutoff DATETIMEOFFSET
DELETE FROM [m]
FROM [MailFlows] AS [m]
WHERE [m].[Id] IN (
    SELECT TOP(@p) [m0].[Id]
    FROM [MailFlows] AS [m0]
    WHERE [m0].[ExpiresAt] < @flowCutoff
    ORDER BY [m0].[ExpiresAt]
)

-- ExpiredDataCleanup
--   @p INT, @flowCutoff DATETIMEOFFSET
DELETE FROM [m]
FROM [MailQuotas] AS [m]
WHERE [m].[Key] IN (
    SELECT TOP(@p) [m0].[Key]
    FROM [MailQuotas] AS [m0]
    WHERE [m0].[LastAt] < @flowCutoff
    ORDER BY [m0].[LastAt]
)

-- ExpiredDataCleanup
--   @p INT, @enrolmentCutoff DATETIMEOFFSET
DELETE FROM [f]
FROM [Factors] AS [f]
WHERE [f].[Id] IN (
    SELECT TOP(@p) [f0].[Id]
    FROM [Factors] AS [f0]
    WHERE [f0].[PendingUserId] IS NOT NULL AND [f0].[CreatedAt] < @enrolmentCutoff
    ORDER BY [f0].[PendingUserId]
)

-- ExpiredDataCleanup
--   @p INT, @challengeCutoff DATETIMEOFFSET
DELETE FROM [s]
FROM [SpentChallenges] AS [s]
WHERE [s].[Id] IN (
    SELECT TOP(@p) [s0].[Id]
    FROM [SpentChallenges] AS [s0]
    WHERE [s0].[ExpiresAt] < @challengeCutoff
    ORDER BY [s0].[ExpiresAt]
)

-- ExpiredDataCleanup
--   @p INT, @tokenCutoff DATETIMEOFFSET
DELETE FROM [s]
FROM [ServiceTokens] AS [s]
WHERE [s].[Id] IN (
    SELECT TOP(@p) [s0].[Id]
    FROM [ServiceTokens] AS [s0]
    WHERE [s0].[ExpiresAt] < @tokenCutoff
    ORDER BY [s0].[ExpiresAt]
)

-- ExpiredDataCleanup
--   @p INT, @secretCutoff DATETIMEOFFSET
DELETE FROM [s]
FROM [ServiceSecrets] AS [s]
WHERE [s].[Id] IN (
    SELECT TOP(@p) [s0].[Id]
    FROM [ServiceSecrets] AS [s0]
    WHERE [s0].[ExpiresAt] < @secretCutoff
    ORDER BY [s0].[ExpiresAt]
)

-- AddressUpdate
-- AddressDiagnostics
-- DatabaseInitializer, without pending migrations
SELECT [u].[NormalizedEmail]
FROM [Users] AS [u]
WHERE [u].[NormalizedEmail] LIKE N'%[^ -~]%' OR [u].[NormalizedEmail] LIKE N'%xn--%'

-- AddressUpdate
--   @texts1 NVARCHAR(254)
SELECT [u].[Id], [u].[CreatedAt], [u].[Email] AS [Value], [u].[NormalizedEmail] AS [Normalized]
FROM [Users] AS [u]
WHERE [u].[NormalizedEmail] = @texts1

-- AddressUpdate
--   @texts1 NVARCHAR(254)
SELECT [u].[Id], [u].[NormalizedEmail] AS [Normalized]
FROM [Users] AS [u]
WHERE [u].[NormalizedEmail] = @texts1

-- AddressUpdate
--   @p NVARCHAR(254), @address_UserId UNIQUEIDENTIFIER, @address_Stored NVARCHAR(254)
UPDATE [u]
SET [u].[NormalizedEmail] = @p
FROM [Users] AS [u]
WHERE [u].[Id] = @address_UserId AND [u].[NormalizedEmail] = @address_Stored

-- DatabaseHealthCheck
--   @p0 VARBINARY(8000)
INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
VALUES (@p0, NULL, 0, 0, '2000-01-01')

-- DatabaseHealthCheck
ROLLBACK

-- DatabaseInitializer, without pending migrations
SELECT "MigrationId" FROM "__EFMigrationsHistory"

-- DatabaseInitializer, without pending migrations
SELECT TOP(2) [s].[Value]
FROM (
    SELECT is_read_committed_snapshot_on AS [Value] FROM sys.databases WHERE database_id = DB_ID()
) AS [s]

-- DatabaseInitializer, without pending migrations
--   @texts1 NVARCHAR(64), @texts2 NVARCHAR(64), @texts3 NVARCHAR(64)
SELECT [r].[Id], [r].[Description], [r].[FoldedName], [r].[IsSystem], [r].[Name], [r].[NormalizedName], [r].[PermissionsVersion], [r].[TokenSize], [r].[Version], [r].[Permissions]
FROM [Roles] AS [r]
WHERE [r].[NormalizedName] IN (@texts1, @texts2, @texts3)

-- DatabaseInitializer, without pending migrations
--   @p0 UNIQUEIDENTIFIER, @p1 NVARCHAR(400), @p2 NVARCHAR(64), @p3 BIT, @p4 NVARCHAR(64), @p5 INT, @p6 INT, @p7 INT, @p8 VARCHAR(4000), @p9 UNIQUEIDENTIFIER, @p10 NVARCHAR(400), @p11 NVARCHAR(64), @p12 BIT, @p13 NVARCHAR(64), @p14 INT, @p15 INT, @p16 INT, @p17 VARCHAR(4000), @p18 UNIQUEIDENTIFIER, @p19 NVARCHAR(400), @p20 NVARCHAR(64), @p21 BIT, @p22 NVARCHAR(64), @p23 INT, @p24 INT, @p25 INT, @p26 VARCHAR(4000)
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [Roles] ([Id], [Description], [FoldedName], [IsSystem], [Name], [PermissionsVersion], [TokenSize], [Version], [Permissions])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8),
(@p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17),
(@p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26);

