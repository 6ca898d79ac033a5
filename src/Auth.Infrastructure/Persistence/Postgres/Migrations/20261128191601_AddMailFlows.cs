using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Auth.Infrastructure.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AddMailFlows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FlowEpoch",
                table: "Users",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsInvited",
                table: "Users",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "MailFlows",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Purpose = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: true),
                    UserEpoch = table.Column<int>(type: "integer", nullable: true),
                    AddressHash = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    SealedAddress = table.Column<byte[]>(type: "bytea", maxLength: 1080, nullable: false),
                    Salt = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    WrongCodes = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    CodeExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ConsumedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WasConfirmed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailFlows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MailFlows_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MailQuotas",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    Times = table.Column<byte[]>(type: "bytea", maxLength: 160, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailQuotas", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "PendingRegistrations",
                columns: table => new
                {
                    FlowId = table.Column<Guid>(type: "uuid", nullable: false),
                    PasswordHash = table.Column<string>(type: "character varying(512)", unicode: false, maxLength: 512, nullable: false),
                    DisplayName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PendingRegistrations", x => x.FlowId);
                    table.ForeignKey(
                        name: "FK_PendingRegistrations_MailFlows_FlowId",
                        column: x => x.FlowId,
                        principalTable: "MailFlows",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Users_IsInvited_CreatedAt_Id",
                table: "Users",
                columns: new[] { "IsInvited", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MailFlows_AddressHash",
                table: "MailFlows",
                column: "AddressHash");

            migrationBuilder.CreateIndex(
                name: "IX_MailFlows_ExpiresAt",
                table: "MailFlows",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_MailFlows_UserId",
                table: "MailFlows",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_MailQuotas_LastAt",
                table: "MailQuotas",
                column: "LastAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailQuotas");

            migrationBuilder.DropTable(
                name: "PendingRegistrations");

            migrationBuilder.DropTable(
                name: "MailFlows");

            migrationBuilder.DropIndex(
                name: "IX_Users_IsInvited_CreatedAt_Id",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "FlowEpoch",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "IsInvited",
                table: "Users");
        }
    }
}
