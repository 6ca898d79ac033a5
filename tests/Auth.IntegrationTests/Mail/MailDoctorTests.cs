using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Mail;

public sealed class MailDoctorTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("StartTls")]
    [InlineData("Tls")]
    public async Task An_encrypted_server_is_signed_in_to_and_takes_the_test_mail(string security)
    {
        using var certificate = CreateCertificate();
        var trusted = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            trusted,
            certificate.ExportCertificatePem(),
            TestContext.Current.CancellationToken
        );
        await using var server = TestMailServer.Start(port: null, certificate, isSecure: security == "Tls");

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(
            ["doctor", "--mail", "ada@example.com"],
            Settings(
                server,
                ("Mail:Smtp:Security", security),
                ("Mail:Smtp:UserName", "auth"),
                ("Mail:Smtp:Password", TestMailServer.Password),
                ("SSL_CERT_FILE", trusted)
            )
        );

        File.Delete(trusted);
        exitCode.ShouldBe(0, output);
        errors.ShouldBeEmpty();
        output.ShouldContain($"ok       Mail: localhost:{server.Port}: answers, encrypted (Tls1");
        output.ShouldContain(", signed in");
        output.ShouldContain("ok       Mail: the test mail was accepted");
        server.Received.ShouldHaveSingleItem().To.ToString().ShouldBe("ada@example.com");
        server.SignedIn.ShouldAllBe(user => user == "auth");
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_refused()
    {
        await using var server = TestMailServer.Start();
        var output = await FailAsync(Settings(server, ("Mail:Smtp:Security", "StartTls")));
        output.ShouldContain("problem  Mail: the server does not support what is required: STARTTLS");
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused()
    {
        using var certificate = CreateCertificate();
        await using var server = TestMailServer.Start(port: null, certificate);
        var output = await FailAsync(Settings(server, ("Mail:Smtp:Security", "StartTls")));
        output.ShouldContain("problem  Mail: the connection could not be encrypted");
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_is_a_problem_and_not_printed()
    {
        await using var server = TestMailServer.Start();
        var output = await FailAsync(
            Settings(server, ("Mail:Smtp:UserName", "auth"), ("Mail:Smtp:Password", "sentinel-wrong"))
        );
        output.ShouldContain("problem  Mail: the server rejected the user name or password.");
        output.ShouldNotContain("sentinel-wrong");
    }

    [Fact]
    public async Task A_server_that_does_not_run_is_a_problem()
    {
        var server = TestMailServer.Start();
        await server.DisposeAsync();
        var output = await FailAsync(Settings(server));
        output.ShouldContain($"problem  Mail: no connection to localhost:{server.Port} (ConnectionRefused)");
        output.ShouldContain("Fix: Check Mail:Smtp:Host");
    }

    [Fact]
    public async Task Without_mail_there_is_nothing_to_check_and_nothing_to_send()
    {
        (await ServiceProcess.RunAsync(["doctor"], OperatorSettings.For(fixture.Database))).Output.ShouldContain(
            "ok       Mail: switched off"
        );
        (await FailAsync(OperatorSettings.For(fixture.Database))).ShouldContain("problem  Mail: switched off");
    }

    [Fact]
    public async Task The_receiver_has_to_be_an_address()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            ["doctor", "--mail", "nobody"],
            OperatorSettings.For(fixture.Database)
        );
        exitCode.ShouldBe(2);
        errors.ShouldHaveSingleItem().ShouldContain("'nobody' is not an e-mail address.");
    }

    private static async Task<string> FailAsync((string, string)[] settings)
    {
        var (exitCode, output, _) = await ServiceProcess.RunAsync(["doctor", "--mail", "ada@example.com"], settings);
        exitCode.ShouldBe(1, output);
        return output;
    }

    // Later settings replace earlier ones.
    private (string, string)[] Settings(TestMailServer server, params (string, string)[] settings) =>
        [
            .. OperatorSettings.For(fixture.Database),
            .. server.Settings.Select(setting => (setting.Item1, setting.Item2!)),
            .. settings,
        ];

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
