-- UserRepository.FindAsync
-- UserRepository.FindActorAsync: a service account
-- UserQueries.FindAsync
--   @id TEXT
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."Id" = @id
ORDER BY "u"."Id"
LIMIT 2

-- UserRepository.FindAsync
--   @id TEXT
SELECT "s"."UserId", "s"."RoleId", "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id"
    FROM "Users" AS "u"
    WHERE "u"."Id" = @id
    ORDER BY "u"."Id"
    LIMIT 1
) AS "u1"
INNER JOIN (
    SELECT "u0"."UserId", "u0"."RoleId", "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."Id"

-- UserRepository.FindActorAsync: a service account
--   @id TEXT
SELECT "s"."Id", "s"."CreatedAt", "s"."Description", "s"."LastUsedAt", "s"."Name", "s"."NormalizedName", "s"."Status", "s"."TokenVersion", "s"."Version"
FROM "ServiceAccounts" AS "s"
WHERE "s"."Id" = @id AND "s"."Status" = 'Active'
ORDER BY "s"."Id"
LIMIT 2

-- UserQueries.FindAsync
--   @id TEXT
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id"
    FROM "Users" AS "u"
    WHERE "u"."Id" = @id
    ORDER BY "u"."Id"
    LIMIT 1
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."Id"

-- UserQueries.CountAdministratorsWithoutFactorAsync
SELECT COUNT(*)
FROM "UserRoles" AS "u"
INNER JOIN "Users" AS "u0" ON "u"."UserId" = "u0"."Id"
WHERE "u"."RoleId" = COALESCE((
    SELECT "r"."Id"
    FROM "Roles" AS "r"
    WHERE "r"."Name" = 'admin'
    LIMIT 1), '00000000-0000-0000-0000-000000000000') AND "u0"."Status" = 'Active' AND NOT ("u0"."IsInvited") AND NOT ("u0"."HasSecondFactor")

-- UserRepository.FindByEmailAsync
--   @email TEXT
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."NormalizedEmail" = @email
ORDER BY "u"."Id"
LIMIT 2

-- UserRepository.FindByEmailAsync
--   @email TEXT
SELECT "s"."UserId", "s"."RoleId", "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id"
    FROM "Users" AS "u"
    WHERE "u"."NormalizedEmail" = @email
    ORDER BY "u"."Id"
    LIMIT 1
) AS "u1"
INNER JOIN (
    SELECT "u0"."UserId", "u0"."RoleId", "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."Id"

-- UserRepository.ListTakenAsync: addresses
--   @texts1 TEXT, @texts2 TEXT
SELECT "u"."NormalizedEmail" AS "Normalized", "u"."Id"
FROM "Users" AS "u"
WHERE "u"."NormalizedEmail" IN (@texts1, @texts2)

-- UserRepository.ListTakenAsync: ids
--   @ids1 TEXT, @ids2 TEXT
SELECT "u"."Id"
FROM "Users" AS "u"
WHERE "u"."Id" IN (@ids1, @ids2)

-- UserRepository.AnyOtherActiveAdministratorAsync
--   @userId TEXT
SELECT EXISTS (
    SELECT 1
    FROM "UserRoles" AS "u"
    INNER JOIN "Users" AS "u0" ON "u"."UserId" = "u0"."Id"
    WHERE "u"."RoleId" = COALESCE((
        SELECT "r"."Id"
        FROM "Roles" AS "r"
        WHERE "r"."Name" = 'admin'
        LIMIT 1), '00000000-0000-0000-0000-000000000000') AND "u0"."Id" <> @userId AND "u0"."Status" = 'Active' AND NOT ("u0"."IsInvited"))

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
--   @now INTEGER
SELECT "a"."Id", "a"."Sequence", "a"."Hash", "a"."LeasedUntil"
FROM "AuditChains" AS "a"
WHERE "a"."LeasedUntil" < @now
ORDER BY "a"."LeasedUntil"
LIMIT 1

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
-- DatabaseInitializer, without pending migrations
BEGIN TRANSACTION

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
--   @p4 TEXT, @p0 BLOB, @p1 INTEGER, @p2 BLOB, @p3 INTEGER, @p5 INTEGER
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5
RETURNING 1;

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
--   @p0 TEXT, @p1 TEXT, @p2 TEXT, @p3 TEXT, @p4 BLOB, @p5 TEXT, @p6 INTEGER, @p7 TEXT, @p8 BLOB, @p9 BLOB, @p10 INTEGER, @p11 TEXT, @p12 TEXT, @p13 TEXT, @p14 TEXT
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14);

-- UserRepository.Add: a registration
-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @p0 TEXT, @p1 INTEGER, @p2 INTEGER, @p3 TEXT, @p4 INTEGER, @p5 INTEGER, @p6 INTEGER, @p7 INTEGER, @p8 TEXT, @p9 TEXT, @p10 INTEGER, @p11 TEXT, @p12 TEXT, @p13 INTEGER, @p14 TEXT, @p15 TEXT
INSERT INTO "Users" ("Id", "CreatedAt", "DeviceEpoch", "DisplayName", "EmailConfirmed", "FlowEpoch", "HasSecondFactor", "IsInvited", "LastSignInAt", "PasswordHash", "SessionVersion", "SessionVersionReason", "Status", "TokenVersion", "NormalizedEmail", "Email")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15);

-- UserRepository.Add: a registration
-- UnitOfWork: new roles of a user
-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @p0 TEXT, @p1 TEXT
INSERT INTO "UserRoles" ("RoleId", "UserId")
VALUES (@p0, @p1);

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
-- DatabaseInitializer, without pending migrations
COMMIT

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- AuditRetention
--   @userId TEXT
UPDATE "AuditRecords" AS "a"
SET "IpAddress" = NULL,
    "UserAgent" = NULL,
    "PersonalDataSalt" = NULL
WHERE "a"."ActorId" = @userId AND "a"."PersonalDataSalt" IS NOT NULL

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- AuditRetention
--   @userId TEXT
UPDATE "AuditRecords" AS "a"
SET "IpAddress" = NULL,
    "UserAgent" = NULL,
    "PersonalDataSalt" = NULL
WHERE "a"."UserId" = @userId AND "a"."ActorId" IS NULL AND "a"."PersonalDataSalt" IS NOT NULL

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- UnitOfWork: a password change that keeps one session
-- UnitOfWork: new roles of a user
-- UnitOfWork: disabling a user
-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
-- FactorRepository.Remove: the last factor, with a recovery code
-- UnitOfWork: a change of address
-- UnitOfWork: a role change
-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.Lock: new roles of a service account
--   @p0 INTEGER, @p1 TEXT, @p2 TEXT, @p3 TEXT, @p4 INTEGER
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p0, @p1, @p2, @p3, @p4)
RETURNING "Id";

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- UnitOfWork: new roles of a user
--   @p0 TEXT, @p1 TEXT
DELETE FROM "UserRoles"
WHERE "RoleId" = @p0 AND "UserId" = @p1
RETURNING 1;

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
--   @p0 TEXT, @p1 INTEGER, @p2 INTEGER
DELETE FROM "Users"
WHERE "Id" = @p0 AND "FlowEpoch" = @p1 AND "TokenVersion" = @p2
RETURNING 1;

-- UserRepository.EndAllSessions: all users
-- UserRepository.EndAllSessions: except administrators
UPDATE "Roles" AS "r"
SET "Version" = "r"."Version"
WHERE "r"."Name" = 'admin'

-- UserRepository.EndAllSessions: all users
--   @p TEXT
UPDATE "Users" AS "u"
SET "SessionVersion" = "u"."SessionVersion" + 1,
    "SessionVersionReason" = @p,
    "TokenVersion" = "u"."TokenVersion" + 1

-- UserRepository.EndAllSessions: all users
--   Reason TEXT, OccurredAt INTEGER, Latest INTEGER
INSERT INTO "Revocations" ("SubjectId", "TokenVersion", "Reason", "OccurredAt")
SELECT "Users"."Id", "Users"."TokenVersion", @Reason, @OccurredAt
FROM "Users"
WHERE EXISTS (
    SELECT 1 FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."RotatedAt" > @Latest)

-- UserRepository.EndAllSessions: all users
UPDATE "ServiceAccounts" AS "s"
SET "TokenVersion" = "s"."TokenVersion" + 1

-- UserRepository.EndAllSessions: all users
SELECT "s"."Id", "s"."TokenVersion"
FROM "ServiceAccounts" AS "s"

-- UserRepository.EndAllSessions: all users
-- UnitOfWork: a password change that keeps one session
-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
-- ServiceAccountRepository.Remove: a token
-- ServiceAccountRepository.RemoveSecret
--   @p0 INTEGER, @p1 TEXT, @p2 TEXT, @p3 TEXT, @p4 TEXT
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p0, @p1, @p2, @p3, @p4)
RETURNING "Id";

-- UserRepository.EndAllSessions: except administrators
--   @p TEXT
UPDATE "Users" AS "u"
SET "SessionVersion" = "u"."SessionVersion" + 1,
    "SessionVersionReason" = @p,
    "TokenVersion" = "u"."TokenVersion" + 1
WHERE NOT EXISTS (
    SELECT 1
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
    WHERE "u"."Id" = "u0"."UserId" AND "r"."Name" = 'admin')

