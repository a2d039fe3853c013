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
);

/// <summary>Accounts of a level, and in words how many more or fewer than a week before; empty when that is not known.</summary>
public sealed record MessageReportLevel(int Accounts, string Change);

/// <summary>
/// What holds accounts back, as a sentence without its full stop; how many of them are at risk; and whether a product fix is worth it.
/// </summary>
public sealed record MessageReportTopic(string Text, int AtRisk, string Change, bool WorthFixing);

public sealed record MessageReportEffect(string Name, string Text);
