using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;

namespace Signals.Local.Demo;

/// <summary>What is in the data folder when the story is over, read from the same rows that the API reads.</summary>
public sealed record DemoSummary
{
    /// <summary>The stage that Nimbus gives accounts which cancelled.</summary>
    public const string ChurnedStage = "churned";

    public required long Folded { get; init; }

    public required long Duplicates { get; init; }

    public required long Quarantined { get; init; }

    /// <summary>Every reviewed account, worst first.</summary>
    public required IReadOnlyList<AccountSummary> Accounts { get; init; }

    public required IReadOnlyList<OutreachRecord> Outreach { get; init; }

    /// <summary>What is true of all accounts together when the story ends.</summary>
    public required ProductMeasures Measures { get; init; }

    public int People => Accounts.Sum(account => account.People);

    /// <summary>Accounts at <see cref="RiskLevel.Watch"/> or worse, by their first cause; the most frequent first.</summary>
    public IReadOnlyList<(string Cause, int Accounts)> FlaggedByCause =>
        [
            .. Accounts
                .Where(account => account.Level > RiskLevel.Healthy && account.Causes.Count > 0)
                .GroupBy(account => account.Causes[0].Id, StringComparer.Ordinal)
                .Select(group => (Cause: group.Key, Accounts: group.Count()))
                .OrderByDescending(entry => entry.Accounts)
                .ThenBy(entry => entry.Cause, StringComparer.Ordinal),
        ];

    /// <summary>Accounts that cancelled: nothing is at risk any more, so they stand with the healthy ones.</summary>
    public int Left => Accounts.Count(account => account.Stage == ChurnedStage);

    public int At(RiskLevel level) => Accounts.Count(account => account.Level == level);

    public int Count(OutreachKind kind, OutreachState state) => Outreach.Count(record => record.Kind == kind && record.State == state);

    /// <summary>
    /// The account to open first: the worst one to whose people a message went and whose CS manager was alerted; null when there is none.
    /// </summary>
    public AccountSummary? MostTelling =>
        Accounts.FirstOrDefault(account =>
            new[] { OutreachKind.Message, OutreachKind.Alert }.All(kind =>
                Outreach.Any(record => record.Account == account.Key && record.Kind == kind && record.State == OutreachState.Sent)
            )
        );
}
