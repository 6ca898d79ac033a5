-- UserRepository.FindAsync
-- UserRepository.FindActorAsync: a service account
--   @id uuid
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."UserId", s."RoleId", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."Id" = @id
    LIMIT 2
) AS u1
LEFT JOIN (
    SELECT u0."UserId", u0."RoleId", r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."Id", s."UserId", s."RoleId"

-- UserRepository.FindActorAsync: a service account
--   @id uuid
SELECT s1."Id", s1."CreatedAt", s1."Description", s1."LastUsedAt", s1."Name", s1."NormalizedName", s1."Status", s1."TokenVersion", s1."Version", s2."Id", s2."Description", s2."FoldedName", s2."IsSystem", s2."Name", s2."NormalizedName", s2."PermissionsVersion", s2."TokenSize", s2."Version", s2."Permissions", s2."AccountId", s2."RoleId"
FROM (
    SELECT s."Id", s."CreatedAt", s."Description", s."LastUsedAt", s."Name", s."NormalizedName", s."Status", s."TokenVersion", s."Version"
    FROM "ServiceAccounts" AS s
    WHERE s."Id" = @id AND s."Status" = 'Active'
    LIMIT 2
) AS s1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", s0."AccountId", s0."RoleId"
    FROM "ServiceAccountRoles" AS s0
    INNER JOIN "Roles" AS r ON s0."RoleId" = r."Id"
) AS s2 ON s1."Id" = s2."AccountId"
ORDER BY s1."Id", s2."AccountId", s2."RoleId"

-- UserQueries.FindAsync
--   @id uuid
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."Id" = @id
    LIMIT 2
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."Id", s."UserId", s."RoleId"

-- UserQueries.CountAdministratorsWithoutFactorAsync
SELECT count(*)::int
FROM "UserRoles" AS u
INNER JOIN "Users" AS u0 ON u."UserId" = u0."Id"
WHERE u."RoleId" = COALESCE((
    SELECT r."Id"
    FROM "Roles" AS r
    WHERE r."Name" = 'admin'
    LIMIT 1), '00000000-0000-0000-0000-000000000000') AND u0."Status" = 'Active' AND NOT (u0."IsInvited") AND NOT (u0."HasSecondFactor")

-- UserRepository.FindByEmailAsync
--   @email character varying
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."UserId", s."RoleId", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."NormalizedEmail" = @email
    LIMIT 2
) AS u1
LEFT JOIN (
    SELECT u0."UserId", u0."RoleId", r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."Id", s."UserId", s."RoleId"

-- UserRepository.ListTakenAsync: addresses
--   @texts character varying[]
SELECT u."NormalizedEmail" AS "Normalized", u."Id"
FROM "Users" AS u
WHERE u."NormalizedEmail" = ANY (@texts)

-- UserRepository.ListTakenAsync: ids
--   @ids uuid[]
SELECT u."Id"
FROM "Users" AS u
WHERE u."Id" = ANY (@ids)

-- UserRepository.AnyOtherActiveAdministratorAsync
--   @userId uuid
SELECT EXISTS (
    SELECT 1
    FROM "UserRoles" AS u
    INNER JOIN "Users" AS u0 ON u."UserId" = u0."Id"
    WHERE u."RoleId" = COALESCE((
        SELECT r."Id"
        FROM "Roles" AS r
        WHERE r."Name" = 'admin'
        LIMIT 1), '00000000-0000-0000-0000-000000000000') AND u0."Id" <> @userId AND u0."Status" = 'Active' AND NOT (u0."IsInvited"))

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
--   @now timestamp with time zone
SELECT a."Id", a."Sequence", a."Hash", a."LeasedUntil"
FROM "AuditChains" AS a
WHERE a."LeasedUntil" < @now
ORDER BY a."LeasedUntil"
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
-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 timestamp with time zone, @p23 integer, @p24 character varying, @p25 boolean, @p26 integer, @p27 boolean, @p28 boolean, @p29 timestamp with time zone, @p30 character varying, @p31 integer, @p32 character varying, @p33 character varying, @p34 integer, @p35 character varying, @p36 character varying, @p37 uuid, @p38 uuid
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Users" ("Id", "CreatedAt", "DeviceEpoch", "DisplayName", "EmailConfirmed", "FlowEpoch", "HasSecondFactor", "IsInvited", "LastSignInAt", "PasswordHash", "SessionVersion", "SessionVersionReason", "Status", "TokenVersion", "NormalizedEmail", "Email")
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36);
INSERT INTO "UserRoles" ("RoleId", "UserId")
VALUES (@p37, @p38);

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- AuditRetention
--   @userId uuid
UPDATE "AuditRecords" AS a
SET "IpAddress" = NULL,
    "UserAgent" = NULL,
    "PersonalDataSalt" = NULL
WHERE a."ActorId" = @userId AND a."PersonalDataSalt" IS NOT NULL

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
-- AuditRetention
--   @userId uuid
UPDATE "AuditRecords" AS a
SET "IpAddress" = NULL,
    "UserAgent" = NULL,
    "PersonalDataSalt" = NULL
WHERE a."UserId" = @userId AND a."ActorId" IS NULL AND a."PersonalDataSalt" IS NOT NULL

-- UserRepository.Remove: a deletion, with AuditLog.ErasePersonalDataOf
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p26 uuid, @p27 uuid, @p28 uuid, @p29 integer, @p30 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
DELETE FROM "UserRoles"
WHERE "RoleId" = @p26 AND "UserId" = @p27;
DELETE FROM "Users"
WHERE "Id" = @p28 AND "FlowEpoch" = @p29 AND "TokenVersion" = @p30;

-- UserRepository.EndAllSessions: all users
-- UserRepository.EndAllSessions: except administrators
UPDATE "Roles" AS r
SET "Version" = r."Version"
WHERE r."Name" = 'admin'

-- UserRepository.EndAllSessions: all users
--   @p character varying
UPDATE "Users" AS u
SET "SessionVersion" = u."SessionVersion" + 1,
    "SessionVersionReason" = @p,
    "TokenVersion" = u."TokenVersion" + 1

-- UserRepository.EndAllSessions: all users
--   Reason character varying, OccurredAt timestamp with time zone, Latest timestamp with time zone
INSERT INTO "Revocations" ("SubjectId", "TokenVersion", "Reason", "OccurredAt")
SELECT "Users"."Id", "Users"."TokenVersion", @Reason, @OccurredAt
FROM "Users"
WHERE EXISTS (
    SELECT 1 FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."RotatedAt" > @Latest)

-- UserRepository.EndAllSessions: all users
UPDATE "ServiceAccounts" AS s
SET "TokenVersion" = s."TokenVersion" + 1

-- UserRepository.EndAllSessions: all users
SELECT s."Id", s."TokenVersion"
FROM "ServiceAccounts" AS s

-- UserRepository.EndAllSessions: all users
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";

-- UserRepository.EndAllSessions: except administrators
--   @p character varying
UPDATE "Users" AS u
SET "SessionVersion" = u."SessionVersion" + 1,
    "SessionVersionReason" = @p,
    "TokenVersion" = u."TokenVersion" + 1
WHERE NOT EXISTS (
    SELECT 1
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
    WHERE u."Id" = u0."UserId" AND r."Name" = 'admin')

-- UserRepository.EndAllSessions: except administrators
--   Reason character varying, OccurredAt timestamp with time zone, Latest timestamp with time zone
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
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);

-- UnitOfWork: a user renames themselves
--   @p1 uuid, @p0 character varying, @p2 integer, @p3 integer
UPDATE "Users" SET "DisplayName" = @p0
WHERE "Id" = @p1 AND "FlowEpoch" = @p2 AND "TokenVersion" = @p3;

-- UnitOfWork: a password change that keeps one session
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p26 timestamp with time zone, @p27 character varying, @p28 character varying, @p29 uuid, @p30 integer, @p33 uuid, @p31 character varying, @p32 timestamp with time zone, @p35 timestamp with time zone, @p34 integer, @p37 uuid, @p39 timestamp with time zone, @p38 integer, @p36 integer, @p46 uuid, @p40 integer, @p41 integer, @p47 integer, @p42 character varying, @p43 integer, @p44 character varying, @p45 integer, @p48 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p26, @p27, @p28, @p29, @p30)
RETURNING "Id";
UPDATE "Sessions" SET "EndReason" = @p31, "EndedAt" = @p32
WHERE "Id" = @p33 AND "EndedAt" IS NULL AND "Generation" = @p34;
UPDATE "Sessions" SET "SessionVersion" = @p36
WHERE "Id" = @p37 AND "EndedAt" IS NULL AND "Generation" = @p38;
UPDATE "Users" SET "DeviceEpoch" = @p40, "FlowEpoch" = @p41, "PasswordHash" = @p42, "SessionVersion" = @p43, "SessionVersionReason" = @p44, "TokenVersion" = @p45
WHERE "Id" = @p46 AND "FlowEpoch" = @p47 AND "TokenVersion" = @p48;

