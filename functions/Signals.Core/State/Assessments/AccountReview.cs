using System.Text.Json.Serialization;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;

namespace Signals.Core.State.Assessments;

/// <summary>An account's last review, kept in its row: what the lists, the alerts and the next review go by.</summary>
public sealed record AccountReview
{
    /// <summary>The finding basis it was made under; another one means that everybody is read again.</summary>
    public string Basis { get; init; } = "";

    public DateTimeOffset ReviewedAt { get; init; }

    public Assessment Assessment { get; init; } = Assessment.Unknown;

    /// <summary>Since when the level is what it is, and what it was before.</summary>
    public DateTimeOffset LevelSince { get; init; }

    public RiskLevel PreviousLevel { get; init; }

    /// <summary>True for a customer who left.</summary>
    public bool Left { get; init; }

    /// <summary>The model's segments that it is in, in the model's order; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>Health, score and level as they changed from day to day.</summary>
    public Trail Trail { get; init; } = Trail.None;

    /// <summary>The review of an account that nobody saw live: its level stands since the trail says, where that is before today.</summary>
    public AccountReview StandingByTrail(int today) =>
        Trail.Points.Count > 0 && Trail.LevelSince is var (day, before) && day < today && Trail.Points[^1].Level == Assessment.Risk.Level
            ? this with
            {
                LevelSince = Days.Start(day),
                PreviousLevel = before,
            }
            : this;

    /// <summary>
    /// Read from rows of earlier versions, which kept no alert: the worst level that CS was alerted of since the account was last well.
    /// </summary>
    public RiskLevel AlertedLevel { get; init; }

    public DateTimeOffset? NextReviewAt { get; init; }

    /// <summary>The version of the norms that the assessment rests on; 0 for none.</summary>
    public long Norms { get; init; }

    /// <summary>The same of the last pass over all people of a group.</summary>
    public long PeopleNorms { get; init; }

    /// <summary>Since when messages wait for the account's events to settle; null when none wait.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>
    /// Groups: people whose messages wait, by their keys, up to <see cref="MaxWaiting"/>; others are looked at the next day.
    /// </summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    public const int MaxWaiting = 20;

    public PeopleSummary People { get; init; } = PeopleSummary.None;

    /// <summary>A pass over all people that is under way: the basis it brings, and the last person done.</summary>
    public string? Pass { get; init; }

    public string? PassAfter { get; init; }

    /// <summary>
    /// The rows of the account lists that show this review, and earlier ones that are still to be removed: "partition|row".
    /// </summary>
    public IReadOnlyList<string> ListRows { get; init; } = [];

    public IReadOnlyList<string> StaleListRows { get; init; } = [];

    /// <summary>Moves of this review, and earlier ones that the lists of moves may not hold yet.</summary>
    public IReadOnlyList<LevelMove> Moves { get; init; } = [];

    /// <summary>
    /// When the wake-up is due that brings the lists in line; while it stands, earlier stale rows may still be there and earlier moves not.
    /// </summary>
    public DateTimeOffset? ListsWakeAt { get; init; }

    /// <summary>What the list rows show, by hash: they are written only when it changes.</summary>
    public string ListHash { get; init; } = "";
}

/// <summary>What is known of an account's people without reading them: sums of their findings.</summary>
public sealed record PeopleSummary
{
    /// <summary>People kept for each cause.</summary>
    public const int MaxTelling = 50;

    public const int MaxLeaders = 10;

    public static PeopleSummary None { get; } = new();

    /// <summary>People with a user id that were reviewed.</summary>
    public int Reviewed { get; init; }

    /// <summary>Of those, how many reached the floor in the window.</summary>
    public int Active { get; init; }

    /// <summary>How many of them ever reached it, and how many did so many days ago as <c>seats-shrinking</c> looks back.</summary>
    public int EverActive { get; init; }

    public int WasActive { get; init; }

    /// <summary>How many people each cause holds back, by "cause" and by "cause/detail".</summary>
    public IReadOnlyDictionary<string, int> Affected { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>People with causes, highest confidence first: of each cause all of them, or the first <see cref="MaxTelling"/>.</summary>
    public IReadOnlyList<TellingPerson> Telling { get; init; } = [];

    /// <summary>The people with most value in the window, most first: the first carries the account.</summary>
    public IReadOnlyList<LeadingPerson> Leaders { get; init; } = [];

    /// <summary>The people who carried most value up to their own last day with any, most first: who went silent is among them.</summary>
    public IReadOnlyList<CarryingPerson> Carriers { get; init; } = [];

    /// <summary>Some who look after the account, by their keys.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <summary>Who looked at the way out, and when last; the newest first.</summary>
    public IReadOnlyList<LeavingPerson> Leaving { get; init; } = [];

    /// <summary>True for whoever looks after the account, or carries it: what they say of leaving it says for all.</summary>
    public bool SpeaksForAll(string person) =>
        Deciders.Contains(person, StringComparer.Ordinal)
        || Leaders.Take(1).Any(leader => leader.Person == person)
        || Carriers.Take(1).Any(carrier => carrier.Person == person);
}

public sealed record TellingPerson(string Person, string Cause, string? Detail, double Confidence);

/// <summary>Who looked at the way out, on that UTC day last.</summary>
public sealed record LeavingPerson(string Person, int Day);

public sealed record LeadingPerson(string Person, double Value);

/// <summary>
/// What a person carried up to <paramref name="LastDay"/>, a UTC day: so much value, on so many days; and a sign that they left, if there
/// is one. <paramref name="UsualPause"/> is how many days without value are no silence of theirs, where they come by the month, say.
/// </summary>
public sealed record CarryingPerson(
    string Person,
    int LastDay,
    double Value,
    int Days,
    Departure? Departure = null,
    int? UsualPause = null
);