-- UserRepository.EndAllSessions: except administrators
--   Reason TEXT, OccurredAt INTEGER, Latest INTEGER
INSERT INTO "Revocations" ("SubjectId", "TokenVersion", "Reason", "OccurredAt")
SELECT "Users"."Id", "Users"."TokenVersion", @Reason, @OccurredAt
FROM "Users"
WHERE EXISTS (
    SELECT 1 FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."RotatedAt" > @Latest)
AND NOT EXISTS (
    SELECT 1 FROM "UserRoles" INNER JOIN "Roles" ON "Roles"."Id" = "UserRoles"."RoleId"
    WHERE "UserRoles"."UserId" = "Users"."Id" AND "Roles"."Name" = 'admin')

-- UnitOfWork: a user renames themselves
--   @p1 TEXT, @p0 TEXT, @p2 INTEGER, @p3 INTEGER
UPDATE "Users" SET "DisplayName" = @p0
WHERE "Id" = @p1 AND "FlowEpoch" = @p2 AND "TokenVersion" = @p3
RETURNING 1;

-- UnitOfWork: a password change that keeps one session
-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
--   @p2 TEXT, @p0 TEXT, @p1 INTEGER, @p4 TEXT, @p3 INTEGER
UPDATE "Sessions" SET "EndReason" = @p0, "EndedAt" = @p1
WHERE "Id" = @p2 AND "EndedAt" IS NULL AND "Generation" = @p3
RETURNING 1;

-- UnitOfWork: a password change that keeps one session
--   @p1 TEXT, @p3 TEXT, @p2 INTEGER, @p0 INTEGER
UPDATE "Sessions" SET "SessionVersion" = @p0
WHERE "Id" = @p1 AND "EndedAt" IS NULL AND "Generation" = @p2
RETURNING 1;

-- UnitOfWork: a password change that keeps one session
--   @p6 TEXT, @p0 INTEGER, @p1 INTEGER, @p7 INTEGER, @p2 TEXT, @p3 INTEGER, @p4 TEXT, @p5 INTEGER, @p8 INTEGER
UPDATE "Users" SET "DeviceEpoch" = @p0, "FlowEpoch" = @p1, "PasswordHash" = @p2, "SessionVersion" = @p3, "SessionVersionReason" = @p4, "TokenVersion" = @p5
WHERE "Id" = @p6 AND "FlowEpoch" = @p7 AND "TokenVersion" = @p8
RETURNING 1;

-- UnitOfWork: new roles of a user
--   @p1 TEXT, @p2 INTEGER, @p0 INTEGER, @p3 INTEGER
UPDATE "Users" SET "TokenVersion" = @p0
WHERE "Id" = @p1 AND "FlowEpoch" = @p2 AND "TokenVersion" = @p3
RETURNING 1;

-- UnitOfWork: disabling a user
--   @p4 TEXT, @p5 INTEGER, @p0 INTEGER, @p1 TEXT, @p2 TEXT, @p3 INTEGER, @p6 INTEGER
UPDATE "Users" SET "SessionVersion" = @p0, "SessionVersionReason" = @p1, "Status" = @p2, "TokenVersion" = @p3
WHERE "Id" = @p4 AND "FlowEpoch" = @p5 AND "TokenVersion" = @p6
RETURNING 1;

-- UserQueries.ListAsync: all
--   @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: all
--   @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: next page
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id)
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: next page
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id)
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: by e-mail
--   @from TEXT, @to TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."NormalizedEmail" >= @from AND "u"."NormalizedEmail" < @to
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: by e-mail
--   @from TEXT, @to TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."NormalizedEmail" >= @from AND "u"."NormalizedEmail" < @to
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: by e-mail, with a domain in ASCII form
--   @from TEXT, @to TEXT, @legacyFrom TEXT, @legacyTo TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE ("u"."NormalizedEmail" >= @from AND "u"."NormalizedEmail" < @to) OR ("u"."NormalizedEmail" >= @legacyFrom AND "u"."NormalizedEmail" < @legacyTo)
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: by e-mail, with a domain in ASCII form
--   @from TEXT, @to TEXT, @legacyFrom TEXT, @legacyTo TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE ("u"."NormalizedEmail" >= @from AND "u"."NormalizedEmail" < @to) OR ("u"."NormalizedEmail" >= @legacyFrom AND "u"."NormalizedEmail" < @legacyTo)
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: by a rare role
-- UserQueries.ListAsync: by a common role
-- UserQueries.ListAsync: next page by everything
--   @name_Normalized TEXT
SELECT "r"."Id"
FROM "Roles" AS "r"
WHERE "r"."NormalizedName" = @name_Normalized
LIMIT 2

-- UserQueries.ListAsync: by a rare role
-- UserQueries.ListAsync: by a common role
-- UserQueries.ListAsync: next page by everything
--   @roleId TEXT, @p INTEGER
SELECT COUNT(*)
FROM (
    SELECT 1
    FROM "UserRoles" AS "u"
    WHERE "u"."RoleId" = @roleId
    ORDER BY "u"."UserId"
    LIMIT @p
) AS "u0"

-- UserQueries.ListAsync: by a rare role
--   @roleId TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."Id" IN (
    SELECT "u0"."UserId"
    FROM "UserRoles" AS "u0"
    WHERE "u0"."RoleId" = @roleId
)
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: by a rare role
--   @roleId TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u2"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."Id" IN (
        SELECT "u0"."UserId"
        FROM "UserRoles" AS "u0"
        WHERE "u0"."RoleId" = @roleId
    )
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u2"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u1"."UserId"
    FROM "UserRoles" AS "u1"
    INNER JOIN "Roles" AS "r" ON "u1"."RoleId" = "r"."Id"
) AS "s" ON "u2"."Id" = "s"."UserId"
ORDER BY "u2"."CreatedAt", "u2"."Id"

-- UserQueries.ListAsync: by a common role
--   @roleId TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE EXISTS (
    SELECT 1
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
    WHERE "u"."Id" = "u0"."UserId" AND "r"."Id" = @roleId)
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: by a common role
--   @roleId TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u2"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE EXISTS (
        SELECT 1
        FROM "UserRoles" AS "u0"
        INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
        WHERE "u"."Id" = "u0"."UserId" AND "r"."Id" = @roleId)
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u2"
INNER JOIN (
    SELECT "r0"."Id", "r0"."Description", "r0"."FoldedName", "r0"."IsSystem", "r0"."Name", "r0"."NormalizedName", "r0"."PermissionsVersion", "r0"."TokenSize", "r0"."Version", "r0"."Permissions", "u1"."UserId"
    FROM "UserRoles" AS "u1"
    INNER JOIN "Roles" AS "r0" ON "u1"."RoleId" = "r0"."Id"
) AS "s" ON "u2"."Id" = "s"."UserId"
ORDER BY "u2"."CreatedAt", "u2"."Id"

-- UserQueries.ListAsync: by status
--   @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."Status" = 'Disabled'
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: by status
--   @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."Status" = 'Disabled'
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: next page by status
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id) AND "u"."Status" = 'Disabled'
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: next page by status
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id) AND "u"."Status" = 'Disabled'
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: invited
--   @isInvited INTEGER, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."IsInvited" = @isInvited AND "u"."Status" <> 'Disabled'
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: invited
--   @isInvited INTEGER, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."IsInvited" = @isInvited AND "u"."Status" <> 'Disabled'
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: next page of active
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id) AND "u"."Status" = 'Active' AND NOT ("u"."IsInvited")
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: next page of active
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u1"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id) AND "u"."Status" = 'Active' AND NOT ("u"."IsInvited")
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u1"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s" ON "u1"."Id" = "s"."UserId"
ORDER BY "u1"."CreatedAt", "u1"."Id"

-- UserQueries.ListAsync: next page by everything
--   @place_At INTEGER, @place_Id TEXT, @from TEXT, @to TEXT, @roleId TEXT, @p INTEGER
SELECT "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Users" AS "u"
WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id) AND "u"."NormalizedEmail" >= @from AND "u"."NormalizedEmail" < @to AND EXISTS (
    SELECT 1
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
    WHERE "u"."Id" = "u0"."UserId" AND "r"."Id" = @roleId) AND "u"."Status" = 'Active' AND NOT ("u"."IsInvited")
ORDER BY "u"."CreatedAt", "u"."Id"
LIMIT @p

-- UserQueries.ListAsync: next page by everything
--   @place_At INTEGER, @place_Id TEXT, @from TEXT, @to TEXT, @roleId TEXT, @p INTEGER
SELECT "s"."Id", "s"."Description", "s"."FoldedName", "s"."IsSystem", "s"."Name", "s"."NormalizedName", "s"."PermissionsVersion", "s"."TokenSize", "s"."Version", "s"."Permissions", "u2"."Id"
FROM (
    SELECT "u"."Id", "u"."CreatedAt"
    FROM "Users" AS "u"
    WHERE "u"."CreatedAt" >= @place_At AND ("u"."CreatedAt" > @place_At OR "u"."Id" > @place_Id) AND "u"."NormalizedEmail" >= @from AND "u"."NormalizedEmail" < @to AND EXISTS (
        SELECT 1
        FROM "UserRoles" AS "u0"
        INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
        WHERE "u"."Id" = "u0"."UserId" AND "r"."Id" = @roleId) AND "u"."Status" = 'Active' AND NOT ("u"."IsInvited")
    ORDER BY "u"."CreatedAt", "u"."Id"
    LIMIT @p
) AS "u2"
INNER JOIN (
    SELECT "r0"."Id", "r0"."Description", "r0"."FoldedName", "r0"."IsSystem", "r0"."Name", "r0"."NormalizedName", "r0"."PermissionsVersion", "r0"."TokenSize", "r0"."Version", "r0"."Permissions", "u1"."UserId"
    FROM "UserRoles" AS "u1"
    INNER JOIN "Roles" AS "r0" ON "u1"."RoleId" = "r0"."Id"
) AS "s" ON "u2"."Id" = "s"."UserId"
ORDER BY "u2"."CreatedAt", "u2"."Id"

