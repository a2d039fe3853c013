using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Backtesting;

/// <summary>
/// What the outreach rules would have written at each cut: the app's own planner, with its cooldowns, caps and holdout, over what was
/// planned before. Quiet hours and the day's budget only move a mail by hours and are left out; nobody's behaviour changes by a mail that
/// was never sent.
/// </summary>
internal sealed class MailReplay(ValueModel model)
{
    private readonly OutreachPlanner _planner = new(model);

    /// <summary>Mails for one account at a cut, those held out by lot among them.</summary>
    public IReadOnlyList<OutreachRecord> Plan(
        ReplayAccount account,
        AccountContext context,
        IEnumerable<(PersonContext Context, PersonAssessment Assessment)> people,
        PeopleSummary summary,
        IReadOnlyList<FoundCause> causes,
        DateTimeOffset cut
    )
    {
        var mails = new List<OutreachRecord>();
        var blocks = Blocks.Of(account.State.Key, causes, summary, model, context.Usage);
        foreach (var (person, assessment) in people)
        {
            if (assessment.Finding.Causes.Count > 0 && _planner.ForPerson(person, assessment, blocks, cut) is { } record)
                Note(person.Person, record);
        }
        var whole = context with { People = summary };
        bool isTold = false;
        foreach (var cause in _planner.Writable(whole, causes, cut))
        {
            bool isNotice = CauseCatalogue.IsNotice(cause.Id);
            if (
                (isTold && !isNotice)
                || _planner.RecipientOf(whole, cause, [.. account.People.All], cut) is not { } recipient
                || blocks.Silencing(cause.Id, cause.Detail, recipient.Key.Value) is not null
            )
                continue;
            isTold |= !isNotice;
            if (_planner.ForAccount(whole, cause, recipient, cut) is not { } record)
                continue;
            Note(recipient, record);
            OutreachMemory.Add(account.State.Outreach, [OutreachPlanner.Memory(record)]);
        }
        return mails;

        void Note(PersonState person, OutreachRecord record)
        {
            person.Remember(OutreachPlanner.Memory(record));
            mails.Add(record);
        }
    }
}
