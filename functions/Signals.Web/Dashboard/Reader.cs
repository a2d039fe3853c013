using Signals.Core.Platform.Languages;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard;

/// <summary>Who reads a page: their language and time zone, and what they may do. Everything a page says goes through them.</summary>
internal sealed partial class Reader
{
    private const string French = "fr";

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The browser's, once it told; the model's until then.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The model's currency.</summary>
    public required string Currency { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>As the audit trail names them; empty for somebody who is not signed in.</summary>
    public string Name { get; init; } = "";

    /// <summary>Null for somebody who is not signed in.</summary>
    public DashboardRole? Role { get; init; }

    /// <summary>What forms shown to them carry.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>The day it is for them.</summary>
    public DateOnly Today => DayOf(Now);

    /// <summary>What stands between a name and what is said of it; French has a space before it that no line breaks at.</summary>
    public string Colon => Say(": ", "\u00a0: ");

    /// <summary>What every chart says to them.</summary>
    public ChartWords Charts => new(Say("The numbers", "Les chiffres"), Say(" of: ", " de : "));

    private bool IsFrench => Language == French;

    /// <summary>The text in their language.</summary>
    public string Say(string english, string french) => IsFrench ? french : english;

    /// <summary>The phrase in their language.</summary>
    public string Say(Phrase phrase) => phrase.In(Language);

    /// <summary>A number with its noun, in the right number: nothing is plural in English and singular in French.</summary>
    public string Count(long number, string one, string many, string un, string plusieurs) =>
        $"{Whole(number)} {(IsFrench ? (number is > -2 and < 2 ? un : plusieurs) : number == 1 ? one : many)}";

    /// <summary>True when they have the role, or one above it.</summary>
    public bool May(DashboardRole role) => Role >= role;
}