-- SessionRepository.FindAsync
--   @id TEXT
SELECT "s"."Id", "s"."AbsoluteExpiresAt", "s"."AuthenticatedAt", "s"."AuthenticationMethods", "s"."CreatedAt", "s"."EndReason", "s"."EndedAt", "s"."ExpiresAt", "s"."Generation", "s"."GraceFloor", "s"."GraceStartedAt", "s"."IpAddress", "s"."PreviousGraceFloor", "s"."Replays", "s"."RotatedAt", "s"."Salt", "s"."SessionVersion", "s"."UserAgent", "s"."UserId", "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Sessions" AS "s"
INNER JOIN "Users" AS "u" ON "s"."UserId" = "u"."Id"
WHERE "s"."Id" = @id
ORDER BY "s"."Id", "u"."Id"
LIMIT 2

-- SessionRepository.FindAsync
--   @id TEXT
SELECT "s1"."UserId", "s1"."RoleId", "s1"."Id", "s1"."Description", "s1"."FoldedName", "s1"."IsSystem", "s1"."Name", "s1"."NormalizedName", "s1"."PermissionsVersion", "s1"."TokenSize", "s1"."Version", "s1"."Permissions", "s0"."Id", "s0"."Id0"
FROM (
    SELECT "s"."Id", "u"."Id" AS "Id0"
    FROM "Sessions" AS "s"
    INNER JOIN "Users" AS "u" ON "s"."UserId" = "u"."Id"
    WHERE "s"."Id" = @id
    ORDER BY "s"."Id", "u"."Id"
    LIMIT 1
) AS "s0"
INNER JOIN (
    SELECT "u0"."UserId", "u0"."RoleId", "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s1" ON "s0"."Id0" = "s1"."UserId"
ORDER BY "s0"."Id", "s0"."Id0"

-- SessionRepository.TryRotateAsync: a rotation
--   @rotations TEXT
UPDATE "Sessions" SET
    "Generation" = r.value ->> 'Generation', "GraceStartedAt" = r.value ->> 'GraceStartedAt',
    "GraceFloor" = r.value ->> 'GraceFloor', "PreviousGraceFloor" = r.value ->> 'PreviousGraceFloor',
    "Replays" = r.value ->> 'Replays', "RotatedAt" = r.value ->> 'RotatedAt', "ExpiresAt" = r.value ->> 'ExpiresAt',
    "IpAddress" = r.value ->> 'IpAddress', "UserAgent" = r.value ->> 'UserAgent'
FROM json_each(@rotations) AS r
WHERE "Sessions"."Id" = r.value ->> 'Id' AND "Sessions"."Generation" = r.value ->> 'ReadGeneration'
    AND "Sessions"."EndedAt" IS NULL
RETURNING "Id" AS "Value"

-- SessionRepository.TryRotateAsync: a replay
--   @ids TEXT
SELECT "s"."Id", "s"."AbsoluteExpiresAt", "s"."AuthenticatedAt", "s"."AuthenticationMethods", "s"."CreatedAt", "s"."EndReason", "s"."EndedAt", "s"."ExpiresAt", "s"."Generation", "s"."GraceFloor", "s"."GraceStartedAt", "s"."IpAddress", "s"."PreviousGraceFloor", "s"."Replays", "s"."RotatedAt", "s"."Salt", "s"."SessionVersion", "s"."UserAgent", "s"."UserId", "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Sessions" AS "s"
INNER JOIN "Users" AS "u" ON "s"."UserId" = "u"."Id"
WHERE "s"."Id" IN (
    SELECT "i"."value"
    FROM json_each(@ids) AS "i"
)
ORDER BY "s"."Id", "u"."Id"

-- SessionRepository.TryRotateAsync: a replay
--   @ids TEXT
SELECT "s0"."Id", "s0"."Description", "s0"."FoldedName", "s0"."IsSystem", "s0"."Name", "s0"."NormalizedName", "s0"."PermissionsVersion", "s0"."TokenSize", "s0"."Version", "s0"."Permissions", "s"."Id", "u"."Id"
FROM "Sessions" AS "s"
INNER JOIN "Users" AS "u" ON "s"."UserId" = "u"."Id"
INNER JOIN (
    SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions", "u0"."UserId"
    FROM "UserRoles" AS "u0"
    INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
) AS "s0" ON "u"."Id" = "s0"."UserId"
WHERE "s"."Id" IN (
    SELECT "i"."value"
    FROM json_each(@ids) AS "i"
)
ORDER BY "s"."Id", "u"."Id"

-- SessionRepository.TryRotateAsync: a replay
--   @session_Id TEXT, @session_Generation INTEGER, @limit INTEGER
UPDATE "Sessions" AS "s"
SET "Replays" = "s"."Replays" + 1
WHERE "s"."Id" = @session_Id AND "s"."Generation" = @session_Generation AND "s"."EndedAt" IS NULL AND "s"."Replays" < @limit

-- SessionRepository.ListAliveAsync
--   @userId TEXT, @now INTEGER
SELECT "s"."Id", "s"."AbsoluteExpiresAt", "s"."AuthenticatedAt", "s"."AuthenticationMethods", "s"."CreatedAt", "s"."EndReason", "s"."EndedAt", "s"."ExpiresAt", "s"."Generation", "s"."GraceFloor", "s"."GraceStartedAt", "s"."IpAddress", "s"."PreviousGraceFloor", "s"."Replays", "s"."RotatedAt", "s"."Salt", "s"."SessionVersion", "s"."UserAgent", "s"."UserId", "u"."Id", "u"."CreatedAt", "u"."DeviceEpoch", "u"."DisplayName", "u"."EmailConfirmed", "u"."FlowEpoch", "u"."HasSecondFactor", "u"."IsInvited", "u"."LastSignInAt", "u"."PasswordHash", "u"."SessionVersion", "u"."SessionVersionReason", "u"."Status", "u"."TokenVersion", "u"."NormalizedEmail", "u"."Email"
FROM "Sessions" AS "s"
INNER JOIN "Users" AS "u" ON "s"."UserId" = "u"."Id"
WHERE "s"."UserId" = @userId AND "s"."EndedAt" IS NULL AND "s"."ExpiresAt" > @now AND "s"."SessionVersion" = "u"."SessionVersion"
ORDER BY "s"."CreatedAt"

-- SessionRepository.ListAllAsync
--   @userId TEXT
SELECT "s"."Id", "s"."AbsoluteExpiresAt", "s"."AuthenticatedAt", "s"."AuthenticationMethods", "s"."CreatedAt", "s"."EndReason", "s"."EndedAt", "s"."ExpiresAt", "s"."Generation", "s"."GraceFloor", "s"."GraceStartedAt", "s"."IpAddress", "s"."PreviousGraceFloor", "s"."Replays", "s"."RotatedAt", "s"."Salt", "s"."SessionVersion", "s"."UserAgent", "s"."UserId"
FROM "Sessions" AS "s"
WHERE "s"."UserId" = @userId
ORDER BY "s"."CreatedAt", "s"."Id"

-- SessionRepository.Add: a sign-in
--   @p0 TEXT, @p1 INTEGER, @p2 INTEGER, @p3 TEXT, @p4 INTEGER, @p5 TEXT, @p6 TEXT, @p7 INTEGER, @p8 INTEGER, @p9 INTEGER, @p10 INTEGER, @p11 TEXT, @p12 INTEGER, @p13 INTEGER, @p14 INTEGER, @p15 BLOB, @p16 INTEGER, @p17 TEXT, @p18 TEXT
INSERT INTO "Sessions" ("Id", "AbsoluteExpiresAt", "AuthenticatedAt", "AuthenticationMethods", "CreatedAt", "EndReason", "EndedAt", "ExpiresAt", "Generation", "GraceFloor", "GraceStartedAt", "IpAddress", "PreviousGraceFloor", "Replays", "RotatedAt", "Salt", "SessionVersion", "UserAgent", "UserId")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18);

-- SessionRepository.Add: a sign-in
--   @p1 TEXT, @p2 INTEGER, @p0 INTEGER, @p3 INTEGER
UPDATE "Users" SET "LastSignInAt" = @p0
WHERE "Id" = @p1 AND "FlowEpoch" = @p2 AND "TokenVersion" = @p3
RETURNING 1;

-- FailureCountRepository.ListAsync
--   @keys1 BLOB, @keys2 BLOB
SELECT "f"."Key", "f"."Failures", "f"."LastFailureAt", "f"."Refusals", "f"."UserId"
FROM "FailureCounts" AS "f"
WHERE "f"."Key" IN (@keys1, @keys2)

