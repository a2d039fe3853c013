using System.Text.RegularExpressions;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>The sentences themselves.</summary>
internal sealed partial class TeamClaims
{
    [GeneratedRegex(@"^(?<name>.+?) \(https?://\S+?/accounts/(?<id>[^)\s]+)\)(?<rest>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RowShape();

    [GeneratedRegex($"^: (?<level>{Level}), (?<before>{Level}) before$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Recovered();

    [GeneratedRegex(
        $"^{Facts}: (?<level>{Level}) \\((?<score>\\d+)\\)(?:, (?<before>{Level}) before)?(?: since (?<since>{Said.AnyDate}))?\\."
            + "(?<reminder> Snoozed until now\\.)?(?: New: (?<came>[^.]+)\\.)?(?<tail>.*)$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Listed();

    [GeneratedRegex(
        @"^(?<left>.*) (?:Acknowledged by (?<by>\S+)|Snoozed by (?<snoozer>\S+) until (?<until>\d+ \p{L}+)|(?<open>Waits for an answer)"
            + @"|(?<late>Nobody has answered in time))\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Answer();

    [GeneratedRegex(@"^(?<left>.*) (?<silent>\S+@\S+) did not answer\.$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Silent();

    [GeneratedRegex(@"^(?<left>.*) Ask: (?<ask>[^:]+\?)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ask();

    [GeneratedRegex(@"^(?<left>.*) Talk to (?<contacts>.+\))\.$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TalkTo();

    [GeneratedRegex(@"^ (?<cause>\p{Lu}[\p{L} ]+)(?:\.|:)(?<left>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Caused();

    [GeneratedRegex(
        $"^(?<name>.+?) is (?:now )?(?<level>{Level})(?:; before, it was (?<before>{Level}))?\\. Risk score: (?<score>\\d+) of 100\\."
            + "(?: New: (?<came>[^.]+)\\.)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AlertLevel();

    [GeneratedRegex(
        $"^(?<strategic>Strategic account\\. ?)?(?:Pays (?<price>[\\d,.]+) USD a month(?<after> after the trial)?\\. ?)?(?:Plan: (?<plan>\\w+)\\. ?)?"
            + $"(?:Renews on (?<renews>{Said.AnyDate})\\. ?)?(?:On trial until (?<trial>{Said.AnyDate})\\. ?)?(?:Looked after by (?<csm>\\S+)\\.)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AlertFacts();

    [GeneratedRegex(@"^Talk to: (?<contacts>.+?\))\.(?: Ask first: (?<ask>.+\?))?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AlertContacts();

    [GeneratedRegex(@"^(?<name>.+), (?<role>\w+) \((?<address>\S+@\S+)\)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Contact();

    [GeneratedRegex("^They came for “(?<goal>.+)”\\.$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Goal();

    [GeneratedRegex(
        "^We wrote twice about (?<cause>.+), and it still stands\\. No more mails will follow: now it takes a person\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex HandedOver();

    [GeneratedRegex(
        @"^Confidence (?<sure>\d+)%(?:, (?:one person|(?<people>\d+) people) affected)?\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Sure();

    [GeneratedRegex(
        "^This was the last of this week’s (?<most>\\d+) alerts that come at once\\. "
            + "Whatever else cannot wait this week comes first in the morning list\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex LastOfWeek();

    [GeneratedRegex(
        "^The week’s (?<most>\\d+) alerts that come at once were used up when this came, so what could not wait is listed here too\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex UsedUp();

    [GeneratedRegex(
        @"^(?<cause>[\p{L} ]+?)(?:: “(?<subject>.+)”)?, to (?<to>\S+), (?<on>\d+ \p{L}+): "
            + "(?<state>sent|planned|not sent, a rule held it back|not sent in time"
            + "|not sent, held out by lot so that the effect of messages can be measured)(?<reached>; it worked)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex WrittenLine();
}
