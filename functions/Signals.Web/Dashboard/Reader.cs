using Signals.Core.Platform.Languages;
using Signals.Core.Response.Alerts;
using Signals.Core.State.Team;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard;

/// <summary>Who reads a page: their language and time zone, and what they may do. Everything a page says goes through them.</summary>
internal sealed partial class Reader
{
    private readonly Language _language = Core.Platform.Languages.Language.English;

    /// <summary>Such as <c>fr</c>.</summary>
    public required string Language
    {
        get => _language.Code;
        init => _language = Core.Platform.Languages.Language.Of(value);
    }

    /// <summary>The browser's, once it told; the model's until then.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The model's currency.</summary>
    public required string Currency { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>As the audit trail names them; empty for somebody who is not signed in.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who they are of the team; null for a browser that nobody's name stands behind.</summary>
    public TeamUser? User { get; init; }

    /// <summary>Their session's id, where this app keeps sessions; else empty.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>Everybody of the team.</summary>
    public TeamNames Team { get; init; } = TeamNames.Nobody;

    /// <summary>Whose accounts are theirs, as accounts name their CS manager; null for nobody's.</summary>
    public string? Csm => User?.Csm;

    /// <summary>Null for somebody who is not signed in.</summary>
    public DashboardRole? Role { get; init; }

    /// <summary>What forms shown to them carry.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>The day it is for them.</summary>
    public DateOnly Today => DayOf(Now);

    /// <summary>What stands between a name and what is said of it; French has a space before it that no line breaks at.</summary>
    public string Colon => Say(": ");

    /// <summary>What every chart says to them.</summary>
    public ChartWords Charts => new(Say("The numbers"), Say(" of: "));

    /// <summary>A text of the code in their language; what stands before a <c>|</c> tells texts apart that are alike in English.</summary>
    public string Say([English] string english) => _language.Text(english);

    /// <summary>A text of the code with holes, each written as their language does.</summary>
    public string Say([English] PhraseText english) => Phrase.Of(english).In(_language);

    /// <summary>A text of the code with markup in its holes.</summary>
    public Html SayHtml([English] HtmlText english) => Html.Filled(_language.Translated(english.Key()), english.Holes);

    /// <summary>The phrase in their language.</summary>
    public string Say(Phrase phrase) => phrase.In(_language);

    /// <summary>A text with a number for its hole, in the right number: nothing is plural in English and singular in French.</summary>
    public string Count(long number, [English] string one, [English] string many) => Format.Count(number, one, many).In(_language);

    /// <summary>What they call whom the audit trail names so: a colleague by name, with the address behind it.</summary>
    public Html Who(string who) =>
        Team.Find(who) is { Name.Length: > 0 } user
            ? Html.Of($"""<span title="{user.Address}">{Html.Isolated(user.Name)}</span>""")
            : Html.Isolated(WhoText(who));

    /// <summary>The same as plain text.</summary>
    public string WhoText(string who) => Say(WhoPhrase(who));

    /// <summary>The same for somebody who reads another language.</summary>
    public Phrase WhoPhrase(string who) =>
        who switch
        {
            AlertAnswer.BySignals => Phrase.Same("Signals"),
            SessionAccess.LinkName => Phrase.Of("who|the sign-in link"),
            "api" => Phrase.Of("who|a program with the API token"),
            "command-line" => Phrase.Of("who|the command line"),
            _ => Phrase.Same(Team.NameOf(who)),
        };

    /// <summary>True when they have the role, or one above it.</summary>
    public bool May(DashboardRole role) => Role >= role;
}
