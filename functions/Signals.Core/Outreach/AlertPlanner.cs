using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Model;
using Signals.Core.Reviews;
using Signals.Core.Risk;

namespace Signals.Core.Outreach;

/// <summary>Decides whether a review alerts the CS manager: when the level has become worse than the last one alerted. Pure.</summary>
public sealed class AlertPlanner(ValueModel model)
{
    /// <summary>The template of alerts; what CS managers are mailed is English for now.</summary>
    public const string Template = "alert";
    public const string Locale = "en";

    /// <summary>A message older than this is no news to a CS manager.</summary>
    private const int RecentDays = 14;

    /// <summary>The cause under which an account remembers its alerts.</summary>
    public const string MemoryCause = "alert";

    /// <summary>One alert for each address, or none.</summary>
    /// <param name="context">The account now.</param>
    /// <param name="review">The review that is about to be saved.</param>
    /// <param name="messages">What the same review writes to the customer.</param>
    /// <param name="earlier">What was decided for it and its people before, held out or not.</param>
    /// <param name="now">The moment of the review.</param>
    public IReadOnlyList<OutreachRecord> Plan(
        AccountContext context, AccountReview review, IReadOnlyList<OutreachRecord> messages, IEnumerable<OutreachMemory> earlier, DateTimeOffset now)
    {
        var assessment = review.Assessment;
        if (assessment.Primary is not { } primary || context.Account.FirstLiveAt is null
            || Threshold(context, assessment) is not { } from || assessment.Risk.Level < from || assessment.Risk.Level <= review.AlertedLevel)
            return [];
        return [.. model.Alerts.AddressesFor(context.Facts.Csm).Select(address => new OutreachRecord
        {
            Id = OutreachId.Of(context.Account.Key, address, MemoryCause, primary.Id, now).Value,
            Kind = OutreachKind.Alert,
            Account = context.Account.Key.Value,
            AccountId = context.Facts.Id,
            AccountName = context.Facts.Name,
            Cause = primary.Id,
            Detail = primary.Detail,
            Template = Template,
            Locale = Locale,
            To = address,
            State = OutreachState.Planned,
            PlannedAt = now,
            ExpiresAt = now.AddDays(model.Outreach.ExpireAfterDays),
            Variables = new MessageVariables
            {
                Product = model.Product,
                Cause = primary.Id,
                AccountId = context.Facts.Id,
                AccountName = context.Facts.Name,
                Plan = context.Facts.Plan ?? "",
                Goal = context.Facts.Goal ?? "",
                RiskLevel = assessment.Risk.Level.Name(),
                PreviousRiskLevel = review.PreviousLevel.Name(),
                RiskScore = assessment.Risk.Score,
                RaisedBy = [.. assessment.Risk.RaisedBy.Where(reason => !reason.Feature.StartsWith(RiskFeatures.CausePrefix, StringComparison.Ordinal)).Select(reason => reason.Text.In(Locale))],
                ValueUnit = model.Value.Unit,
                Evidence = Lines(primary),
                Causes = [.. assessment.Causes.Select(cause => new MessageCause(
                    cause.Id, CauseNames.Of(cause.Id).In(Locale), (int)Math.Round(cause.Confidence * 100), cause.Affected, Lines(cause)))],
                Questions = [.. CauseQuestions.Of(primary.Id).Select(question => question.In(Locale))],
                CustomerMessage = Written(messages, earlier, now),
            },
        })];
    }

    /// <summary>What the customer is or was lately written, in a line; empty when nothing.</summary>
    private static string Written(IReadOnlyList<OutreachRecord> messages, IEnumerable<OutreachMemory> earlier, DateTimeOffset now)
    {
        if (messages.FirstOrDefault(message => message.State == OutreachState.Planned) is { } planned)
            return $"\"{CauseNames.Of(planned.Cause).In(Locale)}\" help is planned for {planned.To}";
        if (messages.Count > 0)
            return "Nothing: held out by lot, so that the effect of messages can be measured";
        var last = earlier.Where(memory => memory.Cause != MemoryCause && memory.PlannedAt > now.AddDays(-RecentDays)).MaxBy(memory => memory.PlannedAt);
        return last is null ? "" : $"\"{CauseNames.Of(last.Cause).In(Locale)}\" help, decided on {last.PlannedAt:yyyy-MM-dd}; the account's page says what became of it";
    }

    /// <summary>The level from which the account's causes alert: the most eager playbook's, one lower for strategic accounts.</summary>
    private RiskLevel? Threshold(AccountContext context, Assessment assessment)
    {
        var levels = assessment.Causes.Select(cause => model.PlaybookFor(cause.Id).Alert).OfType<RiskLevel>().ToList();
        if (levels.Count == 0)
            return null;
        int lowest = (int)levels.Min() - (context.Facts.Strategic ? 1 : 0);
        return (RiskLevel)Math.Max((int)RiskLevel.Watch, lowest);
    }

    private static List<MessageEvidence> Lines(FoundCause cause) => [.. cause.Evidence.Select(line =>
        new MessageEvidence(line.Text.In(Locale), line.Value.In(Locale), line.Expected.In(Locale), line.Since?.ToString("yyyy-MM-dd") ?? ""))];
}