-- FailureCountRepository.ListOfUserAsync
--   @userId TEXT
SELECT "f"."Key", "f"."Failures", "f"."LastFailureAt", "f"."Refusals", "f"."UserId"
FROM "FailureCounts" AS "f"
WHERE "f"."UserId" = @userId

-- FailureCountRepository.CountFailureAsync
-- FailureCountRepository.CountFailureAsync: the first one
--   Key BLOB, UserId TEXT, LastFailureAt INTEGER
INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
ON CONFLICT ("Key") DO UPDATE SET
    "UserId" = excluded."UserId",
    "Failures" = "FailureCounts"."Failures" + 1,
    "LastFailureAt" = excluded."LastFailureAt"
RETURNING "Failures" AS "Value"

-- FailureCountRepository.CountRefusalAsync
--   @key BLOB
UPDATE "FailureCounts" AS "f"
SET "Refusals" = "f"."Refusals" + 1
WHERE "f"."Key" = @key

-- FailureCountRepository.TryReserveAttemptAsync
--   @keys1 BLOB
SELECT "f"."Key", "f"."Failures", "f"."LastFailureAt", "f"."Refusals", "f"."UserId"
FROM "FailureCounts" AS "f"
WHERE "f"."Key" = @keys1

-- FailureCountRepository.TryReserveAttemptAsync
--   @p INTEGER, @count_Key BLOB, @count_Failures INTEGER
UPDATE "FailureCounts" AS "f"
SET "Failures" = "f"."Failures" + 1,
    "LastFailureAt" = @p
WHERE "f"."Key" = @count_Key AND "f"."Failures" = @count_Failures

-- FailureCountRepository.RemoveAsync
--   @keys1 BLOB, @keys2 BLOB
DELETE FROM "FailureCounts" AS "f"
WHERE "f"."Key" IN (@keys1, @keys2)

-- FactorRepository.ListAsync
--   @userId TEXT
SELECT "f"."Id", "f"."CreatedAt", "f"."Kind", "f"."LastStep", "f"."LastUsedAt", "f"."Name", "f"."PendingUserId", "f"."SealedSecret", "f"."UserId", "f"."Version", "f"."Aaguid", "f"."CredentialId", "f"."CredentialIdHash", "f"."IsBackedUp", "f"."IsBackupEligible", "f"."PublicKey", "f"."SignatureCounter", "f"."Transports"
FROM "Factors" AS "f"
WHERE "f"."UserId" = @userId
ORDER BY "f"."CreatedAt"

-- FactorRepository.FindPasskeyAsync
--   @credentialIdHash BLOB
SELECT "f"."Id", "f"."CreatedAt", "f"."Kind", "f"."LastStep", "f"."LastUsedAt", "f"."Name", "f"."PendingUserId", "f"."SealedSecret", "f"."UserId", "f"."Version", "f"."Aaguid", "f"."CredentialId", "f"."CredentialIdHash", "f"."IsBackedUp", "f"."IsBackupEligible", "f"."PublicKey", "f"."SignatureCounter", "f"."Transports"
FROM "Factors" AS "f"
WHERE "f"."CredentialIdHash" = @credentialIdHash
LIMIT 1

-- FactorRepository.ListRecoveryCodesAsync
--   @userId TEXT
SELECT "r"."Hash", "r"."CreatedAt", "r"."UserId"
FROM "RecoveryCodes" AS "r"
WHERE "r"."UserId" = @userId

-- FactorRepository.CountRecoveryCodesAsync
--   @userId TEXT
SELECT COUNT(*)
FROM "RecoveryCodes" AS "r"
WHERE "r"."UserId" = @userId

-- FactorRepository.FindRecoveryCodeAsync
--   @hash BLOB
SELECT "r"."Hash", "r"."CreatedAt", "r"."UserId"
FROM "RecoveryCodes" AS "r"
WHERE "r"."Hash" = @hash
LIMIT 1

-- FactorRepository.IsSpentAsync
--   @challengeId TEXT
SELECT EXISTS (
    SELECT 1
    FROM "SpentChallenges" AS "s"
    WHERE "s"."Id" = @challengeId)

-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
--   @p0 TEXT, @p1 INTEGER, @p2 TEXT, @p3 INTEGER, @p4 TEXT, @p5 TEXT, @p6 TEXT, @p7 TEXT, @p8 TEXT, @p9 INTEGER, @p10 TEXT, @p11 BLOB, @p12 BLOB, @p13 INTEGER, @p14 INTEGER, @p15 BLOB, @p16 INTEGER, @p17 TEXT
INSERT INTO "Factors" ("Id", "CreatedAt", "Kind", "LastStep", "LastUsedAt", "Name", "PendingUserId", "SealedSecret", "UserId", "Version", "Aaguid", "CredentialId", "CredentialIdHash", "IsBackedUp", "IsBackupEligible", "PublicKey", "SignatureCounter", "Transports")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17);

-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
--   @p0 BLOB, @p1 INTEGER, @p2 TEXT
INSERT INTO "RecoveryCodes" ("Hash", "CreatedAt", "UserId")
VALUES (@p0, @p1, @p2);

-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
--   @p0 TEXT, @p1 INTEGER
INSERT INTO "SpentChallenges" ("Id", "ExpiresAt")
VALUES (@p0, @p1);

-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
--   @p3 TEXT, @p0 INTEGER, @p4 INTEGER, @p1 INTEGER, @p2 INTEGER, @p5 INTEGER
UPDATE "Users" SET "FlowEpoch" = @p0, "HasSecondFactor" = @p1, "TokenVersion" = @p2
WHERE "Id" = @p3 AND "FlowEpoch" = @p4 AND "TokenVersion" = @p5
RETURNING 1;

-- FactorRepository.Remove: the last factor, with a recovery code
--   @p0 TEXT, @p1 INTEGER
DELETE FROM "Factors"
WHERE "Id" = @p0 AND "Version" = @p1
RETURNING 1;

-- FactorRepository.Remove: the last factor, with a recovery code
--   @p0 BLOB
DELETE FROM "RecoveryCodes"
WHERE "Hash" = @p0
RETURNING 1;

-- FactorRepository.Remove: the last factor, with a recovery code
--   @p2 TEXT, @p0 INTEGER, @p3 INTEGER, @p1 INTEGER, @p4 INTEGER
UPDATE "Users" SET "FlowEpoch" = @p0, "TokenVersion" = @p1
WHERE "Id" = @p2 AND "FlowEpoch" = @p3 AND "TokenVersion" = @p4
RETURNING 1;

-- UnitOfWork: a factor is used
--   @p3 TEXT, @p0 INTEGER, @p1 INTEGER, @p4 INTEGER, @p2 INTEGER
UPDATE "Factors" SET "LastUsedAt" = @p0, "Version" = @p1, "SignatureCounter" = @p2
WHERE "Id" = @p3 AND "Version" = @p4
RETURNING 1;

-- MailFlowRepository.FindAsync
--   @id TEXT
SELECT "m"."Id", "m"."AddressHash", "m"."CodeExpiresAt", "m"."ConsumedAt", "m"."CreatedAt", "m"."ExpiresAt", "m"."Generation", "m"."Purpose", "m"."Salt", "m"."SealedAddress", "m"."UserEpoch", "m"."UserId", "m"."WasConfirmed", "m"."WrongCodes", "p"."FlowId", "p"."DisplayName", "p"."PasswordHash"
FROM "MailFlows" AS "m"
LEFT JOIN "PendingRegistrations" AS "p" ON "m"."Id" = "p"."FlowId"
WHERE "m"."Id" = @id
LIMIT 2

-- MailFlowRepository.FindOpenAsync
--   @userId TEXT, @purpose TEXT, @now INTEGER
SELECT "m"."Id", "m"."AddressHash", "m"."CodeExpiresAt", "m"."ConsumedAt", "m"."CreatedAt", "m"."ExpiresAt", "m"."Generation", "m"."Purpose", "m"."Salt", "m"."SealedAddress", "m"."UserEpoch", "m"."UserId", "m"."WasConfirmed", "m"."WrongCodes"
FROM "MailFlows" AS "m"
WHERE "m"."UserId" = @userId AND "m"."Purpose" = @purpose AND "m"."ConsumedAt" IS NULL AND "m"."ExpiresAt" > @now
ORDER BY "m"."CreatedAt" DESC, "m"."Id" DESC
LIMIT 1

-- MailFlowRepository.AnyUndoAsync
--   @addressHashes1 BLOB, @addressHashes2 BLOB, @now INTEGER
SELECT EXISTS (
    SELECT 1
    FROM "MailFlows" AS "m"
    WHERE "m"."AddressHash" IN (@addressHashes1, @addressHashes2) AND "m"."Purpose" = 'EmailChangeUndo' AND "m"."ConsumedAt" IS NULL AND "m"."ExpiresAt" > @now)

-- MailFlowRepository.ListUndosAfterAsync
--   @userId TEXT, @epoch INTEGER
SELECT "m"."Id", "m"."AddressHash", "m"."CodeExpiresAt", "m"."ConsumedAt", "m"."CreatedAt", "m"."ExpiresAt", "m"."Generation", "m"."Purpose", "m"."Salt", "m"."SealedAddress", "m"."UserEpoch", "m"."UserId", "m"."WasConfirmed", "m"."WrongCodes"
FROM "MailFlows" AS "m"
WHERE "m"."UserId" = @userId AND "m"."Purpose" = 'EmailChangeUndo' AND "m"."ConsumedAt" IS NULL AND "m"."UserEpoch" > @epoch

