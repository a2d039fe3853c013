using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Core.State.Work;

namespace Signals.Core.Daily.PersonFiles;

/// <summary>Gathers all that is known of a person, or of an account, from wherever it is kept.</summary>
public sealed class PersonFileReader(
    IEntityStore store,
    OutreachRows outreach,
    Recipients recipients,
    RecipientKey recipientKey,
    Quarantine quarantine,
    AccountNotes notes,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>People of an account that are given out at once.</summary>
    public const int MostPeople = 1000;

    /// <summary>Entries of the quarantine and of the audit trail that are looked at.</summary>
    private const int MostLookedAt = 10_000;

    private const int MostOutreach = 1000;
    private const int PageSize = 500;

    private readonly AccountRows _rows = new(store);

    public async Task<PersonFile> ReadAsync(FoundPerson person, CancellationToken cancellationToken)
    {
        var known = new List<PersonState>();
        var places = new List<PersonInAccount>();
        foreach (var key in person.Accounts)
        {
            if (await _rows.GetAccountAsync(key, cancellationToken) is not { } account)
                continue;
            if (await _rows.GetPersonAsync(key, person.Key, cancellationToken) is not { } state)
                continue;
            await LoadIdsAsync(key, state, cancellationToken);
            known.Add(state);
            var own = await _rows.GetAccountAsync(AccountKey.Own(person.Key), cancellationToken);
            var records = await outreach.OfAccountAsync(key, MostOutreach, null, cancellationToken);
            places.Add(
                PersonSections.InAccount(account, state, records, model) with
                {
                    Notes = [.. (await NotesAsync(key, cancellationToken)).Where(note => IsAbout(note, state))],
                    JoinedAt = [.. own?.Memberships.All.Where(joined => joined.Account == key).Select(joined => joined.Since) ?? []],
                }
            );
        }
        var addresses = known.SelectMany(PersonFinder.AddressesOf).Select(mailbox => mailbox.Address).Distinct(StringComparer.Ordinal);
        string[] words = [.. IdsOf(person, known).Select(id => id.Id).Concat(addresses).Distinct(StringComparer.Ordinal)];
        return new PersonFile
        {
            Id = known.Select(state => state.UserId).FirstOrDefault(id => id is not null) ?? person.Key.ProvisionalId,
            Ids = IdsOf(person, known),
            MadeAt = clock.GetUtcNow(),
            Accounts = places,
            Addresses = await AddressesAsync(known, cancellationToken),
            Quarantine = await QuarantineAsync(words, cancellationToken),
            Audit = await AuditAsync(words, cancellationToken),
        };
    }

    public async Task<AccountFile> ReadAsync(AccountState account, CancellationToken cancellationToken)
    {
        var records = await outreach.OfAccountAsync(account.Key, MostOutreach, null, cancellationToken);
        var people = await _rows.GetPeopleAsync(account.Key, null, MostPeople + 1, cancellationToken);
        foreach (var person in people)
            await LoadIdsAsync(account.Key, person, cancellationToken);
        var written = await NotesAsync(account.Key, cancellationToken);
        return new AccountFile
        {
            Id = account.Id,
            Name = AccountFacts.Of(account, model).Name,
            MadeAt = clock.GetUtcNow(),
            Traits = PersonSections.Traits(account.Profile),
            Days = PersonSections.Days(account.History),
            Answers = [.. account.Feedback.Answers.Select(PersonSections.Answer)],
            Tickets = [.. account.Tickets.All.Select(PersonSections.Ticket)],
            Notes = written,
            Assessment = account.Review is { } review
                ? new AccountAssessment(
                    review.ReviewedAt,
                    review.Assessment.Risk.Level.Name(),
                    review.Assessment.Risk.Score,
                    review.Assessment.Health.Score,
                    [.. review.Assessment.Causes.SelectMany(cause => cause.Evidence).Select(PersonSections.Line)]
                )
                : null,
            Alerts = [.. records.Where(record => record.Kind != OutreachKind.Message).Reverse().Select(PersonSections.Message)],
            People =
            [
                .. people
                    .Take(MostPeople)
                    .Select(person =>
                        PersonSections.InAccount(account, person, records, model) with
                        {
                            Notes = [.. written.Where(note => IsAbout(note, person))],
                        }
                    ),
            ],
            Complete = people.Count <= MostPeople,
        };
    }

    private async Task<IReadOnlyList<FileNote>> NotesAsync(AccountKey account, CancellationToken cancellationToken) =>
        [
            .. (await notes.ReadAsync(account, null, AccountNotes.MaxNotes, cancellationToken)).Select(note => new FileNote(
                note.At,
                note.By,
                note.Text,
                note.Person
            )),
        ];

    private static bool IsAbout(FileNote note, PersonState person) =>
        note.Person is { } id && (id == person.UserId || PersonKey.User(id) == person.Key);

    private async Task LoadIdsAsync(AccountKey account, PersonState person, CancellationToken cancellationToken)
    {
        if (person.Ids.Spilled)
            await _rows.LoadIdsAsync(account, person, Enumerable.Range(0, PersonIds.Chunks), cancellationToken);
    }

    private static List<PersonId> IdsOf(FoundPerson person, IReadOnlyList<PersonState> known) =>
        [
            .. known
                .SelectMany(state => new[] { (Kind: "user", Id: state.UserId), (Kind: "anonymous", Id: state.AnonymousId) })
                .Where(id => id.Id is not null)
                .Select(id => new PersonId(id.Kind, id.Id!))
                .Concat(person.Keys.Select(key => new PersonId(key.IsAnonymous ? "anonymous" : "user", key.ProvisionalId)))
                .Distinct(),
        ];

    private async Task<List<PersonAddress>> AddressesAsync(IEnumerable<PersonState> known, CancellationToken cancellationToken)
    {
        var addresses = new List<PersonAddress>();
        foreach (var mailbox in known.SelectMany(PersonFinder.AddressesOf).Distinct())
        {
            var kept = await recipients.GetAsync(recipientKey.Of(mailbox.Address), cancellationToken);
            addresses.Add(
                new PersonAddress(
                    mailbox.Address,
                    kept.SuppressedAt,
                    kept.SuppressedBy,
                    [.. kept.Topics.Keys.Order(StringComparer.Ordinal)],
                    kept.IsRefusedByProduct,
                    [.. kept.Sends.Select(send => new PersonSend(send.At, send.OutreachId, send.State.Name()))]
                )
            );
        }
        return addresses;
    }

    private async Task<PersonTrace> QuarantineAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var found = new List<PersonTraceEntry>();
        string? next = null;
        for (int looked = 0; looked < MostLookedAt; looked += PageSize)
        {
            var page = await quarantine.ReadAsync(next, PageSize, cancellationToken);
            found.AddRange(
                page.Events.Where(held => words.Any(word => PersonSections.IsNamedIn(held.Raw, word)))
                    .Select(held => new PersonTraceEntry(held.ReceivedAt, held.Reason, held.Raw))
            );
            if ((next = page.Next) is null)
                return new PersonTrace(found, Complete: true);
        }
        return new PersonTrace(found, Complete: false);
    }

    private async Task<PersonTrace> AuditAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var found = new List<PersonTraceEntry>();
        string? next = null;
        for (int looked = 0; looked < MostLookedAt; looked += PageSize)
        {
            var page = await audit.ReadAsync(next, PageSize, cancellationToken);
            found.AddRange(
                page.Entries.Where(entry =>
                        words.Any(word => PersonSections.IsNamedIn(entry.Subject, word) || PersonSections.IsNamedIn(entry.Detail, word))
                    )
                    .Select(entry => new PersonTraceEntry(entry.At, entry.Action, $"{entry.Subject} {entry.Detail}".TrimEnd()))
            );
            if ((next = page.Next) is null)
                return new PersonTrace(found, Complete: true);
        }
        return new PersonTrace(found, Complete: false);
    }
}