-- UnitOfWork: new roles of a user
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p26 uuid, @p27 uuid, @p29 uuid, @p30 integer, @p28 integer, @p31 integer, @p32 uuid, @p33 uuid
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
DELETE FROM "UserRoles"
WHERE "RoleId" = @p26 AND "UserId" = @p27;
UPDATE "Users" SET "TokenVersion" = @p28
WHERE "Id" = @p29 AND "FlowEpoch" = @p30 AND "TokenVersion" = @p31;
INSERT INTO "UserRoles" ("RoleId", "UserId")
VALUES (@p32, @p33);

-- UnitOfWork: disabling a user
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p30 uuid, @p31 integer, @p26 integer, @p27 character varying, @p28 character varying, @p29 integer, @p32 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
UPDATE "Users" SET "SessionVersion" = @p26, "SessionVersionReason" = @p27, "Status" = @p28, "TokenVersion" = @p29
WHERE "Id" = @p30 AND "FlowEpoch" = @p31 AND "TokenVersion" = @p32;

-- UserQueries.ListAsync: all
--   @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: next page
--   @place_At timestamp with time zone, @place_Id uuid, @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."CreatedAt" >= @place_At AND (u."CreatedAt" > @place_At OR u."Id" > @place_Id)
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: by e-mail
--   @from character varying, @to character varying, @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."NormalizedEmail" >= @from AND u."NormalizedEmail" < @to
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: by e-mail, with a domain in ASCII form
--   @from character varying, @to character varying, @legacyFrom character varying, @legacyTo character varying, @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE (u."NormalizedEmail" >= @from AND u."NormalizedEmail" < @to) OR (u."NormalizedEmail" >= @legacyFrom AND u."NormalizedEmail" < @legacyTo)
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: by a rare role
-- UserQueries.ListAsync: by a common role
-- UserQueries.ListAsync: next page by everything
--   @name_Normalized character varying
SELECT r."Id"
FROM "Roles" AS r
WHERE r."NormalizedName" = @name_Normalized
LIMIT 2

-- UserQueries.ListAsync: by a rare role
-- UserQueries.ListAsync: by a common role
-- UserQueries.ListAsync: next page by everything
--   @roleId uuid, @p integer
SELECT count(*)::int
FROM (
    SELECT 1
    FROM "UserRoles" AS u
    WHERE u."RoleId" = @roleId
    ORDER BY u."UserId"
    LIMIT @p
) AS u0

-- UserQueries.ListAsync: by a rare role
--   @roleId uuid, @p integer
SELECT u2."Id", u2."CreatedAt", u2."DeviceEpoch", u2."DisplayName", u2."EmailConfirmed", u2."FlowEpoch", u2."HasSecondFactor", u2."IsInvited", u2."LastSignInAt", u2."PasswordHash", u2."SessionVersion", u2."SessionVersionReason", u2."Status", u2."TokenVersion", u2."NormalizedEmail", u2."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."Id" IN (
        SELECT u0."UserId"
        FROM "UserRoles" AS u0
        WHERE u0."RoleId" = @roleId
    )
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u2
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u1."UserId", u1."RoleId"
    FROM "UserRoles" AS u1
    INNER JOIN "Roles" AS r ON u1."RoleId" = r."Id"
) AS s ON u2."Id" = s."UserId"
ORDER BY u2."CreatedAt", u2."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: by a common role
--   @roleId uuid, @p integer
SELECT u2."Id", u2."CreatedAt", u2."DeviceEpoch", u2."DisplayName", u2."EmailConfirmed", u2."FlowEpoch", u2."HasSecondFactor", u2."IsInvited", u2."LastSignInAt", u2."PasswordHash", u2."SessionVersion", u2."SessionVersionReason", u2."Status", u2."TokenVersion", u2."NormalizedEmail", u2."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE EXISTS (
        SELECT 1
        FROM "UserRoles" AS u0
        INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
        WHERE u."Id" = u0."UserId" AND r."Id" = @roleId)
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u2
LEFT JOIN (
    SELECT r0."Id", r0."Description", r0."FoldedName", r0."IsSystem", r0."Name", r0."NormalizedName", r0."PermissionsVersion", r0."TokenSize", r0."Version", r0."Permissions", u1."UserId", u1."RoleId"
    FROM "UserRoles" AS u1
    INNER JOIN "Roles" AS r0 ON u1."RoleId" = r0."Id"
) AS s ON u2."Id" = s."UserId"
ORDER BY u2."CreatedAt", u2."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: by status
--   @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."Status" = 'Disabled'
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: next page by status
--   @place_At timestamp with time zone, @place_Id uuid, @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."CreatedAt" >= @place_At AND (u."CreatedAt" > @place_At OR u."Id" > @place_Id) AND u."Status" = 'Disabled'
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: invited
--   @isInvited boolean, @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."IsInvited" = @isInvited AND u."Status" <> 'Disabled'
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: next page of active
--   @place_At timestamp with time zone, @place_Id uuid, @p integer
SELECT u1."Id", u1."CreatedAt", u1."DeviceEpoch", u1."DisplayName", u1."EmailConfirmed", u1."FlowEpoch", u1."HasSecondFactor", u1."IsInvited", u1."LastSignInAt", u1."PasswordHash", u1."SessionVersion", u1."SessionVersionReason", u1."Status", u1."TokenVersion", u1."NormalizedEmail", u1."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."CreatedAt" >= @place_At AND (u."CreatedAt" > @place_At OR u."Id" > @place_Id) AND u."Status" = 'Active' AND NOT (u."IsInvited")
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u1
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s ON u1."Id" = s."UserId"
ORDER BY u1."CreatedAt", u1."Id", s."UserId", s."RoleId"

-- UserQueries.ListAsync: next page by everything
--   @place_At timestamp with time zone, @place_Id uuid, @from character varying, @to character varying, @roleId uuid, @p integer
SELECT u2."Id", u2."CreatedAt", u2."DeviceEpoch", u2."DisplayName", u2."EmailConfirmed", u2."FlowEpoch", u2."HasSecondFactor", u2."IsInvited", u2."LastSignInAt", u2."PasswordHash", u2."SessionVersion", u2."SessionVersionReason", u2."Status", u2."TokenVersion", u2."NormalizedEmail", u2."Email", s."Id", s."Description", s."FoldedName", s."IsSystem", s."Name", s."NormalizedName", s."PermissionsVersion", s."TokenSize", s."Version", s."Permissions", s."UserId", s."RoleId"
FROM (
    SELECT u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Users" AS u
    WHERE u."CreatedAt" >= @place_At AND (u."CreatedAt" > @place_At OR u."Id" > @place_Id) AND u."NormalizedEmail" >= @from AND u."NormalizedEmail" < @to AND EXISTS (
        SELECT 1
        FROM "UserRoles" AS u0
        INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
        WHERE u."Id" = u0."UserId" AND r."Id" = @roleId) AND u."Status" = 'Active' AND NOT (u."IsInvited")
    ORDER BY u."CreatedAt", u."Id"
    LIMIT @p
) AS u2
LEFT JOIN (
    SELECT r0."Id", r0."Description", r0."FoldedName", r0."IsSystem", r0."Name", r0."NormalizedName", r0."PermissionsVersion", r0."TokenSize", r0."Version", r0."Permissions", u1."UserId", u1."RoleId"
    FROM "UserRoles" AS u1
    INNER JOIN "Roles" AS r0 ON u1."RoleId" = r0."Id"
) AS s ON u2."Id" = s."UserId"
ORDER BY u2."CreatedAt", u2."Id", s."UserId", s."RoleId"