-- MailFlowRepository.ListOfUserAsync
--   @userId TEXT
SELECT "m"."Id", "m"."AddressHash", "m"."CodeExpiresAt", "m"."ConsumedAt", "m"."CreatedAt", "m"."ExpiresAt", "m"."Generation", "m"."Purpose", "m"."Salt", "m"."SealedAddress", "m"."UserEpoch", "m"."UserId", "m"."WasConfirmed", "m"."WrongCodes"
FROM "MailFlows" AS "m"
WHERE "m"."UserId" = @userId
ORDER BY "m"."CreatedAt", "m"."Id"

-- MailFlowRepository.TryReserveCodeAsync
--   @flow_Id TEXT, @flow_Generation INTEGER
UPDATE "MailFlows" AS "m"
SET "WrongCodes" = "m"."WrongCodes" + 1
WHERE "m"."Id" = @flow_Id AND "m"."Generation" = @flow_Generation AND "m"."WrongCodes" < 5 AND "m"."ConsumedAt" IS NULL

-- MailFlowRepository.ReturnCodeAsync
--   @flow_Id TEXT, @flow_Generation INTEGER
UPDATE "MailFlows" AS "m"
SET "WrongCodes" = "m"."WrongCodes" - 1
WHERE "m"."Id" = @flow_Id AND "m"."Generation" = @flow_Generation AND "m"."WrongCodes" > 0

-- MailFlowRepository.FindQuotaAsync
--   @key BLOB
SELECT "m"."Key", "m"."LastAt", "m"."Times", "m"."Version"
FROM "MailQuotas" AS "m"
WHERE "m"."Key" = @key
LIMIT 2

-- MailFlowRepository.Add: a reset
-- MailFlowRepository.Add: a registration
--   @p0 TEXT, @p1 BLOB, @p2 INTEGER, @p3 TEXT, @p4 INTEGER, @p5 INTEGER, @p6 INTEGER, @p7 TEXT, @p8 BLOB, @p9 BLOB, @p10 TEXT, @p11 TEXT, @p12 INTEGER, @p13 INTEGER
INSERT INTO "MailFlows" ("Id", "AddressHash", "CodeExpiresAt", "ConsumedAt", "CreatedAt", "ExpiresAt", "Generation", "Purpose", "Salt", "SealedAddress", "UserEpoch", "UserId", "WasConfirmed", "WrongCodes")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13);

-- MailFlowRepository.Add: a registration
--   @p0 TEXT, @p1 TEXT, @p2 TEXT
INSERT INTO "PendingRegistrations" ("FlowId", "DisplayName", "PasswordHash")
VALUES (@p0, @p1, @p2);

-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @addressHashes1 BLOB, @addressHashes2 BLOB
DELETE FROM "MailFlows" AS "m"
WHERE "m"."AddressHash" IN (@addressHashes1, @addressHashes2) AND "m"."Purpose" = 'Registration'

-- UnitOfWork: a mail of a flow is prepared
--   @p1 TEXT, @p4 TEXT, @p0 INTEGER, @p2 INTEGER, @p3 INTEGER
UPDATE "MailFlows" SET "Generation" = @p0
WHERE "Id" = @p1 AND "ConsumedAt" IS NULL AND "Generation" = @p2 AND "WrongCodes" = @p3
RETURNING 1;

-- UnitOfWork: a mail of a flow is prepared
--   @p3 BLOB, @p0 INTEGER, @p1 BLOB, @p2 INTEGER, @p4 INTEGER
UPDATE "MailQuotas" SET "LastAt" = @p0, "Times" = @p1, "Version" = @p2
WHERE "Key" = @p3 AND "Version" = @p4
RETURNING 1;

-- UnitOfWork: the first mail to an address is prepared
--   @p0 BLOB, @p1 INTEGER, @p2 BLOB, @p3 INTEGER
INSERT INTO "MailQuotas" ("Key", "LastAt", "Times", "Version")
VALUES (@p0, @p1, @p2, @p3);

-- UnitOfWork: a change of address
--   @p1 TEXT, @p0 INTEGER, @p4 TEXT, @p2 INTEGER, @p3 INTEGER
UPDATE "MailFlows" SET "ConsumedAt" = @p0
WHERE "Id" = @p1 AND "ConsumedAt" IS NULL AND "Generation" = @p2 AND "WrongCodes" = @p3
RETURNING 1;

-- UnitOfWork: a change of address
--   @p5 TEXT, @p0 INTEGER, @p1 INTEGER, @p6 INTEGER, @p2 INTEGER, @p7 INTEGER, @p3 TEXT, @p4 TEXT
UPDATE "Users" SET "EmailConfirmed" = @p0, "FlowEpoch" = @p1, "TokenVersion" = @p2, "NormalizedEmail" = @p3, "Email" = @p4
WHERE "Id" = @p5 AND "FlowEpoch" = @p6 AND "TokenVersion" = @p7
RETURNING 1;

-- RoleRepository.ListAsync
SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
FROM "Roles" AS "r"
ORDER BY "r"."NormalizedName"

-- RoleRepository.FindByNameAsync
--   @name_Normalized TEXT
SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
FROM "Roles" AS "r"
WHERE "r"."NormalizedName" = @name_Normalized
LIMIT 2

-- RoleRepository.ListByNamesAsync
--   @texts1 TEXT, @texts2 TEXT
SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
FROM "Roles" AS "r"
WHERE "r"."NormalizedName" IN (@texts1, @texts2)

-- RoleRepository.CountHoldersAsync
--   @role_Id TEXT
SELECT COUNT(*)
FROM "UserRoles" AS "u"
WHERE "u"."RoleId" = @role_Id

-- RoleRepository.CountHoldersAsync: without others
--   @role_Id TEXT, @others1 TEXT, @others2 TEXT
SELECT COUNT(*)
FROM "UserRoles" AS "u"
WHERE "u"."RoleId" = @role_Id AND NOT EXISTS (
    SELECT 1
    FROM "UserRoles" AS "u0"
    WHERE "u0"."UserId" = "u"."UserId" AND "u0"."RoleId" IN (@others1, @others2))

-- RoleRepository.AnyHolderAsync
--   @role_Id TEXT
SELECT EXISTS (
    SELECT 1
    FROM "UserRoles" AS "u"
    WHERE "u"."RoleId" = @role_Id)

-- RoleRepository.AnyHolderAsync
--   @role_Id TEXT
SELECT EXISTS (
    SELECT 1
    FROM "ServiceAccountRoles" AS "s"
    WHERE "s"."RoleId" = @role_Id)

-- RoleRepository.LargestTokenSizeOfHoldersAsync
--   @role_Id TEXT
SELECT COALESCE(SUM("r"."TokenSize"), 0)
FROM "UserRoles" AS "u"
INNER JOIN "UserRoles" AS "u0" ON "u"."UserId" = "u0"."UserId"
INNER JOIN "Roles" AS "r" ON "u0"."RoleId" = "r"."Id"
WHERE "u"."RoleId" = @role_Id
GROUP BY "u0"."UserId"
ORDER BY COALESCE(SUM("r"."TokenSize"), 0) DESC
LIMIT 1

-- RoleRepository.LargestTokenSizeOfHoldersAsync
--   @role_Id TEXT
SELECT COALESCE(SUM("r"."TokenSize"), 0)
FROM "ServiceAccountRoles" AS "s"
INNER JOIN "ServiceAccountRoles" AS "s0" ON "s"."AccountId" = "s0"."AccountId"
INNER JOIN "Roles" AS "r" ON "s0"."RoleId" = "r"."Id"
WHERE "s"."RoleId" = @role_Id
GROUP BY "s0"."AccountId"
ORDER BY COALESCE(SUM("r"."TokenSize"), 0) DESC
LIMIT 1

-- RoleRepository.Add
-- DatabaseInitializer, without pending migrations
--   @p0 TEXT, @p1 TEXT, @p2 TEXT, @p3 INTEGER, @p4 TEXT, @p5 INTEGER, @p6 INTEGER, @p7 INTEGER, @p8 TEXT
INSERT INTO "Roles" ("Id", "Description", "FoldedName", "IsSystem", "Name", "PermissionsVersion", "TokenSize", "Version", "Permissions")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8);

-- RoleRepository.Remove
--   @p0 TEXT, @p1 INTEGER
DELETE FROM "Roles"
WHERE "Id" = @p0 AND "Version" = @p1
RETURNING 1;

-- UnitOfWork: a role change
--   @p1 TEXT, @p0 INTEGER, @p2 INTEGER
UPDATE "Roles" SET "Version" = @p0
WHERE "Id" = @p1 AND "Version" = @p2
RETURNING 1;

-- UnitOfWork: a role change
--   @p4 TEXT, @p0 TEXT, @p1 INTEGER, @p2 INTEGER, @p5 INTEGER, @p3 TEXT
UPDATE "Roles" SET "Description" = @p0, "TokenSize" = @p1, "Version" = @p2, "Permissions" = @p3
WHERE "Id" = @p4 AND "Version" = @p5
RETURNING 1;

