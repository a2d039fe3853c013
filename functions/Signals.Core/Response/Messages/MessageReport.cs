namespace Signals.Core.Response.Messages;

/// <summary>A week in figures. Sentences are in the reader's language already.</summary>
/// <param name="Day">The day the figures are of, yyyy-MM-dd.</param>
/// <param name="Customers">All accounts but those who left.</param>
/// <param name="Critical">Of those, how many are critical; likewise at risk and on watch.</param>
/// <param name="AtRisk">At risk.</param>
/// <param name="Watch">On watch.</param>
/// <param name="Topics">What is worth fixing, then what else holds most accounts back, most first.</param>
/// <param name="Retention">Who stays, a sentence each.</param>
/// <param name="Effects">What messages achieved, by playbook.</param>
/// <param name="OpenAlerts">Alerts that wait for an answer.</param>
/// <param name="LateAlerts">Those of them that nobody answered in time.</param>
public sealed record MessageReport(
    string Day,
    int Customers,
    MessageReportLevel Critical,
    MessageReportLevel AtRisk,
    MessageReportLevel Watch,
    IReadOnlyList<MessageReportTopic> Topics,
    IReadOnlyList<string> Retention,
    IReadOnlyList<MessageReportEffect> Effects,
    int OpenAlerts,
    int LateAlerts
)
{
    /// <summary>What the week was worth; null where nobody is known to pay.</summary>
    public MessageReportMoney? Money { get; init; }

    /// <summary>Three things to do, or fewer, most worth first; a sentence each.</summary>
    public IReadOnlyList<MessageReportThing> ToDo { get; init; } = [];

    /// <summary>What cannot be told yet, in a sentence at the end; empty when all can.</summary>
    public string Footnote { get; init; } = "";
}

/// <summary>Money a month, as "1,240 USD a month", and sentences about it; empty where there is none.</summary>
/// <param name="AtRisk">What customers at risk or critical pay.</param>
/// <param name="AtRiskChange">How much more or less than a week before, in words; empty when that is not known.</param>
/// <param name="Saved">What customers pay who recovered within the week.</param>
/// <param name="SavedBy">How many they are, in words.</param>
/// <param name="Lost">What customers paid who left within the week.</param>
/// <param name="LostBy">How many they were, in words.</param>
public sealed record MessageReportMoney(string AtRisk, string AtRiskChange, string Saved, string SavedBy, string Lost, string LostBy);

/// <summary>Accounts of a level, and in words how many more or fewer than a week before; empty when that is not known.</summary>
public sealed record MessageReportLevel(int Accounts, string Change);

/// <summary>
/// What holds accounts back, as a sentence without its full stop; how many of them are at risk; and whether a product fix is worth it.
/// </summary>
public sealed record MessageReportTopic(string Text, int AtRisk, string Change, bool WorthFixing);

public sealed record MessageReportEffect(string Name, string Text);

/// <summary>A thing to do, in a sentence, and the key of whom it is about: their erasure takes it out. Empty for nobody.</summary>
public sealed record MessageReportThing(string Text, string Person);