-- SessionRepository.FindAsync
--   @id uuid
SELECT s0."Id", s0."AbsoluteExpiresAt", s0."AuthenticatedAt", s0."AuthenticationMethods", s0."CreatedAt", s0."EndReason", s0."EndedAt", s0."ExpiresAt", s0."Generation", s0."GraceFloor", s0."GraceStartedAt", s0."IpAddress", s0."PreviousGraceFloor", s0."Replays", s0."RotatedAt", s0."Salt", s0."SessionVersion", s0."UserAgent", s0."UserId", s0."Id0", s0."CreatedAt0", s0."DeviceEpoch", s0."DisplayName", s0."EmailConfirmed", s0."FlowEpoch", s0."HasSecondFactor", s0."IsInvited", s0."LastSignInAt", s0."PasswordHash", s0."SessionVersion0", s0."SessionVersionReason", s0."Status", s0."TokenVersion", s0."NormalizedEmail", s0."Email", s1."UserId", s1."RoleId", s1."Id", s1."Description", s1."FoldedName", s1."IsSystem", s1."Name", s1."NormalizedName", s1."PermissionsVersion", s1."TokenSize", s1."Version", s1."Permissions"
FROM (
    SELECT s."Id", s."AbsoluteExpiresAt", s."AuthenticatedAt", s."AuthenticationMethods", s."CreatedAt", s."EndReason", s."EndedAt", s."ExpiresAt", s."Generation", s."GraceFloor", s."GraceStartedAt", s."IpAddress", s."PreviousGraceFloor", s."Replays", s."RotatedAt", s."Salt", s."SessionVersion", s."UserAgent", s."UserId", u."Id" AS "Id0", u."CreatedAt" AS "CreatedAt0", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion" AS "SessionVersion0", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
    FROM "Sessions" AS s
    INNER JOIN "Users" AS u ON s."UserId" = u."Id"
    WHERE s."Id" = @id
    LIMIT 2
) AS s0
LEFT JOIN (
    SELECT u0."UserId", u0."RoleId", r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s1 ON s0."Id0" = s1."UserId"
ORDER BY s0."Id", s0."Id0", s1."UserId", s1."RoleId"

-- SessionRepository.TryRotateAsync: a rotation
--   ids uuid[], readGenerations integer[], generations integer[], graceStartedAt timestamp with time zone[], graceFloors integer[], previousGraceFloors integer[], replays integer[], rotatedAt timestamp with time zone[], expiresAt timestamp with time zone[], ipAddresses text[], userAgents text[]
UPDATE "Sessions" AS s SET
    "Generation" = r.generation, "GraceStartedAt" = r.grace_started_at, "GraceFloor" = r.grace_floor,
    "PreviousGraceFloor" = r.previous_grace_floor, "Replays" = r.replays, "RotatedAt" = r.rotated_at,
    "ExpiresAt" = r.expires_at, "IpAddress" = r.ip_address, "UserAgent" = r.user_agent
FROM unnest(@ids, @readGenerations, @generations, @graceStartedAt, @graceFloors, @previousGraceFloors, @replays,
    @rotatedAt, @expiresAt, @ipAddresses, @userAgents) AS r (id, read_generation, generation, grace_started_at,
    grace_floor, previous_grace_floor, replays, rotated_at, expires_at, ip_address, user_agent)
WHERE s."Id" = r.id AND s."Generation" = r.read_generation AND s."EndedAt" IS NULL
RETURNING s."Id" AS "Value"

-- SessionRepository.TryRotateAsync: a replay
--   @ids uuid[]
SELECT s."Id", s."AbsoluteExpiresAt", s."AuthenticatedAt", s."AuthenticationMethods", s."CreatedAt", s."EndReason", s."EndedAt", s."ExpiresAt", s."Generation", s."GraceFloor", s."GraceStartedAt", s."IpAddress", s."PreviousGraceFloor", s."Replays", s."RotatedAt", s."Salt", s."SessionVersion", s."UserAgent", s."UserId", u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email", s0."Id", s0."Description", s0."FoldedName", s0."IsSystem", s0."Name", s0."NormalizedName", s0."PermissionsVersion", s0."TokenSize", s0."Version", s0."Permissions", s0."UserId", s0."RoleId"
FROM "Sessions" AS s
INNER JOIN "Users" AS u ON s."UserId" = u."Id"
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", u0."UserId", u0."RoleId"
    FROM "UserRoles" AS u0
    INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
) AS s0 ON u."Id" = s0."UserId"
WHERE s."Id" = ANY (@ids)
ORDER BY s."Id", u."Id", s0."UserId", s0."RoleId"

-- SessionRepository.ListAliveAsync
--   @userId uuid, @now timestamp with time zone
SELECT s."Id", s."AbsoluteExpiresAt", s."AuthenticatedAt", s."AuthenticationMethods", s."CreatedAt", s."EndReason", s."EndedAt", s."ExpiresAt", s."Generation", s."GraceFloor", s."GraceStartedAt", s."IpAddress", s."PreviousGraceFloor", s."Replays", s."RotatedAt", s."Salt", s."SessionVersion", s."UserAgent", s."UserId", u."Id", u."CreatedAt", u."DeviceEpoch", u."DisplayName", u."EmailConfirmed", u."FlowEpoch", u."HasSecondFactor", u."IsInvited", u."LastSignInAt", u."PasswordHash", u."SessionVersion", u."SessionVersionReason", u."Status", u."TokenVersion", u."NormalizedEmail", u."Email"
FROM "Sessions" AS s
INNER JOIN "Users" AS u ON s."UserId" = u."Id"
WHERE s."UserId" = @userId AND s."EndedAt" IS NULL AND s."ExpiresAt" > @now AND s."SessionVersion" = u."SessionVersion"
ORDER BY s."CreatedAt"

-- SessionRepository.ListAllAsync
--   @userId uuid
SELECT s."Id", s."AbsoluteExpiresAt", s."AuthenticatedAt", s."AuthenticationMethods", s."CreatedAt", s."EndReason", s."EndedAt", s."ExpiresAt", s."Generation", s."GraceFloor", s."GraceStartedAt", s."IpAddress", s."PreviousGraceFloor", s."Replays", s."RotatedAt", s."Salt", s."SessionVersion", s."UserAgent", s."UserId"
FROM "Sessions" AS s
WHERE s."UserId" = @userId
ORDER BY s."CreatedAt", s."Id"

-- SessionRepository.Add: a sign-in
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 timestamp with time zone, @p23 timestamp with time zone, @p24 character varying, @p25 timestamp with time zone, @p26 character varying, @p27 timestamp with time zone, @p28 timestamp with time zone, @p29 integer, @p30 integer, @p31 timestamp with time zone, @p32 character varying, @p33 integer, @p34 integer, @p35 timestamp with time zone, @p36 bytea, @p37 integer, @p38 character varying, @p39 uuid, @p41 uuid, @p42 integer, @p40 timestamp with time zone, @p43 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Sessions" ("Id", "AbsoluteExpiresAt", "AuthenticatedAt", "AuthenticationMethods", "CreatedAt", "EndReason", "EndedAt", "ExpiresAt", "Generation", "GraceFloor", "GraceStartedAt", "IpAddress", "PreviousGraceFloor", "Replays", "RotatedAt", "Salt", "SessionVersion", "UserAgent", "UserId")
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39);
UPDATE "Users" SET "LastSignInAt" = @p40
WHERE "Id" = @p41 AND "FlowEpoch" = @p42 AND "TokenVersion" = @p43;

-- UnitOfWork: a reused refresh token
-- UnitOfWork: a logout
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p28 uuid, @p26 character varying, @p27 timestamp with time zone, @p30 timestamp with time zone, @p29 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
UPDATE "Sessions" SET "EndReason" = @p26, "EndedAt" = @p27
WHERE "Id" = @p28 AND "EndedAt" IS NULL AND "Generation" = @p29;

-- FailureCountRepository.ListAsync
-- FailureCountRepository.TryReserveAttemptAsync
--   @keys bytea[]
SELECT f."Key", f."Failures", f."LastFailureAt", f."Refusals", f."UserId"
FROM "FailureCounts" AS f
WHERE f."Key" = ANY (@keys)

-- FailureCountRepository.ListOfUserAsync
--   @userId uuid
SELECT f."Key", f."Failures", f."LastFailureAt", f."Refusals", f."UserId"
FROM "FailureCounts" AS f
WHERE f."UserId" = @userId

-- FailureCountRepository.CountFailureAsync
-- FailureCountRepository.CountFailureAsync: the first one
--   Key bytea, UserId uuid, LastFailureAt timestamp with time zone
INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
ON CONFLICT ("Key") DO UPDATE SET
    "UserId" = excluded."UserId",
    "Failures" = "FailureCounts"."Failures" + 1,
    "LastFailureAt" = excluded."LastFailureAt"
RETURNING "Failures" AS "Value"

-- FailureCountRepository.CountRefusalAsync
--   @key bytea
UPDATE "FailureCounts" AS f
SET "Refusals" = f."Refusals" + 1
WHERE f."Key" = @key

-- FailureCountRepository.TryReserveAttemptAsync
--   @p timestamp with time zone, @count_Key bytea, @count_Failures integer
UPDATE "FailureCounts" AS f
SET "Failures" = f."Failures" + 1,
    "LastFailureAt" = @p
WHERE f."Key" = @count_Key AND f."Failures" = @count_Failures

-- FailureCountRepository.RemoveAsync
--   @keys bytea[]
DELETE FROM "FailureCounts" AS f
WHERE f."Key" = ANY (@keys)

-- FactorRepository.ListAsync
--   @userId uuid
SELECT f."Id", f."CreatedAt", f."Kind", f."LastStep", f."LastUsedAt", f."Name", f."PendingUserId", f."SealedSecret", f."UserId", f."Version", f."Aaguid", f."CredentialId", f."CredentialIdHash", f."IsBackedUp", f."IsBackupEligible", f."PublicKey", f."SignatureCounter", f."Transports"
FROM "Factors" AS f
WHERE f."UserId" = @userId
ORDER BY f."CreatedAt"