-- ServiceAccountRepository.ListAsync
SELECT "s"."Id", "s"."CreatedAt", "s"."Description", "s"."LastUsedAt", "s"."Name", "s"."NormalizedName", "s"."Status", "s"."TokenVersion", "s"."Version"
FROM "ServiceAccounts" AS "s"
ORDER BY "s"."NormalizedName", "s"."Id"

-- ServiceAccountRepository.FindAsync
--   @id TEXT
SELECT "s2"."Id", "s2"."CreatedAt", "s2"."Description", "s2"."LastUsedAt", "s2"."Name", "s2"."NormalizedName", "s2"."Status", "s2"."TokenVersion", "s2"."Version", "s3"."AccountId", "s3"."RoleId", "s3"."Id", "s3"."Description", "s3"."FoldedName", "s3"."IsSystem", "s3"."Name", "s3"."NormalizedName", "s3"."PermissionsVersion", "s3"."TokenSize", "s3"."Version", "s3"."Permissions", "s1"."Id", "s1"."AccountId", "s1"."CreatedAt", "s1"."ExpiresAt", "s1"."Hash", "s1"."LastUsedAt"
FROM (
    SELECT "s"."Id", "s"."CreatedAt", "s"."Description", "s"."LastUsedAt", "s"."Name", "s"."NormalizedName", "s"."Status", "s"."TokenVersion", "s"."Version"
    FROM "ServiceAccounts" AS "s"
    WHERE "s"."Id" = @id
    LIMIT 2
) AS "s2"
LEFT JOIN (
    SELECT "s0"."AccountId", "s0"."RoleId", "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
    FROM "ServiceAccountRoles" AS "s0"
    INNER JOIN "Roles" AS "r" ON "s0"."RoleId" = "r"."Id"
) AS "s3" ON "s2"."Id" = "s3"."AccountId"
LEFT JOIN "ServiceSecrets" AS "s1" ON "s2"."Id" = "s1"."AccountId"
ORDER BY "s2"."Id", "s3"."AccountId", "s3"."RoleId", "s3"."Id"

-- ServiceAccountRepository.IsNameTakenAsync: a new account
--   @normalizedName TEXT
SELECT EXISTS (
    SELECT 1
    FROM "ServiceAccounts" AS "s"
    WHERE "s"."NormalizedName" = @normalizedName)

-- ServiceAccountRepository.IsNameTakenAsync: another name
--   @normalizedName TEXT, @exceptId TEXT
SELECT EXISTS (
    SELECT 1
    FROM "ServiceAccounts" AS "s"
    WHERE "s"."NormalizedName" = @normalizedName AND "s"."Id" <> @exceptId)

-- ServiceAccountRepository.FindTokenAsync
--   @id TEXT
SELECT "s"."Id", "s"."AccountId", "s"."ExpiresAt", "s"."SecretId"
FROM "ServiceTokens" AS "s"
WHERE "s"."Id" = @id
LIMIT 2

-- ServiceAccountRepository.Add: an account
--   @p0 TEXT, @p1 INTEGER, @p2 TEXT, @p3 TEXT, @p4 TEXT, @p5 TEXT, @p6 TEXT, @p7 INTEGER, @p8 INTEGER
INSERT INTO "ServiceAccounts" ("Id", "CreatedAt", "Description", "LastUsedAt", "Name", "NormalizedName", "Status", "TokenVersion", "Version")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8);

-- ServiceAccountRepository.Add: an account
-- ServiceAccountRepository.Lock: new roles of a service account
--   @p0 TEXT, @p1 TEXT
INSERT INTO "ServiceAccountRoles" ("AccountId", "RoleId")
VALUES (@p0, @p1);

-- ServiceAccountRepository.Add: the first token within a minute
--   @p1 TEXT, @p0 INTEGER, @p2 INTEGER
UPDATE "ServiceAccounts" SET "LastUsedAt" = @p0
WHERE "Id" = @p1 AND "Version" = @p2
RETURNING 1;

-- ServiceAccountRepository.Add: the first token within a minute
--   @p1 TEXT, @p0 INTEGER
UPDATE "ServiceSecrets" SET "LastUsedAt" = @p0
WHERE "Id" = @p1
RETURNING 1;

-- ServiceAccountRepository.Add: the first token within a minute
-- ServiceAccountRepository.Add: a token
--   @p0 TEXT, @p1 TEXT, @p2 INTEGER, @p3 TEXT
INSERT INTO "ServiceTokens" ("Id", "AccountId", "ExpiresAt", "SecretId")
VALUES (@p0, @p1, @p2, @p3);

-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.RemoveSecret
-- ServiceAccountRepository.Lock: new roles of a service account
--   @accountId TEXT
UPDATE "ServiceAccounts" AS "s"
SET "TokenVersion" = "s"."TokenVersion"
WHERE "s"."Id" = @accountId

-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.Lock: new roles of a service account
--   @p0 TEXT, @p1 TEXT
DELETE FROM "ServiceAccountRoles"
WHERE "AccountId" = @p0 AND "RoleId" = @p1
RETURNING 1;

-- ServiceAccountRepository.Remove: an account
--   @p0 TEXT
DELETE FROM "ServiceSecrets"
WHERE "Id" = @p0
RETURNING 1;

-- ServiceAccountRepository.Remove: an account
--   @p0 TEXT, @p1 INTEGER
DELETE FROM "ServiceAccounts"
WHERE "Id" = @p0 AND "Version" = @p1
RETURNING 1;

-- ServiceAccountRepository.Remove: a token
--   @p0 TEXT
DELETE FROM "ServiceTokens"
WHERE "Id" = @p0
RETURNING 1;

-- ServiceAccountRepository.RemoveSecret
--   @secret_Id TEXT
DELETE FROM "ServiceSecrets" AS "s"
WHERE "s"."Id" = @secret_Id

-- ServiceAccountRepository.RemoveSecret
--   @secret_AccountId TEXT
SELECT "s"."Id"
FROM "ServiceTokens" AS "s"
WHERE "s"."AccountId" = @secret_AccountId AND "s"."SecretId" IS NULL

-- ServiceAccountRepository.RemoveSecret
--   @secret_AccountId TEXT
DELETE FROM "ServiceTokens" AS "s"
WHERE "s"."AccountId" = @secret_AccountId AND "s"."SecretId" IS NULL

-- ServiceAccountRepository.RemoveSecret
-- UnitOfWork: a new secret
--   @p1 TEXT, @p0 INTEGER, @p2 INTEGER
UPDATE "ServiceAccounts" SET "Version" = @p0
WHERE "Id" = @p1 AND "Version" = @p2
RETURNING 1;

