using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Planning;

/// <summary>
/// What blocks an account: an open complaint, a failing payment, a set-up step of the account that was tried and is not done. It silences
/// the rest for everybody in it: a tip beside an open wound is read as not having listened. Pure.
/// </summary>
public sealed class Blocks
{
    /// <summary>A step that was tried and not done; one that is merely late blocks nobody.</summary>
    private const double TriedConfidence = 0.75;

    /// <summary>A complaint about less of the account than this is its people's alone.</summary>
    private const double WholeFrom = 0.15;

    private readonly List<Block> _blocks = [];

    private Blocks() { }

    public bool IsEmpty => _blocks.Count == 0;

    /// <summary>What blocks an account by its last review; nothing where there was none.</summary>
    /// <param name="account">The account.</param>
    /// <param name="review">Its review.</param>
    /// <param name="model">The model.</param>
    /// <param name="usage">
    /// Its use now: a step that is done and a payment that was made since block no more. Null: as the review saw it.
    /// </param>
    public static Blocks Of(AccountKey account, AccountReview? review, ValueModel model, UsageView? usage = null) =>
        review is null ? new Blocks() : Of(account, review.Assessment.Causes, review.People, model, usage);

    /// <summary>What blocks an account by its causes and what is known of its people.</summary>
    public static Blocks Of(
        AccountKey account,
        IReadOnlyList<FoundCause> causes,
        PeopleSummary people,
        ValueModel model,
        UsageView? usage = null
    )
    {
        var blocks = new Blocks();
        foreach (var cause in causes.Where(cause => PersonAssessor.IsSure(cause.Confidence)))
        {
            if (cause.Id == CauseIds.SupportUnhappy)
                blocks._blocks.Add(new Block(cause.Id, null, cause.Share < WholeFrom ? cause.People : null));
            else if (
                cause.Id == CauseIds.PaymentFailing
                && !(usage?.LastOf(model.Billing.Recovered) >= usage?.LastOf(model.Billing.Failed))
            )
                blocks._blocks.Add(new Block(cause.Id, null, null));
        }
        // Where most work with it all the same, what is not set up blocks nobody.
        if (!account.IsGroup || people.Active * 2 >= Math.Max(1, people.Reviewed))
            return blocks;
        var steps = people
            .Telling.Where(entry =>
                entry.Cause == CauseIds.OnboardingStalled
                && entry.Confidence >= TriedConfidence
                && model.Onboarding.Any(step =>
                    step.Id == entry.Detail && step.Scope == StepScope.Account && !(usage?.CountEver(step.Done) > 0)
                )
            )
            .Take(1);
        blocks._blocks.AddRange(steps.Select(step => new Block(step.Cause, step.Detail, null)));
        return blocks;
    }

    /// <summary>Why a message about a cause is not for a person now, in words; null when nothing stands against it.</summary>
    public string? Silencing(string cause, string? detail, string person) =>
        CauseCatalogue.IsNotice(cause) || cause == OutreachTemplates.ConfirmAddress
            ? null
            : _blocks.Find(block => block.Silences(cause, detail, person))?.Words;

    /// <param name="Cause">What blocks.</param>
    /// <param name="Detail">The step, or null.</param>
    /// <param name="People">Whom alone it is about; null for everybody.</param>
    private sealed record Block(string Cause, string? Detail, IReadOnlyList<string>? People)
    {
        public string Words =>
            Cause switch
            {
                CauseIds.SupportUnhappy => "a complaint is open: that comes first",
                CauseIds.PaymentFailing => "a payment fails: that comes first",
                _ => $"the account is stuck at '{Detail}': that comes first",
            };

        public bool Silences(string cause, string? detail, string person) =>
            (People is null || People.Contains(person, StringComparer.Ordinal)) && !(cause == Cause && detail == Detail);
    }
}