-- FactorRepository.FindPasskeyAsync
--   @credentialIdHash bytea
SELECT f."Id", f."CreatedAt", f."Kind", f."LastStep", f."LastUsedAt", f."Name", f."PendingUserId", f."SealedSecret", f."UserId", f."Version", f."Aaguid", f."CredentialId", f."CredentialIdHash", f."IsBackedUp", f."IsBackupEligible", f."PublicKey", f."SignatureCounter", f."Transports"
FROM "Factors" AS f
WHERE f."CredentialIdHash" = @credentialIdHash
LIMIT 1

-- FactorRepository.ListRecoveryCodesAsync
--   @userId uuid
SELECT r."Hash", r."CreatedAt", r."UserId"
FROM "RecoveryCodes" AS r
WHERE r."UserId" = @userId

-- FactorRepository.CountRecoveryCodesAsync
--   @userId uuid
SELECT count(*)::int
FROM "RecoveryCodes" AS r
WHERE r."UserId" = @userId

-- FactorRepository.FindRecoveryCodeAsync
--   @hash bytea
SELECT r."Hash", r."CreatedAt", r."UserId"
FROM "RecoveryCodes" AS r
WHERE r."Hash" = @hash
LIMIT 1

-- FactorRepository.IsSpentAsync
--   @challengeId uuid
SELECT EXISTS (
    SELECT 1
    FROM "SpentChallenges" AS s
    WHERE s."Id" = @challengeId)

-- FactorRepository.Add: the first passkey, with a recovery code and its challenge
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 timestamp with time zone, @p23 character varying, @p24 bigint, @p25 timestamp with time zone, @p26 character varying, @p27 uuid, @p28 bytea, @p29 uuid, @p30 integer, @p31 uuid, @p32 bytea, @p33 bytea, @p34 boolean, @p35 boolean, @p36 bytea, @p37 bigint, @p38 character varying, @p39 bytea, @p40 timestamp with time zone, @p41 uuid, @p42 timestamp with time zone, @p43 character varying, @p44 character varying, @p45 uuid, @p46 integer, @p47 uuid, @p48 timestamp with time zone, @p52 uuid, @p49 integer, @p53 integer, @p50 boolean, @p51 integer, @p54 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Factors" ("Id", "CreatedAt", "Kind", "LastStep", "LastUsedAt", "Name", "PendingUserId", "SealedSecret", "UserId", "Version", "Aaguid", "CredentialId", "CredentialIdHash", "IsBackedUp", "IsBackupEligible", "PublicKey", "SignatureCounter", "Transports")
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38);
INSERT INTO "RecoveryCodes" ("Hash", "CreatedAt", "UserId")
VALUES (@p39, @p40, @p41);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p42, @p43, @p44, @p45, @p46)
RETURNING "Id";
INSERT INTO "SpentChallenges" ("Id", "ExpiresAt")
VALUES (@p47, @p48);
UPDATE "Users" SET "FlowEpoch" = @p49, "HasSecondFactor" = @p50, "TokenVersion" = @p51
WHERE "Id" = @p52 AND "FlowEpoch" = @p53 AND "TokenVersion" = @p54;

-- FactorRepository.Remove: the last factor, with a recovery code
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 integer, @p23 bytea, @p24 timestamp with time zone, @p25 character varying, @p26 character varying, @p27 uuid, @p28 integer, @p31 uuid, @p29 integer, @p32 integer, @p30 integer, @p33 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
DELETE FROM "Factors"
WHERE "Id" = @p21 AND "Version" = @p22;
DELETE FROM "RecoveryCodes"
WHERE "Hash" = @p23;
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p24, @p25, @p26, @p27, @p28)
RETURNING "Id";
UPDATE "Users" SET "FlowEpoch" = @p29, "TokenVersion" = @p30
WHERE "Id" = @p31 AND "FlowEpoch" = @p32 AND "TokenVersion" = @p33;

-- UnitOfWork: a factor is used
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p24 uuid, @p21 timestamp with time zone, @p22 integer, @p25 integer, @p23 bigint
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE "Factors" SET "LastUsedAt" = @p21, "Version" = @p22, "SignatureCounter" = @p23
WHERE "Id" = @p24 AND "Version" = @p25;

-- MailFlowRepository.FindAsync
--   @id uuid
SELECT m."Id", m."AddressHash", m."CodeExpiresAt", m."ConsumedAt", m."CreatedAt", m."ExpiresAt", m."Generation", m."Purpose", m."Salt", m."SealedAddress", m."UserEpoch", m."UserId", m."WasConfirmed", m."WrongCodes", p."FlowId", p."DisplayName", p."PasswordHash"
FROM "MailFlows" AS m
LEFT JOIN "PendingRegistrations" AS p ON m."Id" = p."FlowId"
WHERE m."Id" = @id
LIMIT 2

-- MailFlowRepository.FindOpenAsync
--   @userId uuid, @purpose character varying, @now timestamp with time zone
SELECT m."Id", m."AddressHash", m."CodeExpiresAt", m."ConsumedAt", m."CreatedAt", m."ExpiresAt", m."Generation", m."Purpose", m."Salt", m."SealedAddress", m."UserEpoch", m."UserId", m."WasConfirmed", m."WrongCodes"
FROM "MailFlows" AS m
WHERE m."UserId" = @userId AND m."Purpose" = @purpose AND m."ConsumedAt" IS NULL AND m."ExpiresAt" > @now
ORDER BY m."CreatedAt" DESC, m."Id" DESC
LIMIT 1

-- MailFlowRepository.AnyUndoAsync
--   @addressHashes bytea[], @now timestamp with time zone
SELECT EXISTS (
    SELECT 1
    FROM "MailFlows" AS m
    WHERE m."AddressHash" = ANY (@addressHashes) AND m."Purpose" = 'EmailChangeUndo' AND m."ConsumedAt" IS NULL AND m."ExpiresAt" > @now)

-- MailFlowRepository.ListUndosAfterAsync
--   @userId uuid, @epoch integer
SELECT m."Id", m."AddressHash", m."CodeExpiresAt", m."ConsumedAt", m."CreatedAt", m."ExpiresAt", m."Generation", m."Purpose", m."Salt", m."SealedAddress", m."UserEpoch", m."UserId", m."WasConfirmed", m."WrongCodes"
FROM "MailFlows" AS m
WHERE m."UserId" = @userId AND m."Purpose" = 'EmailChangeUndo' AND m."ConsumedAt" IS NULL AND m."UserEpoch" > @epoch

-- MailFlowRepository.ListOfUserAsync
--   @userId uuid
SELECT m."Id", m."AddressHash", m."CodeExpiresAt", m."ConsumedAt", m."CreatedAt", m."ExpiresAt", m."Generation", m."Purpose", m."Salt", m."SealedAddress", m."UserEpoch", m."UserId", m."WasConfirmed", m."WrongCodes"
FROM "MailFlows" AS m
WHERE m."UserId" = @userId
ORDER BY m."CreatedAt", m."Id"

-- MailFlowRepository.TryReserveCodeAsync
--   @flow_Id uuid, @flow_Generation integer
UPDATE "MailFlows" AS m
SET "WrongCodes" = m."WrongCodes" + 1
WHERE m."Id" = @flow_Id AND m."Generation" = @flow_Generation AND m."WrongCodes" < 5 AND m."ConsumedAt" IS NULL

-- MailFlowRepository.ReturnCodeAsync
--   @flow_Id uuid, @flow_Generation integer
UPDATE "MailFlows" AS m
SET "WrongCodes" = m."WrongCodes" - 1
WHERE m."Id" = @flow_Id AND m."Generation" = @flow_Generation AND m."WrongCodes" > 0

-- MailFlowRepository.FindQuotaAsync
--   @key bytea
SELECT m."Key", m."LastAt", m."Times", m."Version"
FROM "MailQuotas" AS m
WHERE m."Key" = @key
LIMIT 2

-- MailFlowRepository.Add: a reset
--   @p0 uuid, @p1 bytea, @p2 timestamp with time zone, @p3 timestamp with time zone, @p4 timestamp with time zone, @p5 timestamp with time zone, @p6 integer, @p7 character varying, @p8 bytea, @p9 bytea, @p10 integer, @p11 uuid, @p12 boolean, @p13 integer
INSERT INTO "MailFlows" ("Id", "AddressHash", "CodeExpiresAt", "ConsumedAt", "CreatedAt", "ExpiresAt", "Generation", "Purpose", "Salt", "SealedAddress", "UserEpoch", "UserId", "WasConfirmed", "WrongCodes")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13);

