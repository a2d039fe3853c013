using Signals.Core.Response.Mail;
using Signals.Local.Hosting;
using Signals.Smtp;

namespace Signals.Local.Tests.Hosting;

public sealed class LocalSettingsTests
{
    [Fact]
    public void The_server_is_waited_for_as_long_as_the_environment_says()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), Read(null).Smtp!.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(5), Read("5").Smtp!.Timeout);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("301")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    public void A_wait_that_cannot_be_is_refused_with_what_was_found_and_expected(string timeout)
    {
        var fault = Assert.Throws<SettingException>(() => Read(timeout));
        Assert.Equal($"SIGNALS_SMTP_TIMEOUT: found \"{timeout}\", expected seconds, 1 to 300.", fault.Message);
    }

    [Theory]
    [InlineData("15")]
    [InlineData("100001")]
    [InlineData("many")]
    public void A_number_of_connections_that_cannot_be_is_refused_with_what_was_found_and_expected(string connections)
    {
        var fault = Assert.Throws<SettingException>(() =>
            LocalSettings.FromEnvironment(name => name == "SIGNALS_MAX_CONNECTIONS" ? connections : null)
        );
        Assert.Equal($"SIGNALS_MAX_CONNECTIONS: found \"{connections}\", expected a number of connections, 16 to 100000.", fault.Message);
    }

    [Theory]
    [InlineData("SIGNALS_WEBHOOK_SECRETS", "\"id=whsec_...\"")]
    [InlineData("SIGNALS_DOOR_SECRETS", "\"door=secret\"")]
    public void Secrets_that_cannot_be_used_are_refused_and_not_told(string setting, string expected)
    {
        var fault = Assert.Throws<SettingException>(() => LocalSettings.FromEnvironment(name => name == setting ? "crm=hunter2" : null));
        Assert.StartsWith($"{setting}: found another text (not shown), expected {expected}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("me@company.example", "me@company.example")]
    [InlineData(" Me <me@COMPANY.example> ", "me@company.example")]
    public void Everything_goes_to_one_address_where_one_is_named(string? recipient, string? address) =>
        Assert.Equal(address, Sandbox(recipient).Address);

    [Theory]
    [InlineData("me")]
    [InlineData("me@")]
    [InlineData("me@company.example, you@company.example")]
    [InlineData("true")]
    public void A_recipient_that_is_not_one_address_is_refused_for_nobody_would_know_where_mails_go(string recipient)
    {
        var fault = Assert.Throws<SettingException>(() => Sandbox(recipient));
        Assert.Equal($"SIGNALS_SANDBOX_RECIPIENT: found \"{recipient}\", expected one mail address (me@company.example).", fault.Message);
    }

    [Theory]
    [InlineData("_PASSWORD=secret")]
    [InlineData("_TOKEN_COMMAND=oama access ada")]
    [InlineData("_OAUTH_TOKEN_URL=https://login.example/token;_OAUTH_CLIENT_ID=c;_OAUTH_CLIENT_SECRET=secret")]
    [InlineData("_OAUTH_TOKEN_URL=http://localhost:9999/token;_OAUTH_CLIENT_ID=c;_OAUTH_REFRESH_TOKEN=secret;_OAUTH_SCOPE=s")]
    public void A_mail_server_is_signed_in_to_with_a_password_a_command_or_OAuth(string settings)
    {
        var smtp = ReadSmtp($"_USER=ada;{settings}");

        Assert.Equal("ada", smtp.User);
        Assert.DoesNotContain("secret", smtp.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", smtp.OAuth?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_USER=ada", "found only the user")]
    [InlineData("_PASSWORD=secret", "found only the secret")]
    [InlineData("_TOKEN_COMMAND=x", "found only the secret")]
    [InlineData("_USER=ada;_PASSWORD=secret;_TOKEN_COMMAND=x", "found more than one")]
    [InlineData("_USER=ada;_PASSWORD=secret;_SECURITY=none", "SIGNALS_SMTP_SECURITY: found none, expected starttls or tls")]
    [InlineData(
        "_USER=ada;_OAUTH_TOKEN_URL=login;_OAUTH_CLIENT_ID=c;_OAUTH_CLIENT_SECRET=secret",
        "SIGNALS_SMTP_OAUTH_TOKEN_URL: found \"login\""
    )]
    [InlineData(
        "_USER=ada;_OAUTH_TOKEN_URL=http://login.example/;_OAUTH_CLIENT_ID=c;_OAUTH_CLIENT_SECRET=secret",
        "SIGNALS_SMTP_OAUTH_TOKEN_URL: found \"http://login.example/\""
    )]
    [InlineData(
        "_USER=ada;_OAUTH_TOKEN_URL=https://login.example/;_OAUTH_CLIENT_SECRET=secret",
        "SIGNALS_SMTP_OAUTH_CLIENT_ID: found nothing"
    )]
    [InlineData("_USER=ada;_OAUTH_TOKEN_URL=https://login.example/;_OAUTH_CLIENT_ID=c", "found neither")]
    public void A_sign_in_that_cannot_work_is_refused_at_the_start(string settings, string expected)
    {
        var fault = Assert.Throws<SettingException>(() => ReadSmtp(settings));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("SIGNALS_SMTP", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("=secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("0", 0)]
    [InlineData("300", 300)]
    public void How_long_events_are_quiet_before_a_mail_is_told_in_seconds(string? told, int? seconds) =>
        Assert.Equal(seconds, (int?)ReadQuiet(told).Quiet?.TotalSeconds);

    [Theory]
    [InlineData("301")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void A_quiet_that_is_none_is_refused(string told)
    {
        var fault = Assert.Throws<SettingException>(() => ReadQuiet(told));
        Assert.Equal($"SIGNALS_QUIET_SECONDS: found \"{told}\", expected seconds, 0 to 300.", fault.Message);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("8f742231b10e8888abcd99yyyzzz85a5", "8f742231b10e8888abcd99yyyzzz85a5")]
    public void The_signing_secret_of_Slack_is_taken_where_there_is_one(string? told, string? secret) =>
        Assert.Equal(secret, ReadSlack(told).SlackSigningSecret);

    [Fact]
    public void A_signing_secret_that_is_too_short_is_refused_and_not_told()
    {
        var fault = Assert.Throws<SettingException>(() => ReadSlack("8f742231"));
        Assert.Equal("SIGNALS_SLACK_SIGNING_SECRET: found 8 characters, expected at least 16.", fault.Message);
    }

    private static LocalSettings ReadSlack(string? told) =>
        LocalSettings.FromEnvironment(name => name == "SIGNALS_SLACK_SIGNING_SECRET" ? told : null);

    private static LocalSettings ReadQuiet(string? told) =>
        LocalSettings.FromEnvironment(name => name == "SIGNALS_QUIET_SECONDS" ? told : null);

    private static SmtpSettings ReadSmtp(string settings)
    {
        var variables = settings
            .Split(';')
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => "SIGNALS_SMTP" + pair[0], pair => pair[1]);
        variables["SIGNALS_SMTP_HOST"] = "mail.nimbus.example";
        return LocalSettings.FromEnvironment(variables.GetValueOrDefault).Smtp!;
    }

    private static LocalSettings Read(string? timeout) =>
        LocalSettings.FromEnvironment(name =>
            name switch
            {
                "SIGNALS_SMTP_HOST" => "mail.nimbus.example",
                "SIGNALS_SMTP_TIMEOUT" => timeout,
                _ => null,
            }
        );

    private static SandboxRecipient Sandbox(string? recipient) =>
        LocalSettings.FromEnvironment(name => name == "SIGNALS_SANDBOX_RECIPIENT" ? recipient : null).Sandbox;
}
