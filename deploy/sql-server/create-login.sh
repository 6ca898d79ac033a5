#!/bin/sh
# Creates the database `auth` on SQL Server and the login `auth`, with only the rights that the service needs.
# If both exist, only the login's password is changed. docker compose runs it before the service; to run it manually:
#   SQL_SERVER=db.example.com SQLCMDPASSWORD=… AUTH_DATABASE_PASSWORD=… deploy/sql-server/create-login.sh
# SQLCMDPASSWORD is the password of the server's administrator, AUTH_DATABASE_PASSWORD that of the login.
set -eu

# Single quotes end a string literal in T-SQL. -x disables sqlcmd's own variables.
password=$(printf %s "$AUTH_DATABASE_PASSWORD" | sed "s/'/''/g")

# In a file, because all users of the machine can read arguments.
umask 077
script=$(mktemp)
trap 'rm -f "$script"' EXIT
cat >"$script" <<SQL
IF DB_ID(N'auth') IS NULL
    CREATE DATABASE [auth];
GO
IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = N'auth') = 0
    ALTER DATABASE [auth] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID(N'auth') IS NULL
    CREATE LOGIN [auth] WITH PASSWORD = N'$password', DEFAULT_DATABASE = [auth];
ELSE
    ALTER LOGIN [auth] WITH PASSWORD = N'$password';
GO
USE [auth];
GO
IF USER_ID(N'auth') IS NULL
    CREATE USER [auth] FOR LOGIN [auth];
GO
ALTER ROLE db_datareader ADD MEMBER [auth];
ALTER ROLE db_datawriter ADD MEMBER [auth];
-- For Database:MigrateOnStartup; not needed if migrations are applied in another way.
ALTER ROLE db_ddladmin ADD MEMBER [auth];
GO
SQL
"${SQLCMD:-/opt/mssql-tools18/bin/sqlcmd}" -C -S "${SQL_SERVER:-localhost}" -U sa -b -x -i "$script"