-- UnitOfWork: a new secret
--   @p0 TEXT, @p1 TEXT, @p2 INTEGER, @p3 INTEGER, @p4 BLOB, @p5 TEXT
INSERT INTO "ServiceSecrets" ("Id", "AccountId", "CreatedAt", "ExpiresAt", "Hash", "LastUsedAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5);

-- ServiceAccountRepository.Lock: new roles of a service account
--   @p2 TEXT, @p0 INTEGER, @p1 INTEGER, @p3 INTEGER
UPDATE "ServiceAccounts" SET "TokenVersion" = @p0, "Version" = @p1
WHERE "Id" = @p2 AND "Version" = @p3
RETURNING 1;

-- SigningKeyRepository.ListAsync
-- SigningKeyPoller.ReloadAsync
--   @now INTEGER
SELECT "s"."Id", "s"."ActivatesAt", "s"."Algorithm", "s"."CreatedAt", "s"."EncryptedPrivateKey", "s"."Ordinal", "s"."PublicKey", "s"."RemovedAt", "s"."RetiresAt"
FROM "SigningKeys" AS "s"
WHERE "s"."RemovedAt" IS NULL OR ("s"."RemovedAt" > @now AND "s"."RemovedAt" > "s"."RetiresAt")
ORDER BY "s"."Ordinal"

-- SigningKeyRepository.ListRevokedAsync
-- SigningKeyPoller.ReloadAsync
--   @since INTEGER
SELECT "s"."Id", "s"."ActivatesAt", "s"."Algorithm", "s"."CreatedAt", "s"."EncryptedPrivateKey", "s"."Ordinal", "s"."PublicKey", "s"."RemovedAt", "s"."RetiresAt"
FROM "SigningKeys" AS "s"
WHERE "s"."RemovedAt" > @since AND "s"."RemovedAt" <= "s"."RetiresAt"
ORDER BY "s"."Ordinal"

-- SigningKeyRepository.Add: a rotation
--   @p2 TEXT, @p0 INTEGER, @p1 INTEGER
UPDATE "SigningKeys" SET "RemovedAt" = @p0, "RetiresAt" = @p1
WHERE "Id" = @p2
RETURNING 1;

-- SigningKeyRepository.Add: a rotation
--   @p0 TEXT, @p1 INTEGER, @p2 TEXT, @p3 INTEGER, @p4 BLOB, @p5 INTEGER, @p6 BLOB, @p7 TEXT, @p8 TEXT
INSERT INTO "SigningKeys" ("Id", "ActivatesAt", "Algorithm", "CreatedAt", "EncryptedPrivateKey", "Ordinal", "PublicKey", "RemovedAt", "RetiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8);

-- UnitOfWork: a signing key under another master key
--   @p1 TEXT, @p0 BLOB
UPDATE "SigningKeys" SET "EncryptedPrivateKey" = @p0
WHERE "Id" = @p1
RETURNING 1;

-- MasterKeyUsage
--   @now INTEGER
SELECT "s"."EncryptedPrivateKey"
FROM "SigningKeys" AS "s"
WHERE "s"."RemovedAt" IS NULL OR ("s"."RemovedAt" > @now AND "s"."RemovedAt" > "s"."RetiresAt")

-- MasterKeyUsage
--   @Length INTEGER
SELECT "u0"."Key" AS "Id", COUNT(*) AS "Count"
FROM (
    SELECT substr("u"."PasswordHash", @Length + 1, 8) AS "Key"
    FROM "Users" AS "u"
    WHERE "u"."PasswordHash" LIKE '$bcrypt-hmac-sha384$k=%'
) AS "u0"
GROUP BY "u0"."Key"

-- MasterKeyUsage
SELECT "m"."SealedAddress"
FROM "Mails" AS "m"
WHERE "m"."NextAttemptAt" IS NOT NULL

-- MasterKeyUsage
--   @now INTEGER
SELECT "m"."SealedAddress"
FROM "MailFlows" AS "m"
WHERE "m"."ExpiresAt" > @now AND "m"."ConsumedAt" IS NULL

-- MasterKeyUsage
SELECT "f"."SealedSecret"
FROM "Factors" AS "f"
WHERE "f"."SealedSecret" IS NOT NULL

-- MasterKeyUsage
SELECT "r"."Hash"
FROM "RecoveryCodes" AS "r"

-- RevocationPoller.LoadAsync
--   @oldest INTEGER
SELECT "r"."Id", "r"."OccurredAt", "r"."Reason", "r"."Role", "r"."SubjectId", "r"."TokenVersion"
FROM "Revocations" AS "r"
WHERE "r"."OccurredAt" > @oldest

-- RevocationPoller.LoadAsync
--   @stable INTEGER
SELECT MAX("r"."Id")
FROM "Revocations" AS "r"
WHERE "r"."OccurredAt" < @stable

-- RevocationPoller.RunAsync
--   @_stableId INTEGER
SELECT "r"."Id", "r"."OccurredAt", "r"."Reason", "r"."Role", "r"."SubjectId", "r"."TokenVersion"
FROM "Revocations" AS "r"
WHERE "r"."Id" > @_stableId
ORDER BY "r"."Id"

-- AuditLog.Add: the first record of a new chain
--   @p0 TEXT, @p1 BLOB, @p2 INTEGER, @p3 BLOB, @p4 BLOB, @p5 INTEGER, @p6 BLOB, @p7 INTEGER
INSERT INTO "AuditChains" ("Id", "Hash", "LeasedUntil", "RemovedHash", "RemovedSeal", "RemovedSequence", "Seal", "Sequence")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7);

-- AuditChains.IsStoredAsync
--   @chain_Id TEXT, @chain_Sequence INTEGER, @chain_Hash BLOB
SELECT EXISTS (
    SELECT 1
    FROM "AuditRecords" AS "a"
    WHERE "a"."ChainId" = @chain_Id AND "a"."Sequence" = @chain_Sequence AND "a"."Hash" = @chain_Hash)

-- AuditQueries.ListAsync: all
--   @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
ORDER BY "a"."OccurredAt" DESC, "a"."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: next page
--   @place_At INTEGER, @place_Id TEXT, @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."OccurredAt" <= @place_At AND ("a"."OccurredAt" < @place_At OR "a"."Id" < @place_Id)
ORDER BY "a"."OccurredAt" DESC, "a"."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: by user
--   @userId TEXT, @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."UserId" = @userId
ORDER BY "a"."OccurredAt" DESC, "a"."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: by type
--   @type TEXT, @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."Type" = @type
ORDER BY "a"."OccurredAt" DESC, "a"."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: by time
--   @from INTEGER, @to INTEGER, @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."OccurredAt" >= @from AND "a"."OccurredAt" < @to
ORDER BY "a"."OccurredAt" DESC, "a"."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: next page by everything
--   @place_At INTEGER, @place_Id TEXT, @userId TEXT, @type TEXT, @from INTEGER, @to INTEGER, @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."OccurredAt" <= @place_At AND ("a"."OccurredAt" < @place_At OR "a"."Id" < @place_Id) AND "a"."UserId" = @userId AND "a"."Type" = @type AND "a"."OccurredAt" >= @from AND "a"."OccurredAt" < @to
ORDER BY "a"."OccurredAt" DESC, "a"."Id" DESC
LIMIT @p

-- AuditQueries.ListAllOfAsync
--   @userId TEXT
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."UserId" = @userId OR "a"."ActorId" = @userId
ORDER BY "a"."OccurredAt", "a"."Id"

-- AuditRetention
-- ExpiredDataCleanup
SELECT "a"."Id"
FROM "AuditChains" AS "a"

-- AuditRetention
--   @chainId TEXT
SELECT "a"."Id", "a"."Hash", "a"."LeasedUntil", "a"."RemovedHash", "a"."RemovedSeal", "a"."RemovedSequence", "a"."Seal", "a"."Sequence"
FROM "AuditChains" AS "a"
WHERE "a"."Id" = @chainId
LIMIT 2

-- AuditRetention
--   @chainId TEXT, @chain_RemovedSequence INTEGER, @p INTEGER
SELECT "a"."Sequence", "a"."OccurredAt", "a"."Hash"
FROM "AuditRecords" AS "a"
WHERE "a"."ChainId" = @chainId AND "a"."Sequence" > @chain_RemovedSequence
ORDER BY "a"."Sequence"
LIMIT @p

-- AuditRetention
--   @p INTEGER, @p3 BLOB, @p4 BLOB, @chainId TEXT, @start INTEGER
UPDATE "AuditChains" AS "a"
SET "RemovedSequence" = @p,
    "RemovedHash" = @p3,
    "RemovedSeal" = @p4
WHERE "a"."Id" = @chainId AND "a"."RemovedSequence" = @start

-- AuditRetention
--   @chainId TEXT, @sequence INTEGER
DELETE FROM "AuditRecords" AS "a"
WHERE "a"."ChainId" = @chainId AND "a"."Sequence" <= @sequence

-- AuditRetention
-- ExpiredDataCleanup
--   @since INTEGER
SELECT DISTINCT "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."Type" = 'user.deleted' AND "a"."OccurredAt" > @since

-- AuditVerifier
SELECT "a"."Id", "a"."Hash", "a"."LeasedUntil", "a"."RemovedHash", "a"."RemovedSeal", "a"."RemovedSequence", "a"."Seal", "a"."Sequence"
FROM "AuditChains" AS "a"
ORDER BY "a"."Id"

-- AuditVerifier
--   @chain_Id TEXT, @after INTEGER, @chain_Sequence INTEGER, @p INTEGER
SELECT "a"."Id", "a"."ActorId", "a"."ChainId", "a"."Detail", "a"."Hash", "a"."IpAddress", "a"."OccurredAt", "a"."Outcome", "a"."PersonalDataHash", "a"."PersonalDataSalt", "a"."Sequence", "a"."SessionId", "a"."Type", "a"."UserAgent", "a"."UserId"
FROM "AuditRecords" AS "a"
WHERE "a"."ChainId" = @chain_Id AND "a"."Sequence" > @after AND "a"."Sequence" <= @chain_Sequence
ORDER BY "a"."Sequence"
LIMIT @p

-- AuditVerifier
--   @chain_Id TEXT
SELECT "a"."Id", "a"."Hash", "a"."LeasedUntil", "a"."RemovedHash", "a"."RemovedSeal", "a"."RemovedSequence", "a"."Seal", "a"."Sequence"
FROM "AuditChains" AS "a"
WHERE "a"."Id" = @chain_Id
LIMIT 1

-- AuditVerifier
--   @p INTEGER
SELECT "a"."Id", "a"."ChainId"
FROM "AuditRecords" AS "a"
WHERE NOT EXISTS (
    SELECT 1
    FROM "AuditChains" AS "a0"
    WHERE "a0"."Id" = "a"."ChainId" AND "a0"."RemovedSequence" < "a"."Sequence" AND "a"."Sequence" <= "a0"."Sequence")
ORDER BY "a"."Id"
LIMIT @p

-- StateMetrics
--   @now INTEGER
SELECT COUNT(*)
FROM "Sessions" AS "s"
WHERE "s"."EndedAt" IS NULL AND "s"."ExpiresAt" > @now

-- MailOutbox
--   @p0 TEXT, @p1 BLOB, @p2 INTEGER, @p3 INTEGER, @p4 TEXT, @p5 TEXT, @p6 TEXT, @p7 TEXT, @p8 TEXT, @p9 INTEGER, @p10 INTEGER, @p11 TEXT, @p12 BLOB, @p13 BLOB, @p14 TEXT, @p15 TEXT, @p16 TEXT
INSERT INTO "Mails" ("Id", "AddressHash", "Attempts", "CreatedAt", "Culture", "FailedAt", "Failure", "FlowId", "Generation", "IsLimited", "NextAttemptAt", "PreparedAt", "SealedAddress", "SealedFacts", "SentAt", "Template", "UserId")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16);

-- MailSender
-- MailQueue.TryLeaseAsync
--   @p INTEGER, @due_Id TEXT, @due_Attempts INTEGER, @now INTEGER
UPDATE "Mails" AS "m"
SET "Attempts" = "m"."Attempts" + 1,
    "NextAttemptAt" = @p
