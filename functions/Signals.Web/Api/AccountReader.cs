using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Web.Api;

/// <summary>Reads an account as the API and the dashboard show it: its last review, and value as it is now.</summary>
internal sealed class AccountReader(IEntityStore store, OutreachRows outreach, KnownEvents known, ValueModel model, TimeProvider clock)
{
    private const int OutreachShown = 50;
    private const int ReadsAtOnce = 8;

    /// <summary>
    /// Sorts after every anonymous person (a_) and before every user (u_): anonymous ids are kept, never shown as people.
    /// </summary>
    public const string BeforeUsers = "u";

    private readonly AccountRows _rows = new(store);
    private readonly CollectionPlan _plan = new(model);

    public async Task<AccountView> ReadAsync(AccountState account, CancellationToken cancellationToken)
    {
        var (context, people) = await ContextAsync(account, Page<PersonView>.Size, cancellationToken);
        var facts = context.Facts;
        // A pass under a new model may be under way in an account that was never assessed.
        var review = account.Review is { } last && last.ReviewedAt != default ? last : null;
        var records = await outreach.OfAccountAsync(account.Key, OutreachShown, null, cancellationToken);
        return new AccountView
        {
            Id = facts.Id,
            Name = facts.Name,
            Plan = facts.Plan,
            Price = facts.Price,
            Csm = facts.Csm,
            Stage = facts.Stage,
            Strategic = facts.Strategic,
            Segments = review?.Segments,
            RenewalAt = facts.RenewalAt,
            TrialEndsAt = facts.TrialEndsAt,
            Health = review is null ? null : HealthOf(review.Assessment),
            Risk = review is null ? null : RiskOf(review),
            Causes = review is null ? [] : [.. review.Assessment.Causes.Select(CauseOf)],
            Surveys = [.. SurveyScore.Of(account.Feedback.Answers, context.Today).Select(SurveyView.Of)],
            People = people,
            Outreach = [.. records.Select(OutreachItem.Of)],
            NextReviewAt = review?.NextReviewAt,
            KnownSince = context.Usage.FirstDay is null || context.KnowsValueFrom(0) ? null : Days.Date(context.ValueKnownSince),
        };
    }

    /// <summary>An account under the model as it is now, and the people of it that are worth looking at first.</summary>
    public async Task<(AccountContext Context, IReadOnlyList<PersonView> Telling)> ContextAsync(
        AccountState account,
        int people,
        CancellationToken cancellationToken
    )
    {
        await known.RefreshAsync(_plan, clock.GetUtcNow(), cancellationToken);
        var telling = await TellingAsync(account, people, cancellationToken);
        var context = AccountContext.Of(account, telling.Count == 0 ? null : telling[0].History, model, known, Days.Of(clock.GetUtcNow()));
        return (context, [.. telling.Select(person => ViewOf(account, person))]);
    }

    /// <summary>All people of an account in order of their key.</summary>
    public async Task<Page<PersonView>> PeopleAsync(AccountState account, string? after, CancellationToken cancellationToken)
    {
        var people = await _rows.GetPeopleAsync(account.Key, after ?? BeforeUsers, Page<PersonView>.Size + 1, cancellationToken);
        var page = people.Take(Page<PersonView>.Size).ToList();
        return new Page<PersonView>(
            [.. page.Select(person => ViewOf(account, person))],
            people.Count > page.Count ? Cursor.People.Write(page[^1].Key.Value) : null
        );
    }

    /// <summary>The people worth looking at first; the own person of a personal account.</summary>
    private async Task<IReadOnlyList<PersonState>> TellingAsync(AccountState account, int most, CancellationToken cancellationToken)
    {
        var summary = account.Review?.People ?? PeopleSummary.None;
        string[] keys =
        [
            .. summary
                .Telling.Select(entry => entry.Person)
                .Concat(summary.Leaders.Select(entry => entry.Person))
                .Distinct(StringComparer.Ordinal)
                .Take(most),
        ];
        var first = keys.Length < most ? await _rows.GetPeopleAsync(account.Key, BeforeUsers, most, cancellationToken) : [];
        var read = new PersonState?[keys.Length];
        await Parallel.ForAsync(
            0,
            keys.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
                read[i] =
                    first.FirstOrDefault(person => person.Key.Value == keys[i])
                    ?? await _rows.GetPersonAsync(account.Key, new PersonKey(keys[i]), token)
        );
        return [.. read.OfType<PersonState>().Concat(first).DistinctBy(person => person.Key).Take(most)];
    }

    /// <summary>A person as they are now.</summary>
    public PersonView ViewOf(AccountState account, PersonState person)
    {
        var usage = new UsageView(person.History, model);
        var floor = model.Value.Floor;
        int today = Days.Of(clock.GetUtcNow());
        double window = usage.Value(today - floor.Days + 1, today);
        var days = person
            .History.Buckets.Select(bucket => new DayValue(Days.Date(bucket.Day), Math.Round(usage.Value(bucket.Day, bucket.Day), 4)))
            .Where(day => day.Amount != 0);
        return new PersonView(
            person.UserId ?? person.AnonymousId ?? "",
            person.Email,
            person.EmailProblem,
            BrowserWords.WaitingAddress(person.Profile),
            person.Profile[Traits.Role],
            window >= floor.Amount,
            new PersonValue(
                Math.Round(window, 4),
                floor.Amount,
                Days.Date(Math.Max(today - floor.Days + 1, usage.FirstDay ?? today)),
                [.. days]
            ),
            [
                .. SurveyScore
                    .Latest(account.Feedback.Answers, today)
                    .Where(answer => answer.Kind == FeedbackKind.Nps && answer.Person == person.Key.Value)
                    .Select(answer => new PersonNps(
                        SurveyScore.ChannelOf(answer),
                        answer.Score,
                        NetPromoter.GroupOf(answer.Score),
                        answer.At
                    )),
            ]
        )
        {
            Name = PersonName.Told(person.Profile),
            LeftOutBy = NoCustomers.RuleOf(person, model)?.Name,
        };
    }

    private static HealthView HealthOf(Assessment assessment)
    {
        var health = assessment.Health;
        return new HealthView(
            health.Score,
            health.Depth,
            health.Breadth,
            health.Reach,
            health.ValuePerPrice,
            health.Trend,
            health.Parts,
            health.Raise
        );
    }

    private RiskView RiskOf(AccountReview review)
    {
        var risk = review.Assessment.Risk;
        return new RiskView(risk.Level.Name(), risk.Score, review.LevelSince)
        {
            Probability = risk.Probability,
            Chances =
                model.Risk is { } fitted && risk.Chances.Count > 0
                    ?
                    [
                        .. risk.Chances.Select(chance => new ChanceView(
                            chance.Days,
                            chance.Probability,
                            Horizons.UsualWithin(fitted, chance.Days)
                        )),
                    ]
                    : null,
            Standing = risk.Standing,
            RaisedBy = risk.RaisedBy,
        };
    }

    public static CauseView CauseOf(FoundCause cause) =>
        new(
            cause.Id,
            cause.Detail,
            cause.Subject == CauseSubject.Account ? "account" : "people",
            cause.Affected,
            cause.Confidence,
            [.. cause.Evidence.Select(line => line with { Person = null })]
        );
}
