#!/bin/sh
# Creates the database `auth` on SQL Server and the login `auth`, with the rights that the service needs and no others.
# If both exist, only the login's password is changed. docker compose runs it before the service; by hand:
#   SQL_SERVER=db.example.com SQLCMDPASSWORD=… AUTH_DATABASE_PASSWORD=… deploy/sql-server/create-login.sh
# SQLCMDPASSWORD is the password of the server's administrator, AUTH_DATABASE_PASSWORD the one of the login.
set -eu

# A string literal of T-SQL ends at a single quote. sqlcmd's own variables are switched off by -x.
password=$(printf %s "$AUTH_DATABASE_PASSWORD" | sed "s/'/''/g")

# In a file, because arguments can be read by everybody on the machine.
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
-- For Database:MigrateOnStartup. Where migrations are applied by somebody else, it is not needed.
ALTER ROLE db_ddladmin ADD MEMBER [auth];
GO
SQL
"${SQLCMD:-/opt/mssql-tools18/bin/sqlcmd}" -C -S "${SQL_SERVER:-localhost}" -U sa -b -x -i "$script"