WHERE "m"."Id" = @due_Id AND "m"."Attempts" = @due_Attempts AND "m"."NextAttemptAt" <= @now

-- MailSender
-- OutgoingMailRepository.FindAsync
--   @id TEXT
SELECT "m"."Id", "m"."AddressHash", "m"."Attempts", "m"."CreatedAt", "m"."Culture", "m"."FailedAt", "m"."Failure", "m"."FlowId", "m"."Generation", "m"."IsLimited", "m"."NextAttemptAt", "m"."PreparedAt", "m"."SealedAddress", "m"."SealedFacts", "m"."SentAt", "m"."Template", "m"."UserId"
FROM "Mails" AS "m"
WHERE "m"."Id" = @id
LIMIT 2

-- MailQueue.ListDueAsync
--   @now INTEGER, @p INTEGER
SELECT "m"."Id", "m"."Template", "m"."Attempts", "m"."CreatedAt"
FROM "Mails" AS "m"
WHERE "m"."NextAttemptAt" <= @now
ORDER BY "m"."NextAttemptAt"
LIMIT @p

-- MailQueue.MarkSentAsync
--   @p3 INTEGER, @leased_Id TEXT, @leased_Attempts INTEGER
UPDATE "Mails" AS "m"
SET "NextAttemptAt" = NULL,
    "SentAt" = @p3
WHERE "m"."Id" = @leased_Id AND "m"."Attempts" = @leased_Attempts AND "m"."NextAttemptAt" IS NOT NULL

-- MailQueue.PostponeAsync
--   @p INTEGER, @leased_Id TEXT, @leased_Attempts INTEGER
UPDATE "Mails" AS "m"
SET "NextAttemptAt" = @p
WHERE "m"."Id" = @leased_Id AND "m"."Attempts" = @leased_Attempts AND "m"."NextAttemptAt" IS NOT NULL

-- MailQueue.GiveUpAsync
--   @p3 INTEGER, @p4 TEXT, @leased_Id TEXT, @leased_Attempts INTEGER
UPDATE "Mails" AS "m"
SET "NextAttemptAt" = NULL,
    "FailedAt" = @p3,
    "Failure" = @p4
WHERE "m"."Id" = @leased_Id AND "m"."Attempts" = @leased_Attempts AND "m"."NextAttemptAt" IS NOT NULL

-- MailMonitor
SELECT COUNT(*)
FROM "Mails" AS "m"
WHERE "m"."NextAttemptAt" IS NOT NULL

-- MailMonitor
SELECT MIN("m"."CreatedAt")
FROM "Mails" AS "m"
WHERE "m"."NextAttemptAt" IS NOT NULL

-- MailMonitor
--   @since INTEGER
SELECT COUNT(*)
FROM "Mails" AS "m"
WHERE "m"."FailedAt" > @since AND "m"."Failure" = 'Expired'

-- OutgoingMailRepository.ListOfUserAsync
--   @userId TEXT
SELECT "m"."Id", "m"."AddressHash", "m"."Attempts", "m"."CreatedAt", "m"."Culture", "m"."FailedAt", "m"."Failure", "m"."FlowId", "m"."Generation", "m"."IsLimited", "m"."NextAttemptAt", "m"."PreparedAt", "m"."SealedAddress", "m"."SealedFacts", "m"."SentAt", "m"."Template", "m"."UserId"
FROM "Mails" AS "m"
WHERE "m"."UserId" = @userId
ORDER BY "m"."Id"

-- ExpiredDataCleanup
--   @cutoff INTEGER, @p INTEGER
DELETE FROM "Sessions" AS "s"
WHERE "s"."Id" IN (
    SELECT "s0"."Id"
    FROM "Sessions" AS "s0"
    WHERE "s0"."AbsoluteExpiresAt" < @cutoff
    ORDER BY "s0"."AbsoluteExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @cutoff INTEGER, @p INTEGER
DELETE FROM "Revocations" AS "r"
WHERE "r"."Id" IN (
    SELECT "r0"."Id"
    FROM "Revocations" AS "r0"
    WHERE "r0"."OccurredAt" < @cutoff
    ORDER BY "r0"."OccurredAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @cutoff INTEGER, @p INTEGER
DELETE FROM "SigningKeys" AS "s"
WHERE "s"."Id" IN (
    SELECT "s0"."Id"
    FROM "SigningKeys" AS "s0"
    WHERE "s0"."RemovedAt" < @cutoff
    ORDER BY "s0"."Ordinal"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @failureCutoff INTEGER, @p INTEGER
DELETE FROM "FailureCounts" AS "f"
WHERE "f"."Key" IN (
    SELECT "f0"."Key"
    FROM "FailureCounts" AS "f0"
    WHERE "f0"."UserId" IS NULL AND "f0"."LastFailureAt" < @failureCutoff
    ORDER BY "f0"."LastFailureAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @mailCutoff INTEGER, @p INTEGER
DELETE FROM "Mails" AS "m"
WHERE "m"."Id" IN (
    SELECT "m0"."Id"
    FROM "Mails" AS "m0"
    WHERE "m0"."CreatedAt" < @mailCutoff
    ORDER BY "m0"."CreatedAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @flowCutoff INTEGER, @p INTEGER
DELETE FROM "MailFlows" AS "m"
WHERE "m"."Id" IN (
    SELECT "m0"."Id"
    FROM "MailFlows" AS "m0"
    WHERE "m0"."ExpiresAt" < @flowCutoff
    ORDER BY "m0"."ExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @flowCutoff INTEGER, @p INTEGER
DELETE FROM "MailQuotas" AS "m"
WHERE "m"."Key" IN (
    SELECT "m0"."Key"
    FROM "MailQuotas" AS "m0"
    WHERE "m0"."LastAt" < @flowCutoff
    ORDER BY "m0"."LastAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @enrolmentCutoff INTEGER, @p INTEGER
DELETE FROM "Factors" AS "f"
WHERE "f"."Id" IN (
    SELECT "f0"."Id"
    FROM "Factors" AS "f0"
    WHERE "f0"."PendingUserId" IS NOT NULL AND "f0"."CreatedAt" < @enrolmentCutoff
    ORDER BY "f0"."PendingUserId"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @challengeCutoff INTEGER, @p INTEGER
DELETE FROM "SpentChallenges" AS "s"
WHERE "s"."Id" IN (
    SELECT "s0"."Id"
    FROM "SpentChallenges" AS "s0"
    WHERE "s0"."ExpiresAt" < @challengeCutoff
    ORDER BY "s0"."ExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @tokenCutoff INTEGER, @p INTEGER
DELETE FROM "ServiceTokens" AS "s"
WHERE "s"."Id" IN (
    SELECT "s0"."Id"
    FROM "ServiceTokens" AS "s0"
    WHERE "s0"."ExpiresAt" < @tokenCutoff
    ORDER BY "s0"."ExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @secretCutoff INTEGER, @p INTEGER
DELETE FROM "ServiceSecrets" AS "s"
WHERE "s"."Id" IN (
    SELECT "s0"."Id"
    FROM "ServiceSecrets" AS "s0"
    WHERE "s0"."ExpiresAt" < @secretCutoff
    ORDER BY "s0"."ExpiresAt"
    LIMIT @p
)

-- AddressUpdate
-- AddressDiagnostics
-- DatabaseInitializer, without pending migrations
SELECT "u"."NormalizedEmail"
FROM "Users" AS "u"
WHERE "u"."NormalizedEmail" GLOB '*[^ -~]*' OR instr("u"."NormalizedEmail", 'xn--') > 0

-- AddressUpdate
--   @texts1 TEXT
SELECT "u"."Id", "u"."CreatedAt", "u"."Email" AS "Value", "u"."NormalizedEmail" AS "Normalized"
FROM "Users" AS "u"
WHERE "u"."NormalizedEmail" = @texts1

-- AddressUpdate
--   @texts1 TEXT
SELECT "u"."Id", "u"."NormalizedEmail" AS "Normalized"
FROM "Users" AS "u"
WHERE "u"."NormalizedEmail" = @texts1

-- AddressUpdate
--   @p TEXT, @address_UserId TEXT, @address_Stored TEXT
UPDATE "Users" AS "u"
SET "NormalizedEmail" = @p
WHERE "u"."Id" = @address_UserId AND "u"."NormalizedEmail" = @address_Stored

-- DatabaseHealthCheck
--   @p0 BLOB
INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
VALUES (@p0, NULL, 0, 0, '2000-01-01')

-- DatabaseHealthCheck
ROLLBACK

-- DatabaseInitializer, without pending migrations
SELECT "MigrationId" FROM "__EFMigrationsHistory"

-- DatabaseInitializer, without pending migrations
PRAGMA journal_mode = WAL

-- DatabaseInitializer, without pending migrations
--   @texts1 TEXT, @texts2 TEXT, @texts3 TEXT
SELECT "r"."Id", "r"."Description", "r"."FoldedName", "r"."IsSystem", "r"."Name", "r"."NormalizedName", "r"."PermissionsVersion", "r"."TokenSize", "r"."Version", "r"."Permissions"
FROM "Roles" AS "r"
WHERE "r"."NormalizedName" IN (@texts1, @texts2, @texts3)