-- MailFlowRepository.Add: a registration
--   @p0 uuid, @p1 bytea, @p2 timestamp with time zone, @p3 timestamp with time zone, @p4 timestamp with time zone, @p5 timestamp with time zone, @p6 integer, @p7 character varying, @p8 bytea, @p9 bytea, @p10 integer, @p11 uuid, @p12 boolean, @p13 integer, @p14 uuid, @p15 character varying, @p16 character varying
INSERT INTO "MailFlows" ("Id", "AddressHash", "CodeExpiresAt", "ConsumedAt", "CreatedAt", "ExpiresAt", "Generation", "Purpose", "Salt", "SealedAddress", "UserEpoch", "UserId", "WasConfirmed", "WrongCodes")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13);
INSERT INTO "PendingRegistrations" ("FlowId", "DisplayName", "PasswordHash")
VALUES (@p14, @p15, @p16);

-- MailFlowRepository.TakeRegistrations: a registration is complete
--   @addressHashes bytea[]
DELETE FROM "MailFlows" AS m
WHERE m."AddressHash" = ANY (@addressHashes) AND m."Purpose" = 'Registration'

-- UnitOfWork: a mail of a flow is prepared
--   @p1 uuid, @p4 timestamp with time zone, @p0 integer, @p2 integer, @p3 integer, @p8 bytea, @p5 timestamp with time zone, @p6 bytea, @p7 integer, @p9 integer
UPDATE "MailFlows" SET "Generation" = @p0
WHERE "Id" = @p1 AND "ConsumedAt" IS NULL AND "Generation" = @p2 AND "WrongCodes" = @p3;
UPDATE "MailQuotas" SET "LastAt" = @p5, "Times" = @p6, "Version" = @p7
WHERE "Key" = @p8 AND "Version" = @p9;

-- UnitOfWork: the first mail to an address is prepared
--   @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 integer
INSERT INTO "MailQuotas" ("Key", "LastAt", "Times", "Version")
VALUES (@p0, @p1, @p2, @p3);

-- UnitOfWork: a change of address
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p22 uuid, @p21 timestamp with time zone, @p25 timestamp with time zone, @p23 integer, @p24 integer, @p26 timestamp with time zone, @p27 character varying, @p28 character varying, @p29 uuid, @p30 integer, @p36 uuid, @p31 boolean, @p32 integer, @p37 integer, @p33 integer, @p38 integer, @p34 character varying, @p35 character varying
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE "MailFlows" SET "ConsumedAt" = @p21
WHERE "Id" = @p22 AND "ConsumedAt" IS NULL AND "Generation" = @p23 AND "WrongCodes" = @p24;
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p26, @p27, @p28, @p29, @p30)
RETURNING "Id";
UPDATE "Users" SET "EmailConfirmed" = @p31, "FlowEpoch" = @p32, "TokenVersion" = @p33, "NormalizedEmail" = @p34, "Email" = @p35
WHERE "Id" = @p36 AND "FlowEpoch" = @p37 AND "TokenVersion" = @p38;

-- RoleRepository.ListAsync
SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
FROM "Roles" AS r
ORDER BY r."NormalizedName"

-- RoleRepository.FindByNameAsync
--   @name_Normalized character varying
SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
FROM "Roles" AS r
WHERE r."NormalizedName" = @name_Normalized
LIMIT 2

-- RoleRepository.ListByNamesAsync
-- DatabaseInitializer, without pending migrations
--   @texts character varying[]
SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
FROM "Roles" AS r
WHERE r."NormalizedName" = ANY (@texts)

-- RoleRepository.CountHoldersAsync
--   @role_Id uuid
SELECT count(*)::int
FROM "UserRoles" AS u
WHERE u."RoleId" = @role_Id

-- RoleRepository.CountHoldersAsync: without others
--   @role_Id uuid, @others uuid[]
SELECT count(*)::int
FROM "UserRoles" AS u
WHERE u."RoleId" = @role_Id AND NOT EXISTS (
    SELECT 1
    FROM "UserRoles" AS u0
    WHERE u0."UserId" = u."UserId" AND u0."RoleId" = ANY (@others))

-- RoleRepository.AnyHolderAsync
--   @role_Id uuid
SELECT EXISTS (
    SELECT 1
    FROM "UserRoles" AS u
    WHERE u."RoleId" = @role_Id)

-- RoleRepository.AnyHolderAsync
--   @role_Id uuid
SELECT EXISTS (
    SELECT 1
    FROM "ServiceAccountRoles" AS s
    WHERE s."RoleId" = @role_Id)

-- RoleRepository.LargestTokenSizeOfHoldersAsync
--   @role_Id uuid
SELECT COALESCE(sum(r."TokenSize"), 0)::int
FROM "UserRoles" AS u
INNER JOIN "UserRoles" AS u0 ON u."UserId" = u0."UserId"
INNER JOIN "Roles" AS r ON u0."RoleId" = r."Id"
WHERE u."RoleId" = @role_Id
GROUP BY u0."UserId"
ORDER BY COALESCE(sum(r."TokenSize"), 0)::int DESC
LIMIT 1

-- RoleRepository.LargestTokenSizeOfHoldersAsync
--   @role_Id uuid
SELECT COALESCE(sum(r."TokenSize"), 0)::int
FROM "ServiceAccountRoles" AS s
INNER JOIN "ServiceAccountRoles" AS s0 ON s."AccountId" = s0."AccountId"
INNER JOIN "Roles" AS r ON s0."RoleId" = r."Id"
WHERE s."RoleId" = @role_Id
GROUP BY s0."AccountId"
ORDER BY COALESCE(sum(r."TokenSize"), 0)::int DESC
LIMIT 1

-- RoleRepository.Add
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 character varying, @p23 character varying, @p24 boolean, @p25 character varying, @p26 integer, @p27 integer, @p28 integer, @p29 character varying
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Roles" ("Id", "Description", "FoldedName", "IsSystem", "Name", "PermissionsVersion", "TokenSize", "Version", "Permissions")
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29);

-- RoleRepository.Remove
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
DELETE FROM "Roles"
WHERE "Id" = @p21 AND "Version" = @p22;

-- UnitOfWork: a role change
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p27 uuid, @p26 integer, @p28 integer, @p33 uuid, @p29 character varying, @p30 integer, @p31 integer, @p34 integer, @p32 character varying
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
UPDATE "Roles" SET "Version" = @p26
WHERE "Id" = @p27 AND "Version" = @p28;
UPDATE "Roles" SET "Description" = @p29, "TokenSize" = @p30, "Version" = @p31, "Permissions" = @p32
WHERE "Id" = @p33 AND "Version" = @p34;

-- ServiceAccountRepository.ListAsync
SELECT s."Id", s."CreatedAt", s."Description", s."LastUsedAt", s."Name", s."NormalizedName", s."Status", s."TokenVersion", s."Version", s1."Id", s1."Description", s1."FoldedName", s1."IsSystem", s1."Name", s1."NormalizedName", s1."PermissionsVersion", s1."TokenSize", s1."Version", s1."Permissions", s1."AccountId", s1."RoleId"
FROM "ServiceAccounts" AS s
LEFT JOIN (
    SELECT r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions", s0."AccountId", s0."RoleId"
    FROM "ServiceAccountRoles" AS s0
    INNER JOIN "Roles" AS r ON s0."RoleId" = r."Id"
) AS s1 ON s."Id" = s1."AccountId"
ORDER BY s."NormalizedName", s."Id", s1."AccountId", s1."RoleId"

-- ServiceAccountRepository.FindAsync
--   @id uuid
SELECT s2."Id", s2."CreatedAt", s2."Description", s2."LastUsedAt", s2."Name", s2."NormalizedName", s2."Status", s2."TokenVersion", s2."Version", s3."AccountId", s3."RoleId", s3."Id", s3."Description", s3."FoldedName", s3."IsSystem", s3."Name", s3."NormalizedName", s3."PermissionsVersion", s3."TokenSize", s3."Version", s3."Permissions", s1."Id", s1."AccountId", s1."CreatedAt", s1."ExpiresAt", s1."Hash", s1."LastUsedAt"
FROM (
    SELECT s."Id", s."CreatedAt", s."Description", s."LastUsedAt", s."Name", s."NormalizedName", s."Status", s."TokenVersion", s."Version"
    FROM "ServiceAccounts" AS s
    WHERE s."Id" = @id
    LIMIT 2
) AS s2
LEFT JOIN (
    SELECT s0."AccountId", s0."RoleId", r."Id", r."Description", r."FoldedName", r."IsSystem", r."Name", r."NormalizedName", r."PermissionsVersion", r."TokenSize", r."Version", r."Permissions"
    FROM "ServiceAccountRoles" AS s0
    INNER JOIN "Roles" AS r ON s0."RoleId" = r."Id"
) AS s3 ON s2."Id" = s3."AccountId"
LEFT JOIN "ServiceSecrets" AS s1 ON s2."Id" = s1."AccountId"
ORDER BY s2."Id", s3."AccountId", s3."RoleId", s3."Id"

-- ServiceAccountRepository.IsNameTakenAsync: a new account
--   @normalizedName character varying
SELECT EXISTS (
    SELECT 1
    FROM "ServiceAccounts" AS s
    WHERE s."NormalizedName" = @normalizedName)

