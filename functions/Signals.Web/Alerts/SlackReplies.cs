using Microsoft.Extensions.Logging;
using Signals.Core.Response.Mail;

namespace Signals.Web.Alerts;

/// <summary>Posts to the address by which Slack lets an app change the message whose button was clicked.</summary>
internal interface ISlackReplies
{
    Task PostAsync(string responseUrl, byte[] json, CancellationToken cancellationToken);
}

/// <summary>
/// A reply is a courtesy: the answer is kept whether it arrives or not. It is waited for less long than the three seconds within which
/// Slack is to be answered.
/// </summary>
internal sealed partial class SlackReplies(WebhookClient client, ILogger<SlackReplies> logger) : ISlackReplies
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether an address is Slack's own: a post names it, and nothing else may be reached by one.</summary>
    public static bool IsSlack(string? responseUrl) =>
        Uri.TryCreate(responseUrl, UriKind.Absolute, out var address)
        && address is { IsDefaultPort: true, UserInfo: "" }
        && address.Scheme == Uri.UriSchemeHttps
        && address.IdnHost is "hooks.slack.com" or "hooks.slack-gov.com";

    public async Task PostAsync(string responseUrl, byte[] json, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Longest, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var outcome = await client.PostAsync(responseUrl, json, either.Token);
            if (outcome.Status != SendStatus.Accepted)
                LogLost(logger, outcome.Detail);
        }
        catch (OperationCanceledException)
        {
            LogLost(logger, $"no answer within {Longest.TotalSeconds:0.#} seconds");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message in Slack does not show how it was answered: {Reason}")]
    private static partial void LogLost(ILogger logger, string? reason);
}
