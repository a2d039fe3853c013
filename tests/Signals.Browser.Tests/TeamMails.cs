using System.Text.RegularExpressions;
using MimeKit;

namespace Signals.Browser.Tests;

/// <summary>Reads the mails that let people of the team in.</summary>
internal static partial class TeamMails
{
    /// <summary>Mails that are looked at from the newest on: the story's own are many, and older.</summary>
    private const int Newest = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The path of the link in the newest mail to an address, once there is one that was not read before.</summary>
    public static async Task<string> LinkAsync(string outbox, string address, string? readBefore, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < 150; tries++)
        {
            foreach (
                var file in new DirectoryInfo(outbox).EnumerateFiles("*.eml").OrderByDescending(mail => mail.LastWriteTimeUtc).Take(Newest)
            )
            {
                var mail = await MimeMessage.LoadAsync(file.FullName, cancellationToken);
                if (
                    mail.To.Mailboxes.All(to => to.Address != address)
                    || SignInLink().Match(mail.TextBody ?? "") is not { Success: true } link
                )
                    continue;
                if (link.Value == readBefore)
                    break;
                return link.Value;
            }
            await Task.Delay(Pause, cancellationToken);
        }
        throw new TimeoutException($"No mail with another link came to {address}.");
    }

    [GeneratedRegex("/signin\\?token=su_[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex SignInLink();
}