-- ServiceAccountRepository.IsNameTakenAsync: another name
--   @normalizedName character varying, @exceptId uuid
SELECT EXISTS (
    SELECT 1
    FROM "ServiceAccounts" AS s
    WHERE s."NormalizedName" = @normalizedName AND s."Id" <> @exceptId)

-- ServiceAccountRepository.FindTokenAsync
--   @id uuid
SELECT s."Id", s."AccountId", s."ExpiresAt", s."SecretId"
FROM "ServiceTokens" AS s
WHERE s."Id" = @id
LIMIT 2

-- ServiceAccountRepository.Add: an account
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 uuid, @p22 timestamp with time zone, @p23 character varying, @p24 timestamp with time zone, @p25 character varying, @p26 character varying, @p27 character varying, @p28 integer, @p29 integer, @p30 uuid, @p31 uuid
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "ServiceAccounts" ("Id", "CreatedAt", "Description", "LastUsedAt", "Name", "NormalizedName", "Status", "TokenVersion", "Version")
VALUES (@p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29);
INSERT INTO "ServiceAccountRoles" ("AccountId", "RoleId")
VALUES (@p30, @p31);

-- ServiceAccountRepository.Add: the first token within a minute
--   @p1 uuid, @p0 timestamp with time zone, @p2 integer, @p4 uuid, @p3 timestamp with time zone, @p5 uuid, @p6 uuid, @p7 timestamp with time zone, @p8 uuid
UPDATE "ServiceAccounts" SET "LastUsedAt" = @p0
WHERE "Id" = @p1 AND "Version" = @p2;
UPDATE "ServiceSecrets" SET "LastUsedAt" = @p3
WHERE "Id" = @p4;
INSERT INTO "ServiceTokens" ("Id", "AccountId", "ExpiresAt", "SecretId")
VALUES (@p5, @p6, @p7, @p8);

-- ServiceAccountRepository.Add: a token
--   @p0 uuid, @p1 uuid, @p2 timestamp with time zone, @p3 uuid
INSERT INTO "ServiceTokens" ("Id", "AccountId", "ExpiresAt", "SecretId")
VALUES (@p0, @p1, @p2, @p3);

-- ServiceAccountRepository.Remove: an account
-- ServiceAccountRepository.RemoveSecret
-- ServiceAccountRepository.Lock: new roles of a service account
--   @accountId uuid
UPDATE "ServiceAccounts" AS s
SET "TokenVersion" = s."TokenVersion"
WHERE s."Id" = @accountId

-- ServiceAccountRepository.Remove: an account
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p26 uuid, @p27 uuid, @p28 uuid, @p29 uuid, @p30 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
DELETE FROM "ServiceAccountRoles"
WHERE "AccountId" = @p26 AND "RoleId" = @p27;
DELETE FROM "ServiceSecrets"
WHERE "Id" = @p28;
DELETE FROM "ServiceAccounts"
WHERE "Id" = @p29 AND "Version" = @p30;

-- ServiceAccountRepository.Remove: a token
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p26 uuid
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
DELETE FROM "ServiceTokens"
WHERE "Id" = @p26;

-- ServiceAccountRepository.RemoveSecret
--   @secret_Id uuid
DELETE FROM "ServiceSecrets" AS s
WHERE s."Id" = @secret_Id

-- ServiceAccountRepository.RemoveSecret
--   @secret_AccountId uuid
SELECT s."Id"
FROM "ServiceTokens" AS s
WHERE s."AccountId" = @secret_AccountId AND s."SecretId" IS NULL

-- ServiceAccountRepository.RemoveSecret
--   @secret_AccountId uuid
DELETE FROM "ServiceTokens" AS s
WHERE s."AccountId" = @secret_AccountId AND s."SecretId" IS NULL

-- ServiceAccountRepository.RemoveSecret
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p27 uuid, @p26 integer, @p28 integer
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
UPDATE "ServiceAccounts" SET "Version" = @p26
WHERE "Id" = @p27 AND "Version" = @p28;

-- UnitOfWork: a new secret
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p22 uuid, @p21 integer, @p23 integer, @p24 uuid, @p25 uuid, @p26 timestamp with time zone, @p27 timestamp with time zone, @p28 bytea, @p29 timestamp with time zone
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE "ServiceAccounts" SET "Version" = @p21
WHERE "Id" = @p22 AND "Version" = @p23;
INSERT INTO "ServiceSecrets" ("Id", "AccountId", "CreatedAt", "ExpiresAt", "Hash", "LastUsedAt")
VALUES (@p24, @p25, @p26, @p27, @p28, @p29);

-- ServiceAccountRepository.Lock: new roles of a service account
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p21 timestamp with time zone, @p22 character varying, @p23 character varying, @p24 uuid, @p25 integer, @p26 uuid, @p27 uuid, @p30 uuid, @p28 integer, @p29 integer, @p31 integer, @p32 uuid, @p33 uuid
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
INSERT INTO "Revocations" ("OccurredAt", "Reason", "Role", "SubjectId", "TokenVersion")
VALUES (@p21, @p22, @p23, @p24, @p25)
RETURNING "Id";
DELETE FROM "ServiceAccountRoles"
WHERE "AccountId" = @p26 AND "RoleId" = @p27;
UPDATE "ServiceAccounts" SET "TokenVersion" = @p28, "Version" = @p29
WHERE "Id" = @p30 AND "Version" = @p31;
INSERT INTO "ServiceAccountRoles" ("AccountId", "RoleId")
VALUES (@p32, @p33);

-- SigningKeyRepository.ListAsync
-- SigningKeyPoller.ReloadAsync
--   @now timestamp with time zone
SELECT s."Id", s."ActivatesAt", s."Algorithm", s."CreatedAt", s."EncryptedPrivateKey", s."Ordinal", s."PublicKey", s."RemovedAt", s."RetiresAt"
FROM "SigningKeys" AS s
WHERE s."RemovedAt" IS NULL OR (s."RemovedAt" > @now AND s."RemovedAt" > s."RetiresAt")
ORDER BY s."Ordinal"

-- SigningKeyRepository.ListRevokedAsync
-- SigningKeyPoller.ReloadAsync
--   @since timestamp with time zone
SELECT s."Id", s."ActivatesAt", s."Algorithm", s."CreatedAt", s."EncryptedPrivateKey", s."Ordinal", s."PublicKey", s."RemovedAt", s."RetiresAt"
FROM "SigningKeys" AS s
WHERE s."RemovedAt" > @since AND s."RemovedAt" <= s."RetiresAt"
ORDER BY s."Ordinal"

-- SigningKeyRepository.Add: a rotation
--   @p4 uuid, @p0 bytea, @p1 timestamp with time zone, @p2 bytea, @p3 bigint, @p5 bigint, @p6 uuid, @p7 uuid, @p8 uuid, @p9 character varying, @p10 bytea, @p11 character varying, @p12 timestamp with time zone, @p13 character varying, @p14 bytea, @p15 bytea, @p16 bigint, @p17 uuid, @p18 character varying, @p19 character varying, @p20 uuid, @p23 character varying, @p21 timestamp with time zone, @p22 timestamp with time zone, @p24 character varying, @p25 timestamp with time zone, @p26 character varying, @p27 timestamp with time zone, @p28 bytea, @p29 integer, @p30 bytea, @p31 timestamp with time zone, @p32 timestamp with time zone
UPDATE "AuditChains" SET "Hash" = @p0, "LeasedUntil" = @p1, "Seal" = @p2, "Sequence" = @p3
WHERE "Id" = @p4 AND "Sequence" = @p5;
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20);
UPDATE "SigningKeys" SET "RemovedAt" = @p21, "RetiresAt" = @p22
WHERE "Id" = @p23;
INSERT INTO "SigningKeys" ("Id", "ActivatesAt", "Algorithm", "CreatedAt", "EncryptedPrivateKey", "Ordinal", "PublicKey", "RemovedAt", "RetiresAt")
VALUES (@p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32);

-- UnitOfWork: a signing key under another master key
--   @p1 character varying, @p0 bytea
UPDATE "SigningKeys" SET "EncryptedPrivateKey" = @p0
WHERE "Id" = @p1;

-- MasterKeyUsage
--   @now timestamp with time zone
SELECT s."EncryptedPrivateKey"
FROM "SigningKeys" AS s
WHERE s."RemovedAt" IS NULL OR (s."RemovedAt" > @now AND s."RemovedAt" > s."RetiresAt")

-- MasterKeyUsage
--   @Length integer
SELECT u0."Key" AS "Id", count(*)::int AS "Count"
FROM (
    SELECT substring(u."PasswordHash", @Length + 1, 8) AS "Key"
    FROM "Users" AS u
    WHERE u."PasswordHash" LIKE '$bcrypt-hmac-sha384$k=%'
) AS u0
GROUP BY u0."Key"

