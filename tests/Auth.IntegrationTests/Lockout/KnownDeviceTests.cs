using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

public sealed class KnownDeviceTests(LockoutFixture service) : IClassFixture<LockoutFixture>
{
    [Fact]
    public async Task The_owner_signs_in_on_a_known_device_during_an_attack()
    {
        var (account, device) = await service.RegisterOnDeviceAsync();
        await service.GuessAsync(account.Email, 50);
        await service.ShouldBeRefusedAsync(account.Email, account.Password);

        await service.LoginAsync(account.Email, account.Password, device).ShouldBeAsync(200);

        // This unlocks the owner's new devices as well.
        service.Sum("Failures", account.Id).ShouldBe(0);
        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task A_known_device_signs_in_even_while_unknown_ones_are_locked_out()
    {
        var (account, device) = await service.RegisterOnDeviceAsync();
        await service.FailForGoodAsync(account.Email);
        await service.ShouldBeRefusedAsync(account.Email, account.Password);

        await service.LoginAsync(account.Email, account.Password, device).ShouldBeAsync(200);

        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task A_known_device_has_its_own_count_and_threshold()
    {
        var (account, device) = await service.RegisterOnDeviceAsync();

        await service.FailAsync(account.Email, 10, device);

        await service.ShouldBeRefusedAsync(account.Email, account.Password, device);
        await service.LoginAsync(account.Email, account.Password).ShouldBeAsync(200);
        await service.ShouldBeRefusedAsync(account.Email, account.Password, device);
        service.Clock.Advance(TimeSpan.FromSeconds(61));
        await service.LoginAsync(account.Email, account.Password, device).ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_device_of_another_account_is_unknown()
    {
        var (_, foreignDevice) = await service.RegisterOnDeviceAsync();
        var account = await Account.RegisterAsync(service.Client);
        await service.FailAsync(account.Email, 10, foreignDevice);

        await service.ShouldBeRefusedAsync(account.Email, account.Password);
        await service.ShouldBeRefusedAsync(account.Email, account.Password, foreignDevice);
    }

    [Fact]
    public async Task An_address_without_an_account_has_no_known_devices()
    {
        var (_, device) = await service.RegisterOnDeviceAsync();

        await service.ShouldBeRefusedAsync(Account.NewEmail(), LockoutFixture.WrongPassword, device);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AQGZt_kRAHABgAAAAAAAAAF2c2Z0d2FyZSBkZXZpY2UgcHJvb2Ygb2YgMzIgYnl0")]
    public async Task An_invalid_token_means_an_unknown_device(string token)
    {
        var account = await Account.RegisterAsync(service.Client);

        var signIn = await service.LoginAsync(account.Email, account.Password, token).ShouldBeAsync(200);

        signIn.Text("deviceToken").ShouldNotBe(token);
    }

    [Fact]
    public async Task A_device_keeps_its_identity_across_sign_ins()
    {
        var (account, device) = await service.RegisterOnDeviceAsync();

        var again = await service.LoginAsync(account.Email, account.Password, device).ShouldBeAsync(200);

        again.Text("deviceToken").ShouldBe(device);
    }

    [Fact]
    public async Task After_a_password_change_other_devices_are_unknown()
    {
        const string NewPassword = "a-lake-in-the-hills";
        var (account, device) = await service.RegisterOnDeviceAsync();
        using var changed = await service.Client.PostAsync(
            "/api/auth/change-password",
            new { currentPassword = account.Password, newPassword = NewPassword },
            account.AccessToken,
            $"device={device}"
        );
        ((int)changed.StatusCode).ShouldBe(204);
        var renewed = DeviceOf(changed);
        renewed.ShouldNotBeNull();
        await service.FailAsync(account.Email, 10);

        await service.ShouldBeRefusedAsync(account.Email, NewPassword, device);
        await service.LoginAsync(account.Email, NewPassword, renewed).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_browser_has_its_device_token_in_a_cookie()
    {
        var account = await Account.RegisterAsync(service.Client);
        using var response = await service.Client.PostAsync(
            "/api/auth/login",
            new { email = account.Email, password = account.Password }
        );

        var cookie = response
            .Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith("device=", StringComparison.Ordinal));
        cookie.ShouldEndWith("; max-age=31536000; path=/api/auth; samesite=strict; httponly");
        (await Task.FromResult(response).ShouldBeAsync(200))["deviceToken"].ShouldBeNull();

        await service.FailAsync(account.Email, 10);
        await service
            .Client.PostAsync(
                "/api/auth/login",
                new { email = account.Email, password = account.Password },
                cookie: cookie.Split(';')[0]
            )
            .ShouldBeAsync(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("FOREIGN")]
    public async Task A_token_of_another_account_in_the_body_does_not_hide_the_cookie(string token)
    {
        const string NewPassword = "a-lake-in-the-hills";
        var (account, device) = await service.RegisterOnDeviceAsync();
        var deviceToken = token == "FOREIGN" ? (await service.RegisterOnDeviceAsync()).Device : token;
        await service.FailAsync(account.Email, 10);

        await service
            .Client.PostAsync(
                "/api/auth/change-password",
                new
                {
                    currentPassword = account.Password,
                    newPassword = NewPassword,
                    deviceToken,
                },
                account.AccessToken,
                $"device={device}"
            )
            .ShouldBeAsync(204);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("FOREIGN")]
    public async Task An_invalid_device_token_does_not_fail_a_sign_in(string token)
    {
        var (account, device) = await service.RegisterOnDeviceAsync();
        var deviceToken = token == "FOREIGN" ? (await service.RegisterOnDeviceAsync()).Device : token;
        await service.FailAsync(account.Email, 10);

        await service
            .Client.PostAsync(
                "/api/auth/login",
                new
                {
                    email = account.Email,
                    password = account.Password,
                    deviceToken,
                },
                cookie: $"device={device}"
            )
            .ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_client_that_keeps_its_own_tokens_gets_no_cookie()
    {
        var account = await Account.RegisterAsync(service.Client);

        using var response = await service.LoginAsync(account.Email, account.Password);

        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_does_not_ask_for_a_device_token_gets_none()
    {
        var account = await Account.RegisterAsync(service.Client);

        account.SignIn["deviceToken"].ShouldBeNull();
        (await account.LoginAgainAsync(service.Client)).SignIn["deviceToken"].ShouldBeNull();
    }

    [Fact]
    public async Task A_refresh_returns_no_device_token()
    {
        var account = await Account.RegisterAsync(service.Client);

        (await account.RefreshAsync(service.Client)).SignIn["deviceToken"].ShouldBeNull();
    }

    private static string? DeviceOf(HttpResponseMessage response) =>
        response
            .Headers.GetValues("Set-Cookie")
            .Where(value => value.StartsWith("device=", StringComparison.Ordinal))
            .Select(value => value.Split(';')[0]["device=".Length..])
            .SingleOrDefault();
}
