using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;

namespace Signals.Core.Diagnosis.Segments;

/// <summary>In which of the model's segments an account is on a day (UTC). Pure.</summary>
/// <remarks>
/// Of days gone by, what was done, answered, paid and which plan it was on are those of the day; traits are those of now.
/// </remarks>
public static class AccountSegments
{
    /// <summary>Today's, in the model's order.</summary>
    public static IReadOnlyList<string> Of(AccountContext account) => On(account, account.Today);

    /// <summary>Those of a day, in the model's order.</summary>
    public static IReadOnlyList<string> On(AccountContext account, int day)
    {
        if (account.Model.Segments.Count == 0)
            return [];
        return [.. account.Model.Segments.Where(segment => Holds(segment, account, day)).Select(segment => segment.Id)];
    }

    /// <summary>True when an account is in a segment on a day.</summary>
    public static bool Holds(SegmentDefinition segment, AccountContext account, int day) =>
        IsOnPlan(segment, account, day)
        && segment.Traits.All(trait => HasTrait(account, trait.Key, trait.Value))
        && segment.Price?.Holds(account.PriceOn(day)) != false
        && segment.People?.Holds(account.Account.People) != false
        && segment.Did.All(use => Did(use, account, day))
        && !segment.DidNot.Any(use => Did(use, account, day))
        && (segment.Feels.Count == 0 || segment.Feels.Any(feeling => Feels(feeling, account.Account, day)));

    /// <summary>For so many days after the last event time alone may change who is where.</summary>
    public static int MemoryDays(ValueModel model) =>
        model
            .Segments.SelectMany(segment => segment.Did.Concat(segment.DidNot))
            .Select(use => use.Days)
            .Append(model.Segments.Any(segment => segment.Feels.Count > 0) ? SegmentFeelings.Days : 0)
            .Max();

    private static bool IsOnPlan(SegmentDefinition segment, AccountContext account, int day)
    {
        if (segment.Plans.Count == 0)
            return true;
        string? plan = day >= account.Today ? account.Facts.Plan : account.PlanOn(day) ?? account.PlanOn(day + 1);
        return segment.Plans.Contains(plan, StringComparer.OrdinalIgnoreCase);
    }

    private static bool HasTrait(AccountContext account, string trait, IReadOnlyList<string> patterns) =>
        account.Account.Profile[trait] is { } value && LeaveOutRule.MatchesAny(patterns, value);

    private static bool Did(SegmentUse use, AccountContext account, int day) =>
        account.Usage.Count(use.Events, day - use.Days + 1, day) >= use.Times;

    private static bool Feels(SegmentFeeling feeling, State.Accounts.AccountState account, int day) =>
        feeling switch
        {
            SegmentFeeling.KindWords => Wrote(account, day, TextSentiment.Positive),
            SegmentFeeling.UnkindWords => Wrote(account, day, TextSentiment.Negative),
            _ => feeling == NpsOf(account.Feedback, day),
        };

    /// <summary>The account speaks with one voice: the mean of its people's latest answers.</summary>
    private static SegmentFeeling NpsOf(Feedback feedback, int day)
    {
        var latest = feedback
            .Answers.Where(answer => answer.Kind == FeedbackKind.Nps && !double.IsNaN(answer.Score) && IsRecent(answer.At, day))
            .GroupBy(answer => answer.Person, StringComparer.Ordinal)
            .Select(answers => answers.MaxBy(answer => (answer.At, answer.Tie))!.Score)
            .ToList();
        if (latest.Count == 0)
            return SegmentFeeling.Silent;
        double mean = latest.Average();
        return NpsGroups.IsPromoter(mean) ? SegmentFeeling.Promoter
            : NpsGroups.IsDetractor(mean) ? SegmentFeeling.Detractor
            : SegmentFeeling.Passive;
    }

    private static bool Wrote(State.Accounts.AccountState account, int day, TextSentiment sentiment) =>
        account.Feedback.Answers.Any(answer => answer.Words?.Sentiment == sentiment && IsRecent(answer.At, day))
        || account.Tickets.All.Any(ticket =>
            ticket.Words?.Sentiment == sentiment && ticket.OpenedAt is { } opened && IsRecent(opened, day)
        );

    private static bool IsRecent(DateTimeOffset at, int day) => Days.Of(at) is var told && told <= day && told > day - SegmentFeelings.Days;
}