-- MasterKeyUsage
SELECT m."SealedAddress"
FROM "Mails" AS m
WHERE m."NextAttemptAt" IS NOT NULL

-- MasterKeyUsage
--   @now timestamp with time zone
SELECT m."SealedAddress"
FROM "MailFlows" AS m
WHERE m."ExpiresAt" > @now AND m."ConsumedAt" IS NULL

-- MasterKeyUsage
SELECT f."SealedSecret"
FROM "Factors" AS f
WHERE f."SealedSecret" IS NOT NULL

-- MasterKeyUsage
SELECT r."Hash"
FROM "RecoveryCodes" AS r

-- RevocationPoller.LoadAsync
--   @oldest timestamp with time zone
SELECT r."Id", r."OccurredAt", r."Reason", r."Role", r."SubjectId", r."TokenVersion"
FROM "Revocations" AS r
WHERE r."OccurredAt" > @oldest

-- RevocationPoller.LoadAsync
--   @stable timestamp with time zone
SELECT max(r."Id")
FROM "Revocations" AS r
WHERE r."OccurredAt" < @stable

-- RevocationPoller.RunAsync
--   @_stableId bigint
SELECT r."Id", r."OccurredAt", r."Reason", r."Role", r."SubjectId", r."TokenVersion"
FROM "Revocations" AS r
WHERE r."Id" > @_stableId
ORDER BY r."Id"

-- AuditLog.Add: the first record of a new chain
--   @p0 uuid, @p1 bytea, @p2 timestamp with time zone, @p3 bytea, @p4 bytea, @p5 bigint, @p6 bytea, @p7 bigint, @p8 uuid, @p9 uuid, @p10 uuid, @p11 character varying, @p12 bytea, @p13 character varying, @p14 timestamp with time zone, @p15 character varying, @p16 bytea, @p17 bytea, @p18 bigint, @p19 uuid, @p20 character varying, @p21 character varying, @p22 uuid
INSERT INTO "AuditChains" ("Id", "Hash", "LeasedUntil", "RemovedHash", "RemovedSeal", "RemovedSequence", "Seal", "Sequence")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7);
INSERT INTO "AuditRecords" ("Id", "ActorId", "ChainId", "Detail", "Hash", "IpAddress", "OccurredAt", "Outcome", "PersonalDataHash", "PersonalDataSalt", "Sequence", "SessionId", "Type", "UserAgent", "UserId")
VALUES (@p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22);

-- AuditChains.IsStoredAsync
--   @chain_Id uuid, @chain_Sequence bigint, @chain_Hash bytea
SELECT EXISTS (
    SELECT 1
    FROM "AuditRecords" AS a
    WHERE a."ChainId" = @chain_Id AND a."Sequence" = @chain_Sequence AND a."Hash" = @chain_Hash)

-- AuditQueries.ListAsync: all
--   @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
ORDER BY a."OccurredAt" DESC, a."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: next page
--   @place_At timestamp with time zone, @place_Id uuid, @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."OccurredAt" <= @place_At AND (a."OccurredAt" < @place_At OR a."Id" < @place_Id)
ORDER BY a."OccurredAt" DESC, a."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: by user
--   @userId uuid, @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."UserId" = @userId
ORDER BY a."OccurredAt" DESC, a."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: by type
--   @type character varying, @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."Type" = @type
ORDER BY a."OccurredAt" DESC, a."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: by time
--   @from timestamp with time zone, @to timestamp with time zone, @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."OccurredAt" >= @from AND a."OccurredAt" < @to
ORDER BY a."OccurredAt" DESC, a."Id" DESC
LIMIT @p

-- AuditQueries.ListAsync: next page by everything
--   @place_At timestamp with time zone, @place_Id uuid, @userId uuid, @type character varying, @from timestamp with time zone, @to timestamp with time zone, @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."OccurredAt" <= @place_At AND (a."OccurredAt" < @place_At OR a."Id" < @place_Id) AND a."UserId" = @userId AND a."Type" = @type AND a."OccurredAt" >= @from AND a."OccurredAt" < @to
ORDER BY a."OccurredAt" DESC, a."Id" DESC
LIMIT @p

-- AuditQueries.ListAllOfAsync
--   @userId uuid
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."UserId" = @userId OR a."ActorId" = @userId
ORDER BY a."OccurredAt", a."Id"

-- AuditRetention
-- ExpiredDataCleanup
SELECT a."Id"
FROM "AuditChains" AS a

-- AuditRetention
--   @chainId uuid
SELECT a."Id", a."Hash", a."LeasedUntil", a."RemovedHash", a."RemovedSeal", a."RemovedSequence", a."Seal", a."Sequence"
FROM "AuditChains" AS a
WHERE a."Id" = @chainId
LIMIT 2

-- AuditRetention
--   @chainId uuid, @chain_RemovedSequence bigint, @p integer
SELECT a."Sequence", a."OccurredAt", a."Hash"
FROM "AuditRecords" AS a
WHERE a."ChainId" = @chainId AND a."Sequence" > @chain_RemovedSequence
ORDER BY a."Sequence"
LIMIT @p

-- AuditRetention
--   @p bigint, @p3 bytea, @p4 bytea, @chainId uuid, @start bigint
UPDATE "AuditChains" AS a
SET "RemovedSequence" = @p,
    "RemovedHash" = @p3,
    "RemovedSeal" = @p4
WHERE a."Id" = @chainId AND a."RemovedSequence" = @start

-- AuditRetention
--   @chainId uuid, @sequence bigint
DELETE FROM "AuditRecords" AS a
WHERE a."ChainId" = @chainId AND a."Sequence" <= @sequence

-- AuditRetention
COMMIT

-- AuditRetention
-- ExpiredDataCleanup
--   @since timestamp with time zone
SELECT DISTINCT a."UserId"
FROM "AuditRecords" AS a
WHERE a."Type" = 'user.deleted' AND a."OccurredAt" > @since

-- AuditVerifier
SELECT a."Id", a."Hash", a."LeasedUntil", a."RemovedHash", a."RemovedSeal", a."RemovedSequence", a."Seal", a."Sequence"
FROM "AuditChains" AS a
ORDER BY a."Id"

-- AuditVerifier
--   @chain_Id uuid, @after bigint, @chain_Sequence bigint, @p integer
SELECT a."Id", a."ActorId", a."ChainId", a."Detail", a."Hash", a."IpAddress", a."OccurredAt", a."Outcome", a."PersonalDataHash", a."PersonalDataSalt", a."Sequence", a."SessionId", a."Type", a."UserAgent", a."UserId"
FROM "AuditRecords" AS a
WHERE a."ChainId" = @chain_Id AND a."Sequence" > @after AND a."Sequence" <= @chain_Sequence
ORDER BY a."Sequence"
LIMIT @p

-- AuditVerifier
--   @chain_Id uuid
SELECT a."Id", a."Hash", a."LeasedUntil", a."RemovedHash", a."RemovedSeal", a."RemovedSequence", a."Seal", a."Sequence"
FROM "AuditChains" AS a
WHERE a."Id" = @chain_Id
LIMIT 1

-- AuditVerifier
--   @p integer
SELECT a."Id", a."ChainId"
FROM "AuditRecords" AS a
WHERE NOT EXISTS (
    SELECT 1
    FROM "AuditChains" AS a0
    WHERE a0."Id" = a."ChainId" AND a0."RemovedSequence" < a."Sequence" AND a."Sequence" <= a0."Sequence")
ORDER BY a."Id"
LIMIT @p

-- StateMetrics
--   @now timestamp with time zone
SELECT count(*)::int
FROM "Sessions" AS s
WHERE s."EndedAt" IS NULL AND s."ExpiresAt" > @now

-- MailOutbox
--   @p0 uuid, @p1 bytea, @p2 integer, @p3 timestamp with time zone, @p4 character varying, @p5 timestamp with time zone, @p6 character varying, @p7 uuid, @p8 integer, @p9 boolean, @p10 timestamp with time zone, @p11 timestamp with time zone, @p12 bytea, @p13 bytea, @p14 timestamp with time zone, @p15 character varying, @p16 uuid
INSERT INTO "Mails" ("Id", "AddressHash", "Attempts", "CreatedAt", "Culture", "FailedAt", "Failure", "FlowId", "Generation", "IsLimited", "NextAttemptAt", "PreparedAt", "SealedAddress", "SealedFacts", "SentAt", "Template", "UserId")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16);

-- MailSender
-- MailQueue.TryLeaseAsync
--   @p timestamp with time zone, @due_Id uuid, @due_Attempts integer, @now timestamp with time zone
UPDATE "Mails" AS m
SET "Attempts" = m."Attempts" + 1,
    "NextAttemptAt" = @p
WHERE m."Id" = @due_Id AND m."Attempts" = @due_Attempts AND m."NextAttemptAt" <= @now

