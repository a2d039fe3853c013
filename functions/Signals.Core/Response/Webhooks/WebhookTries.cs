namespace Signals.Core.Response.Webhooks;

/// <summary>When an event that an endpoint did not take is tried again: ten times over three days.</summary>
public static class WebhookTries
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(18),
        TimeSpan.FromHours(24),
    ];

    /// <summary>What was given up is kept so long, to be told again by hand.</summary>
    public const int KeepDays = 30;

    /// <summary>How far an endpoint is after a failure.</summary>
    /// <param name="progress">Before it.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="asked">How long the endpoint asked to wait; null where it did not.</param>
    public static WebhookProgress AfterFailure(WebhookProgress progress, DateTimeOffset now, TimeSpan? asked)
    {
        if (progress.Tries >= Waits.Length)
            return progress with { NotBefore = null, GaveUpAt = now };
        var wait = Waits[progress.Tries];
        return progress with { Tries = progress.Tries + 1, NotBefore = now + (asked > wait ? asked.Value : wait) };
    }
}
