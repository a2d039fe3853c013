using Signals.Core.Diagnosis.Norms;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Reviews;

/// <summary>Reads what a review goes by, and on the way the people that it names.</summary>
public sealed class ReviewReader(
    IEntityStore store,
    KnownEvents known,
    CohortStore cohorts,
    ITextAnalyzer analyzer,
    ValueModel model,
    OutreachOptions options,
    TimeProvider clock
)
{
    /// <summary>A person is up to four operations (row, due row removed, due row added, outreach); the account needs a few.</summary>
    private const int PeoplePerTransaction = 20;

    /// <summary>
    /// A person takes along the row that led to them, and the one of the day they are due; one more shows who comes next.
    /// </summary>
    private const int DueRows = 2 * PeoplePerTransaction + 1;

    private const int MaxPeopleBytes = 2 * 1024 * 1024;
    private const int ReadsAtOnce = 8;

    private readonly AccountRows _rows = new(store);
    private readonly WordsReader _words = new(analyzer);
    private readonly AudienceReader _audience = new(new AccountRows(store));
    private readonly CollectionPlan _plan = new(model);

    /// <summary>Call before reviews: reads what the whole installation knows, unless that was done lately.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellationToken) => known.RefreshAsync(_plan, clock.GetUtcNow(), cancellationToken);

    /// <summary>Reads an account with what says who of its people is due, in one go; null when there is no such account.</summary>
    public async Task<ReviewInput?> ReadAsync(AccountKey key, bool isAsked, CancellationToken cancellationToken)
    {
        if (await ReadRowsAsync(key, cancellationToken) is not { } input)
            return null;
        if (!ReviewScope.Covers(input, model))
            return input;
        await _words.ReadAsync(input.Account, cancellationToken);
        var norms = await cohorts.GetAsync(cancellationToken);
        return input with { Norms = norms, Now = clock.GetUtcNow(), IsAsked = isAsked, Quiet = options.Quiet };
    }

    /// <summary>The people to look at next: of a pass the next page, else those who are due.</summary>
    public async Task<PeopleRead> NextAsync(ReviewScope scope, CancellationToken cancellationToken)
    {
        if (scope.LooksAtWaiting)
            return new PeopleRead(await ReadAsync(scope.Input.Account.Key, scope.Before.Waiting, cancellationToken), [], More: true);
        if (!scope.IsGroup)
            return scope is { IncludesOwnPerson: true, Input.OwnPerson: { } own } ? new PeopleRead([own], [], false) : PeopleRead.Nobody;
        return scope.IsPass ? await NextOfPassAsync(scope, cancellationToken) : await DueAsync(scope.Input, cancellationToken);
    }

    /// <summary>The people whom the account's evidence quotes, unless they were looked at anyway.</summary>
    public Task<IReadOnlyList<PersonState>> QuotedAsync(PeopleFindings found, CancellationToken cancellationToken) =>
        ReadAsync(found.Scope.Input.Account.Key, found.Quoted, cancellationToken);

    /// <summary>The people that a message about the account could be for.</summary>
    public Task<IReadOnlyList<PersonState>> AudienceAsync(AccountFindings found, CancellationToken cancellationToken) =>
        _audience.ReadAsync(found, cancellationToken);

    private async Task<IReadOnlyList<PersonState>> ReadAsync(
        AccountKey account,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        var people = new List<PersonState>();
        foreach (string key in keys)
        {
            if (await _rows.GetPersonAsync(account, new PersonKey(key), cancellationToken) is { } person)
                people.Add(person);
        }
        return people;
    }

    private async Task<ReviewInput?> ReadRowsAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (key.IsGroup)
        {
            return await _rows.GetWithDueAsync(key, DueRows, cancellationToken) is { } group
                ? new ReviewInput(group.Account, CohortNorms.None, known, clock.GetUtcNow())
                {
                    Alert = AlertRows.Read(group.Alert),
                    Due = group.Due,
                }
                : null;
        }
        return await _rows.GetOwnAsync(key, cancellationToken) is { } own
            ? new ReviewInput(own.Account, CohortNorms.None, known, clock.GetUtcNow())
            {
                Alert = AlertRows.Read(own.Alert),
                OwnPerson = own.Person,
            }
            : null;
    }

    private async Task<PeopleRead> NextOfPassAsync(ReviewScope scope, CancellationToken cancellationToken)
    {
        var page = await _rows.GetPeopleAsync(scope.Input.Account.Key, scope.Review.PassAfter, PeoplePerTransaction, cancellationToken);
        var people = Fitting(page);
        return new PeopleRead(people, [], people.Count < page.Count || page.Count == PeoplePerTransaction);
    }

    private async Task<PeopleRead> DueAsync(ReviewInput input, CancellationToken cancellationToken)
    {
        var due = input.Due.TakeWhile(row => row.Day <= input.Today).ToList();
        var first = due.Take(PeoplePerTransaction).ToList();
        var found = new PersonState?[first.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            first.Count,
            options,
            async (i, token) => found[i] = await _rows.GetPersonAsync(input.Account.Key, first[i].Person, token)
        );
        // A due row whose person went, or was looked at meanwhile, is only removed; the others are looked at, once each.
        var waiting = found.OfType<PersonState>().Where(person => person.DueDay <= input.Today).DistinctBy(person => person.Key).ToList();
        var people = Fitting(waiting);
        var later = waiting.Skip(people.Count).Select(person => person.Key).ToHashSet();
        return new PeopleRead(people, [.. first.Where(row => !later.Contains(row.Person))], later.Count > 0 || due.Count > first.Count);
    }

    /// <summary>As many people, at least one, as a transaction holds the rows of.</summary>
    private static List<PersonState> Fitting(IReadOnlyList<PersonState> people)
    {
        int bytes = 0;
        return [.. people.TakeWhile((person, index) => (bytes += person.StoredBytes) <= MaxPeopleBytes || index == 0)];
    }
}
