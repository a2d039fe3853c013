using Signals.Local.Hosting;

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

    private static LocalSettings Read(string? timeout) => LocalSettings.FromEnvironment(name => name switch
    {
        "SIGNALS_SMTP_HOST" => "mail.nimbus.example",
        "SIGNALS_SMTP_TIMEOUT" => timeout,
        _ => null,
    });
}