-- MailSender
-- OutgoingMailRepository.FindAsync
--   @id uuid
SELECT m."Id", m."AddressHash", m."Attempts", m."CreatedAt", m."Culture", m."FailedAt", m."Failure", m."FlowId", m."Generation", m."IsLimited", m."NextAttemptAt", m."PreparedAt", m."SealedAddress", m."SealedFacts", m."SentAt", m."Template", m."UserId"
FROM "Mails" AS m
WHERE m."Id" = @id
LIMIT 2

-- MailQueue.ListDueAsync
--   @now timestamp with time zone, @p integer
SELECT m."Id", m."Template", m."Attempts", m."CreatedAt"
FROM "Mails" AS m
WHERE m."NextAttemptAt" <= @now
ORDER BY m."NextAttemptAt"
LIMIT @p

-- MailQueue.MarkSentAsync
--   @p3 timestamp with time zone, @leased_Id uuid, @leased_Attempts integer
UPDATE "Mails" AS m
SET "NextAttemptAt" = NULL,
    "SentAt" = @p3
WHERE m."Id" = @leased_Id AND m."Attempts" = @leased_Attempts AND m."NextAttemptAt" IS NOT NULL

-- MailQueue.PostponeAsync
--   @p timestamp with time zone, @leased_Id uuid, @leased_Attempts integer
UPDATE "Mails" AS m
SET "NextAttemptAt" = @p
WHERE m."Id" = @leased_Id AND m."Attempts" = @leased_Attempts AND m."NextAttemptAt" IS NOT NULL

-- MailQueue.GiveUpAsync
--   @p3 timestamp with time zone, @p4 character varying, @leased_Id uuid, @leased_Attempts integer
UPDATE "Mails" AS m
SET "NextAttemptAt" = NULL,
    "FailedAt" = @p3,
    "Failure" = @p4
WHERE m."Id" = @leased_Id AND m."Attempts" = @leased_Attempts AND m."NextAttemptAt" IS NOT NULL

-- MailMonitor
SELECT count(*)::int
FROM "Mails" AS m
WHERE m."NextAttemptAt" IS NOT NULL

-- MailMonitor
SELECT min(m."CreatedAt")
FROM "Mails" AS m
WHERE m."NextAttemptAt" IS NOT NULL

-- MailMonitor
--   @since timestamp with time zone
SELECT count(*)::int
FROM "Mails" AS m
WHERE m."FailedAt" > @since AND m."Failure" = 'Expired'

-- OutgoingMailRepository.ListOfUserAsync
--   @userId uuid
SELECT m."Id", m."AddressHash", m."Attempts", m."CreatedAt", m."Culture", m."FailedAt", m."Failure", m."FlowId", m."Generation", m."IsLimited", m."NextAttemptAt", m."PreparedAt", m."SealedAddress", m."SealedFacts", m."SentAt", m."Template", m."UserId"
FROM "Mails" AS m
WHERE m."UserId" = @userId
ORDER BY m."Id"

-- ExpiredDataCleanup
--   @cutoff timestamp with time zone, @p integer
DELETE FROM "Sessions" AS s
WHERE s."Id" IN (
    SELECT s0."Id"
    FROM "Sessions" AS s0
    WHERE s0."AbsoluteExpiresAt" < @cutoff
    ORDER BY s0."AbsoluteExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @cutoff timestamp with time zone, @p integer
DELETE FROM "Revocations" AS r
WHERE r."Id" IN (
    SELECT r0."Id"
    FROM "Revocations" AS r0
    WHERE r0."OccurredAt" < @cutoff
    ORDER BY r0."OccurredAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @cutoff timestamp with time zone, @p integer
DELETE FROM "SigningKeys" AS s
WHERE s."Id" IN (
    SELECT s0."Id"
    FROM "SigningKeys" AS s0
    WHERE s0."RemovedAt" < @cutoff
    ORDER BY s0."Ordinal"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @failureCutoff timestamp with time zone, @p integer
DELETE FROM "FailureCounts" AS f
WHERE f."Key" IN (
    SELECT f0."Key"
    FROM "FailureCounts" AS f0
    WHERE f0."UserId" IS NULL AND f0."LastFailureAt" < @failureCutoff
    ORDER BY f0."LastFailureAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @mailCutoff timestamp with time zone, @p integer
DELETE FROM "Mails" AS m
WHERE m."Id" IN (
    SELECT m0."Id"
    FROM "Mails" AS m0
    WHERE m0."CreatedAt" < @mailCutoff
    ORDER BY m0."CreatedAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @flowCutoff timestamp with time zone, @p integer
DELETE FROM "MailFlows" AS m
WHERE m."Id" IN (
    SELECT m0."Id"
    FROM "MailFlows" AS m0
    WHERE m0."ExpiresAt" < @flowCutoff
    ORDER BY m0."ExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @flowCutoff timestamp with time zone, @p integer
DELETE FROM "MailQuotas" AS m
WHERE m."Key" IN (
    SELECT m0."Key"
    FROM "MailQuotas" AS m0
    WHERE m0."LastAt" < @flowCutoff
    ORDER BY m0."LastAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @enrolmentCutoff timestamp with time zone, @p integer
DELETE FROM "Factors" AS f
WHERE f."Id" IN (
    SELECT f0."Id"
    FROM "Factors" AS f0
    WHERE f0."PendingUserId" IS NOT NULL AND f0."CreatedAt" < @enrolmentCutoff
    ORDER BY f0."PendingUserId"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @challengeCutoff timestamp with time zone, @p integer
DELETE FROM "SpentChallenges" AS s
WHERE s."Id" IN (
    SELECT s0."Id"
    FROM "SpentChallenges" AS s0
    WHERE s0."ExpiresAt" < @challengeCutoff
    ORDER BY s0."ExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @tokenCutoff timestamp with time zone, @p integer
DELETE FROM "ServiceTokens" AS s
WHERE s."Id" IN (
    SELECT s0."Id"
    FROM "ServiceTokens" AS s0
    WHERE s0."ExpiresAt" < @tokenCutoff
    ORDER BY s0."ExpiresAt"
    LIMIT @p
)

-- ExpiredDataCleanup
--   @secretCutoff timestamp with time zone, @p integer
DELETE FROM "ServiceSecrets" AS s
WHERE s."Id" IN (
    SELECT s0."Id"
    FROM "ServiceSecrets" AS s0
    WHERE s0."ExpiresAt" < @secretCutoff
    ORDER BY s0."ExpiresAt"
    LIMIT @p
)

-- AddressUpdate
-- AddressDiagnostics
SELECT u."NormalizedEmail"
FROM "Users" AS u
WHERE u."NormalizedEmail" ~ '(?p)[^ -~]' OR u."NormalizedEmail" LIKE '%xn--%'

-- AddressUpdate
--   @texts character varying[]
SELECT u."Id", u."CreatedAt", u."Email" AS "Value", u."NormalizedEmail" AS "Normalized"
FROM "Users" AS u
WHERE u."NormalizedEmail" = ANY (@texts)

-- AddressUpdate
--   @texts character varying[]
SELECT u."Id", u."NormalizedEmail" AS "Normalized"
FROM "Users" AS u
WHERE u."NormalizedEmail" = ANY (@texts)

-- AddressUpdate
--   @p character varying, @address_UserId uuid, @address_Stored character varying
UPDATE "Users" AS u
SET "NormalizedEmail" = @p
WHERE u."Id" = @address_UserId AND u."NormalizedEmail" = @address_Stored

-- DatabaseHealthCheck
--   @p0 bytea
INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
VALUES (@p0, NULL, 0, 0, '2000-01-01')

-- DatabaseHealthCheck
ROLLBACK

-- DatabaseInitializer, without pending migrations
SELECT "MigrationId" FROM "__EFMigrationsHistory"

-- DatabaseInitializer, without pending migrations
--   @p0 uuid, @p1 character varying, @p2 character varying, @p3 boolean, @p4 character varying, @p5 integer, @p6 integer, @p7 integer, @p8 character varying, @p9 uuid, @p10 character varying, @p11 character varying, @p12 boolean, @p13 character varying, @p14 integer, @p15 integer, @p16 integer, @p17 character varying, @p18 uuid, @p19 character varying, @p20 character varying, @p21 boolean, @p22 character varying, @p23 integer, @p24 integer, @p25 integer, @p26 character varying
INSERT INTO "Roles" ("Id", "Description", "FoldedName", "IsSystem", "Name", "PermissionsVersion", "TokenSize", "Version", "Permissions")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8);
INSERT INTO "Roles" ("Id", "Description", "FoldedName", "IsSystem", "Name", "PermissionsVersion", "TokenSize", "Version", "Permissions")
VALUES (@p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17);
INSERT INTO "Roles" ("Id", "Description", "FoldedName", "IsSystem", "Name", "PermissionsVersion", "TokenSize", "Version", "Permissions")
VALUES (@p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26);

